import { computed, signal } from '@preact/signals'

/** The meaning of the address, e.g. `#/dumps/2026…-manual/cpu.cpuprofile?view=flame`: a permalink to every view. */
export interface Route {
  /** Decoded, e.g. `['dumps', '2026…-manual', 'cpu.cpuprofile']`; empty for the first view. */
  path: string[]
  query: URLSearchParams
}

const hash = signal(location.hash)
addEventListener('hashchange', () => {
  hash.value = location.hash
})

export const route = computed<Route>(() => {
  const [path = '', query = ''] = hash.value.replace(/^#\/?/, '').split(/\?(.*)/s)
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) }
})

/** A link to a view: `href('dumps', id)`. */
export function href(...path: string[]): string {
  return `#/${path.map(encodeURIComponent).join('/')}`
}

/** The same view with other parameters; an empty value takes one away. Replaces the entry in the history. */
export function setQuery(changes: Record<string, string | undefined>): void {
  const { path, query } = route.peek()
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  const text = next.toString()
  history.replaceState(null, '', href(...path) + (text && `?${text}`))
  hash.value = location.hash
}

export function navigate(to: string): void {
  location.hash = to
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
