import { isTrigger } from '../generated/validators.js'
import { invalid } from '../lib/errors.js'
import { describeErrors, validator } from '../lib/validate.js'
import type { CaptureKind } from '../model/capture-kind.js'

/** What may be said when a dump is asked for by hand. */
export interface TriggerRequest {
  /** @default the CPU profile and the request table; with `worker` the CPU profile */
  capture?: CaptureKind[]
  /** Milliseconds that a profile lasts, 10 to 300,000. @default `cpuProfile.duration` */
  duration?: number
  /** At most 500 characters; goes into the manifest, on one line. */
  reason?: string
  /** Name or number of worker threads that called `registerWorker()`: the CPU profile is of them. */
  worker?: string | number
}

const validate = validator<TriggerRequest>(isTrigger)

/** @throws AutodumpError `INVALID` that lists every invalid field */
export function parseTrigger(body: unknown): TriggerRequest {
  if (!validate(body)) throw invalid('trigger request', describeErrors(validate.errors, body))
  const { reason } = body
  // Reasons end up in logs and terminals, where a line break or an escape sequence would be somebody else's words.
  return reason === undefined ? body : { ...body, reason: reason.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() }
}
