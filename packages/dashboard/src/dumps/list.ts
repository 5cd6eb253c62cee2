import type { DumpPage, ListedDump } from '../api/types.ts'
import { isRange, sinceOf } from '../ui/ranges.ts'

/** Which dumps are shown; kept in the address. */
export interface Filter {
  q: string
  metric: string
  rule: string
  pinned: boolean
  service: string
  version: string
  /** The label of an instance. */
  origin: string
  /** A fingerprint. */
  fault: string
  /** One of `ranges`. */
  range: string
}

/** All but the switch is text, as in the address. */
const texts = ['q', 'metric', 'rule', 'service', 'version', 'origin', 'fault', 'range'] as const

export const noFilter: Filter = filterOf(new URLSearchParams())

export function filterOf(query: URLSearchParams): Filter {
  const found = Object.fromEntries(texts.map(name => [name, query.get(name) ?? ''])) as Record<
    (typeof texts)[number],
    string
  >
  return { ...found, range: isRange(found.range) ? found.range : '', pinned: query.get('pinned') === 'true' }
}

/** The parameters of the address. */
export function queryOf({ q, pinned, ...texts }: Filter) {
  return { ...texts, q: q.trim(), pinned: pinned ? 'true' : '' }
}

/** The parameters of a request: an address names a range, a request a moment. */
export function requestOf(filter: Filter, now: number) {
  const { range, ...query } = queryOf(filter)
  return { ...query, since: sinceOf(range, now) }
}

export const isFiltered = (filter: Filter): boolean => Object.values(queryOf(filter)).some(Boolean)

/** The loaded part of the list, newest first. */
export interface Loaded {
  dumps: ListedDump[]
  /** Cursor of the next page; `null` at the end. */
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
