import { isTriggerRequest } from '../generated/validators.js'
import { invalid } from '../lib/errors.js'
import { describeErrors, validator } from '../lib/validate.js'
import type { CaptureKind } from '../model/capture-kind.js'

/** The body of a request for a dump by hand. */
export interface TriggerRequest {
  /**
   * The kinds of evidence; by default the CPU profile and the request table, with `worker` the CPU profile.
   * @minItems 1
   * @uniqueItems true
   */
  capture?: CaptureKind[]
  /**
   * Milliseconds that a profile lasts; by default the option `cpuProfile.duration`.
   * @multipleOf 1
   * @minimum 10
   * @maximum 300000
   */
  duration?: number
  /**
   * Goes into the manifest, on one line.
   * @maxLength 500
   */
  reason?: string
  /**
   * Name or number of worker threads that called `registerWorker()`: the CPU profile is of them.
   * @minLength 1
   * @maxLength 64
   * @multipleOf 1
   * @minimum 1
   */
  worker?: string | number
}

const validate = validator<TriggerRequest>(isTriggerRequest)

/** @throws AutodumpError `INVALID` that lists every invalid field */
export function parseTrigger(body: unknown): TriggerRequest {
  if (!validate(body)) throw invalid('trigger request', describeErrors(validate.errors, body))
  const { reason } = body
  // Reasons end up in logs and terminals, where a line break or an escape sequence could forge other text.
  return reason === undefined ? body : { ...body, reason: reason.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() }
}
