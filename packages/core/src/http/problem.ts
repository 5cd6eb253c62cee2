import { AutodumpError, type ErrorCode, type FieldError } from '../lib/errors.js'
import { STATUS_CODES } from '../lib/node-http.js'

interface ProblemInit {
  errors?: FieldError[]
  headers?: Record<string, string>
}

/** A refusal with an HTTP status: thrown anywhere below the admin handler, which turns it into the response. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly errors: FieldError[]
  readonly headers: Record<string, string>

  constructor(status: number, detail: string, { errors = [], headers = {} }: ProblemInit = {}) {
    super(detail)
    this.status = status
    this.errors = errors
    this.headers = headers
  }
}

const statusOf: Record<ErrorCode, number> = {
  INVALID: 400,
  NOT_FOUND: 404,
  BUSY: 409,
  CONFLICT: 409,
  CANCELLED: 409,
  STALE: 412,
  LIMITED: 429,
  FAILED: 500,
  STOPPED: 503,
  NO_ROOM: 507,
}

/** The part of an error that the client may see; `undefined` for an unexpected error. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (!(error instanceof AutodumpError)) return undefined
  const mayRetry = error.code === 'BUSY' || error.code === 'LIMITED' || error.code === 'STOPPED'
  return new Problem(statusOf[error.code], error.message, {
    errors: error.errors,
    headers: mayRetry ? { 'retry-after': retrySeconds(error.retryAfter) } : {},
  })
}

/** The whole seconds of a `Retry-After`: never 0, which would invite a busy loop. */
export function retrySeconds(milliseconds = 0): string {
  return String(Math.max(1, Math.ceil(milliseconds / 1000)))
}

/** RFC 9457. */
export interface ProblemDetails {
  type: string
  title: string
  status: number
  detail: string
  /** Every invalid field. */
  errors?: FieldError[]
}

/** The type is `about:blank` because each status has one meaning here. */
export function problemBody({ status, message, errors }: Problem): ProblemDetails {
  const title = STATUS_CODES[status] ?? 'Error'
  const list = errors.length > 0 ? { errors } : {}
  return { type: 'about:blank', title, status, detail: message, ...list }
}

export function problemResponse(problem: Problem): Response {
  const { status, headers } = problem
  return json(problemBody(problem), { status, headers, type: 'application/problem+json' })
}

interface JsonInit {
  status?: number
  headers?: object
  type?: string
}

/** A JSON response with its length, so that it arrives whole even if the connection is closed after it. */
export const json = (value: unknown, init?: JsonInit): Response => jsonText(JSON.stringify(value), init)

/** The same for text that is JSON already. */
export function jsonText(
  text: string,
  { status = 200, headers = {}, type = 'application/json' }: JsonInit = {},
): Response {
  const body = Buffer.from(text)
  return new Response(body, {
    status,
    headers: { ...headers, 'content-type': type, 'content-length': `${body.length}` },
  })
}
