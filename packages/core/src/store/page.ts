import { AutodumpError, type FieldError } from '../errors.js'
import { isDumpId } from './dump-id.js'
import type { DumpEntry, DumpPage, ListQuery } from './store.js'

const defaultLimit = 50
const maxLimit = 1000

/**
 * One page of a list that is sorted newest first. The cursor names the last dump of the page before, so dumps that come
 * and go in between neither repeat nor hide others; that dump itself may be gone too.
 *
 * @throws AutodumpError `INVALID` for a cursor that no page has given, and for a limit that is not 1 to 1000
 */
export function pageOf(newestFirst: readonly DumpEntry[], query: ListQuery): DumpPage {
  const { limit = defaultLimit, cursor, metric, rule } = query
  const after = cursor === undefined ? undefined : decodeCursor(cursor)
  const errors: FieldError[] = []
  if (after === null) errors.push({ field: 'cursor', message: 'must be the cursor of an earlier page' })
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    errors.push({ field: 'limit', message: `must be an integer from 1 to ${maxLimit}, got ${limit}` })
  if (errors.length > 0) {
    const list = errors.map(({ field, message }) => `\`${field}\` ${message}`).join('; ')
    throw new AutodumpError('INVALID', `invalid query: ${list}`, { errors })
  }

  const dumps: DumpEntry[] = []
  for (const dump of newestFirst) {
    if (after && dump.id >= after) continue
    if (metric !== undefined && dump.metric !== metric) continue
    if (rule !== undefined && dump.rule !== rule) continue
    const last = dumps.at(-1)
    // The page is full and there is one more: only then is there a next page.
    if (last && dumps.length === limit) return { dumps, next: encodeCursor(last.id) }
    dumps.push(dump)
  }
  return { dumps }
}

const encodeCursor = (id: string) => Buffer.from(id).toString('base64url')

function decodeCursor(cursor: unknown): string | null {
  if (typeof cursor !== 'string' || cursor.length > 400) return null
  const id = Buffer.from(cursor, 'base64url').toString()
  return isDumpId(id) && encodeCursor(id) === cursor ? id : null
}
