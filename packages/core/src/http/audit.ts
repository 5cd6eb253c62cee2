import type { Logger } from '../lib/log.js'
import { pathOnly } from '../lib/path.js'
import { redactError } from '../lib/redaction/text.js'
import type { Credential } from './auth.js'

/** The facts that the guards learned about a request. */
export interface Audited {
  /** Absent if the request was stopped before authentication. */
  credential?: Credential
  /** An action, or `login`. */
  action?: string
  /** The request body, if it may be logged. */
  body?: unknown
}

/** A patch of every threshold is longer; the log does not need all of it. */
const longestBody = 500

const longestPath = 300

/**
 * Writes a line for each request that would change something, and for each login: the action, the credential and the
 * result. Unauthenticated requests have no line, since anybody could fill the log with them; wrong tokens are limited.
 */
export function createAudit(logger: Logger) {
  return ({ method, url }: Request, remoteAddress: string | undefined, seen: Audited, response: Response): void => {
    const { credential, action, body } = seen
    if (method === 'GET' || method === 'HEAD' || credential === undefined || action === undefined) return
    if (action === 'read' || (action === 'login' && response.status !== 204 && response.status !== 401)) return
    const how = credential === 'none' ? '' : ` (${credential})`
    const who = `${printable(remoteAddress ?? 'a local socket', 64)}${how}`
    const what = `${method} ${printable(pathOnly(new URL(url).pathname), longestPath)}`
    // A refused body may have contained anything.
    const asked =
      response.ok && body !== undefined ? ` ${printable(redactError(JSON.stringify(body)), longestBody)}` : ''
    const dump = response.headers.get('location')?.split('/').at(-1)
    const result = dump ? `${response.status} ${printable(dump, 100)}` : response.status
    logger.info(`autodump: audit: ${action} by ${who}: ${what}${asked}: ${result}`)
  }
}

/** No text of a request may begin a line of its own in the log, or send control sequences to a terminal. */
export function printable(text: string, length: number): string {
  const short = text.length > length ? `${text.slice(0, length - 1)}…` : text
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
