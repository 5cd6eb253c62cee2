import { AutodumpError, type FieldError } from '../lib/errors.js'
import type { DumpPage, Facets, IndexedDump, ListQuery } from '../model/store.js'
import { isDumpId } from './dump-id.js'
import { facetsOf } from './facets.js'
import { matcherOf, type Named } from './matching.js'

const defaultLimit = 50

const maxLimit = 1000

/**
 * One page of a list that is sorted newest first. The cursor names the last dump of the page before, so dumps that come
 * and go in between neither repeat nor hide others; that dump itself may be gone too.
 *
 * @param pinned ids of the dumps that retention leaves alone; others may be among them
 * @throws AutodumpError `INVALID` for a cursor that no page has given, and for a limit that is not 1 to 1000
 */
export function pageOf(
  newestFirst: readonly IndexedDump[],
  query: ListQuery,
  pinned: ReadonlySet<string> = new Set(),
): DumpPage {
  const { limit = defaultLimit, cursor } = query
  const after = cursor === undefined ? undefined : decodeCursor(cursor)
  const errors: FieldError[] = []
  if (after === null) errors.push({ field: 'cursor', message: 'must be the cursor of an earlier page' })
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    errors.push({ field: 'limit', message: `must be an integer from 1 to ${maxLimit}, got ${limit}` })
  if (errors.length > 0) {
    const list = errors.map(({ field, message }) => `\`${field}\` ${message}`).join('; ')
    throw new AutodumpError('INVALID', `invalid query: ${list}`, { errors })
  }

  const matching = newestFirst.filter(matcherFor(query, pinned))
  const rest = after ? matching.filter(({ id }) => id < after) : matching
  const dumps = rest.slice(0, limit).map(dump => ({ ...dump, pinned: pinned.has(dump.id) }))
  const last = dumps.at(-1)
  // There is a next page only if there is at least one dump more than the page has.
  const next = last && rest.length > dumps.length ? { next: encodeCursor(last.id) } : {}
  const matches = (query: ListQuery) => matcherFor(query, pinned)
  const facets = query.facets ? { facets: facetsOf(newestFirst, query, matches, facetOf) } : {}
  return { dumps, total: matching.length, ...next, ...facets }
}

const facetOf = ({ metric, rule, from }: IndexedDump, name: keyof Facets): string => {
  const { service = '', version = '', instance: origin = '' } = from ?? {}
  return { service, version, origin, metric: metric ?? '', rule }[name]
}

/** By metric, rule, process, fault, time and words, and by the pin. */
function matcherFor(query: ListQuery, pins: ReadonlySet<string>): (dump: IndexedDump) => boolean {
  const matches = matcherOf(query, nameOf, textOf)
  const { pinned } = query
  return dump => (pinned === undefined || pins.has(dump.id) === pinned) && matches(dump)
}

const nameOf = ({ createdAt, metric, rule, from, fault }: IndexedDump): Named => ({
  ...{ at: Date.parse(createdAt), metric, rule, ...from },
  ...(fault && { fingerprint: fault.fingerprint }),
})

const textOf = ({ id, metric, rule, reason, headline, summary }: IndexedDump): string =>
  `${id}\n${metric ?? ''}\n${rule}\n${reason}\n${headline}\n${summary}`.toLowerCase()

const encodeCursor = (id: string) => Buffer.from(id).toString('base64url')

function decodeCursor(cursor: unknown): string | null {
  if (typeof cursor !== 'string' || cursor.length > 400) return null
  const id = Buffer.from(cursor, 'base64url').toString()
  return isDumpId(id) && encodeCursor(id) === cursor ? id : null
}
