import { AutodumpError, type FieldError } from '../lib/errors.js'
import type { DumpPage, Facets, IndexedDump, ListQuery } from '../model/store.js'
import { isDumpId } from './dump-id.js'
import { facetsOf } from './facets.js'

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

  const matching = newestFirst.filter(matcherOf(query, pinned))
  const rest = after ? matching.filter(({ id }) => id < after) : matching
  const dumps = rest.slice(0, limit).map(dump => ({ ...dump, pinned: pinned.has(dump.id) }))
  const last = dumps.at(-1)
  // There is a next page only if there is at least one dump more than the page has.
  const next = last && rest.length > dumps.length ? { next: encodeCursor(last.id) } : {}
  const matches = (query: ListQuery) => matcherOf(query, pinned)
  const facets = query.facets ? { facets: facetsOf(newestFirst, query, matches, facetOf) } : {}
  return { dumps, total: matching.length, ...next, ...facets }
}

const facetOf = ({ metric, rule, from }: IndexedDump, name: keyof Facets): string => {
  const { service = '', version = '', instance: origin = '' } = from ?? {}
  return { service, version, origin, metric: metric ?? '', rule }[name]
}

function matcherOf({ metric, rule, q = '', pinned, ...query }: ListQuery, pins: ReadonlySet<string>) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  return (dump: IndexedDump): boolean =>
    (metric === undefined || dump.metric === metric) &&
    (rule === undefined || dump.rule === rule) &&
    (pinned === undefined || pins.has(dump.id) === pinned) &&
    isFrom(query, dump) &&
    (words.length === 0 || hasAll(dump, words))
}

/** Whether a dump is of the process, the fault and the time that a query names. */
function isFrom({ service, version, origin, fault, since = 0, until = Infinity }: ListQuery, dump: IndexedDump) {
  const at = Date.parse(dump.createdAt)
  return (
    (service === undefined || dump.from?.service === service) &&
    (version === undefined || dump.from?.version === version) &&
    (origin === undefined || dump.from?.instance === origin) &&
    (fault === undefined || dump.fault?.fingerprint === fault) &&
    at >= since &&
    at < until
  )
}

function hasAll({ id, metric, rule, reason, headline, summary }: IndexedDump, words: string[]): boolean {
  const text = `${id}\n${metric ?? ''}\n${rule}\n${reason}\n${headline}\n${summary}`.toLowerCase()
  return words.every(word => text.includes(word))
}

const encodeCursor = (id: string) => Buffer.from(id).toString('base64url')

function decodeCursor(cursor: unknown): string | null {
  if (typeof cursor !== 'string' || cursor.length > 400) return null
  const id = Buffer.from(cursor, 'base64url').toString()
  return isDumpId(id) && encodeCursor(id) === cursor ? id : null
}
