/** One line of a tree of JSON. */
export interface JsonRow {
  /** Where the value is, e.g. `/header/cpus/0` (RFC 6901). */
  path: string
  /** Its key in its holder; `null` for the whole. */
  key: string | null
  value: unknown
  depth: number
}

export const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null

export function entriesOf(value: unknown): [key: string, value: unknown][] {
  return isNode(value) ? Object.entries(value) : []
}

export const childPath = (path: string, key: string): string =>
  `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The text behind the key: the value as JSON, or of a list or object how much is in it. */
export function preview(value: unknown): string {
  if (!isNode(value)) return JSON.stringify(value) ?? 'undefined'
  const count = entriesOf(value).length
  if (Array.isArray(value)) return count === 0 ? '[]' : `[ ${count} ${count === 1 ? 'item' : 'items'} ]`
  return count === 0 ? '{}' : `{ ${count} ${count === 1 ? 'key' : 'keys'} }`
}

/**
 * Paths of the values that have the text in their key or (if no list or object) in themselves, in the order of the file,
 * `limit` of them at most. Upper and lower case are the same.
 */
export function searchJson(value: unknown, text: string, limit = 200): string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const found: string[] = []
  const stack: JsonRow[] = [{ path: '', key: null, value, depth: 0 }]
  for (let row = stack.pop(); row && found.length < limit; row = stack.pop()) {
    const { path, key, value } = row
    const inKey = key?.toLowerCase().includes(wanted)
    if (inKey || (!isNode(value) && String(value).toLowerCase().includes(wanted))) found.push(path)
    for (const [key, child] of entriesOf(value).reverse())
      stack.push({ path: childPath(path, key), key, value: child, depth: row.depth + 1 })
  }
  return found
}

/** All that must be open for these to be seen. */
export function ancestorsOf(paths: Iterable<string>): Set<string> {
  const open = new Set<string>()
  for (let path of paths)
    while (path !== '') {
      path = path.slice(0, path.lastIndexOf('/'))
      open.add(path)
    }
  return open
}

/** Paths of all that lies less deep than that: the rows that are open at first. */
export function openTo(value: unknown, depth: number): Set<string> {
  const open = new Set<string>()
  const look = (value: unknown, path: string, left: number) => {
    if (left <= 0 || !isNode(value)) return
    open.add(path)
    for (const [key, child] of entriesOf(value)) look(child, childPath(path, key), left - 1)
  }
  look(value, '', depth)
  return open
}
