import type { DumpPage, ListedDump } from '../api/types.ts'

/** Which dumps are shown; kept in the address. */
export interface Filter {
  q: string
  metric: string
  rule: string
  pinned: boolean
}

export const noFilter: Filter = { q: '', metric: '', rule: '', pinned: false }

export function filterOf(query: URLSearchParams): Filter {
  return {
    q: query.get('q') ?? '',
    metric: query.get('metric') ?? '',
    rule: query.get('rule') ?? '',
    pinned: query.get('pinned') === 'true',
  }
}

/** The parameters of a request and of the address alike. */
export function queryOf({ q, metric, rule, pinned }: Filter) {
  return { q: q.trim(), metric, rule, pinned: pinned ? 'true' : '' }
}

export const isFiltered = (filter: Filter): boolean => Object.values(queryOf(filter)).some(Boolean)

/** The loaded part of the list, newest first. */
export interface Loaded {
  dumps: ListedDump[]
  /** Cursor of what follows; `null` at the end. */
  next: string | null
  /** How many there are, loaded or not. */
  total: number
}

export type Page = Omit<DumpPage, 'dumps'> & { dumps: ListedDump[]; total?: number }

export function firstPage({ dumps, next, total }: Page): Loaded {
  return { dumps, next: next ?? null, total: total ?? dumps.length }
}

export function withNextPage(loaded: Loaded, page: Page): Loaded {
  const known = new Set(loaded.dumps.map(({ id }) => id))
  const dumps = [...loaded.dumps, ...page.dumps.filter(({ id }) => !known.has(id))]
  return { dumps, next: page.next ?? null, total: page.total ?? Math.max(loaded.total, dumps.length) }
}

/**
 * The list after a change: the first page replaces its part, and the loaded rest stays, so readers keep their place.
 */
export function refreshed(loaded: Loaded, page: Page): Loaded {
  const last = page.dumps.at(-1)
  if (!page.next || !last) return firstPage(page)
  const beyond = loaded.dumps.filter(({ id }) => id < last.id)
  // Nothing was known beyond, or it would leave a hole between the two.
  if (!loaded.dumps.some(({ id }) => id >= last.id)) return firstPage(page)
  if (beyond.length === 0) return firstPage(page)
  return { dumps: [...page.dumps, ...beyond], next: loaded.next, total: page.total ?? loaded.total }
}

/** Ids in `to` that are newer than all of `from`. */
export function newcomers(from: ListedDump[], to: ListedDump[]): number {
  const [newest] = from
  return newest ? to.filter(({ id }) => id > newest.id).length : 0
}

export function without(loaded: Loaded, ids: ReadonlySet<string>): Loaded {
  const dumps = loaded.dumps.filter(({ id }) => !ids.has(id))
  return { ...loaded, dumps, total: loaded.total - (loaded.dumps.length - dumps.length) }
}

export function withPin(loaded: Loaded, id: string, pinned: boolean): Loaded {
  return { ...loaded, dumps: loaded.dumps.map(dump => (dump.id === id ? { ...dump, pinned } : dump)) }
}

/** The process that made a dump, from its id. */
export function pidOf(id: string): string {
  return /^\d+T\d+Z-(\d+)-/.exec(id)?.[1] ?? ''
}
