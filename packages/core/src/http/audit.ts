import type { Logger } from '../lib/log.js'
import { pathOnly } from '../lib/path.js'
import { redactError } from '../lib/redaction/text.js'
import type { Credential } from './auth.js'

/** What became known of a request on its way through the guards. */
export interface Audited {
  /** Absent where it was stopped before anybody knew who it is. */
  credential?: Credential
  /** An action, or `login`. */
  action?: string
  /** What the body asked for, where that may be logged. */
  body?: unknown
}

/** A patch of every threshold is longer, but the log need not have all of it. */
const longestBody = 500

const longestPath = 300

/**
 * Writes a line for each request that would change something, and for each login: what, by whom, and with what result.
 * One that proves nothing has no line, because then anybody could fill the log; wrong tokens are limited.
 */
export function createAudit(logger: Logger) {
  return ({ method, url }: Request, remoteAddress: string | undefined, seen: Audited, response: Response): void => {
    const { credential, action, body } = seen
    if (method === 'GET' || method === 'HEAD' || credential === undefined || action === undefined) return
    if (action === 'read' || (action === 'login' && response.status !== 204 && response.status !== 401)) return
    const how = credential === 'none' ? '' : ` (${credential})`
    const who = `${printable(remoteAddress ?? 'a local socket', 64)}${how}`
    const what = `${method} ${printable(pathOnly(new URL(url).pathname), longestPath)}`
    // What was refused may have had anything in it.
    const asked =
      response.ok && body !== undefined ? ` ${printable(redactError(JSON.stringify(body)), longestBody)}` : ''
    const dump = response.headers.get('location')?.split('/').at(-1)
    const result = dump ? `${response.status} ${printable(dump, 100)}` : response.status
    logger.info(`autodump: audit: ${action} by ${who}: ${what}${asked}: ${result}`)
  }
}

/** Nothing that a request says may begin a line of its own in the log, or speak to a terminal. */
export function printable(text: string, length: number): string {
  const short = text.length > length ? `${text.slice(0, length - 1)}…` : text
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
