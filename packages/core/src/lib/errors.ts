/** One invalid field of an option, a body or a query. */
export interface FieldError {
  /** Dotted path of the field, e.g. `cpu.watermark`; empty for the whole value. */
  field: string
  /** The broken rule and the current value. */
  message: string
}

/** `code` is the kind of refusal of an `AutodumpError`. */
export type ErrorCode =
  | 'INVALID'
  | 'BUSY'
  | 'LIMITED'
  | 'NO_ROOM'
  | 'STALE'
  | 'STOPPED'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'CANCELLED'
  | 'FAILED'

/**
 * Every error that autodump throws on purpose.
 *
 * - `INVALID`: options, thresholds or a trigger request break a rule; `errors` lists each field.
 * - `BUSY`: a capture is in progress; try again after `retryAfter` milliseconds.
 * - `LIMITED`: `limits.maxPerHour` is used up; try again after `retryAfter` milliseconds.
 * - `NO_ROOM`: the disk has less than `retention.minFreeBytes` left.
 * - `STALE`: another client changed the thresholds (`If-Match`).
 * - `STOPPED`: the monitor is not running.
 * - `NOT_FOUND`: no such dump or artifact.
 * - `CONFLICT`: the request conflicts with the current state, e.g. too many dumps are pinned; the message names the way
 *   out.
 * - `CANCELLED`: the dump was cancelled while it was being captured.
 * - `FAILED`: anything else, with the reason in the message.
 */
export class AutodumpError extends Error {
  override readonly name = 'AutodumpError'
  readonly code: ErrorCode
  readonly errors: FieldError[]
  /** Milliseconds after which to try again. */
  readonly retryAfter: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    details: { errors?: FieldError[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.code = code
    this.errors = details.errors ?? []
    this.retryAfter = details.retryAfter
  }
}

/** `INVALID`, with every field in the message too. */
export function invalid(what: string, errors: FieldError[]): AutodumpError {
  const list = errors.map(({ field, message }) => (field ? `\`${field}\` ${message}` : message)).join('; ')
  return new AutodumpError('INVALID', `invalid ${what}: ${list}`, { errors })
}

/** The text of an error; code may throw any value. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
