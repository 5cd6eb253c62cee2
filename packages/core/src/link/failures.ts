import { messageOf } from '../lib/errors.js'
import { redactError } from '../lib/redaction/text.js'
import { isRefusal } from '../lib/runtime/permission.js'
import type { Failure } from '../model/status.js'

const kept = 50

export interface Failures {
  /** Takes note of a failure of our own. */
  note(what: string, error: unknown): void
  /** The work that had failed under that name succeeds again: the next failure is told of, also if it was before. */
  mended(what: string): void
  list(): Failure[]
  /** The number of all failures, also of those that are not kept any more. */
  total(): number
}

/** Keeps our own failures for `status`, and reports each only once until it is mended, however often it comes back. */
export function createFailures(tell: (failure: Failure) => void, now: () => number = Date.now): Failures {
  const seen = new Map<string, Failure>()
  const untold = new Set<string>()
  let total = 0
  return {
    note(what, error) {
      total += 1
      // The start has reported the refusals of the permission model, which come again and again.
      if (isRefusal(error)) return
      const message = redactError(messageOf(error))
      const key = `${what}: ${message}`
      const known = seen.get(key)
      const failure = { at: new Date(now()).toISOString(), what, message, count: (known?.count ?? 0) + 1 }
      seen.delete(key)
      seen.set(key, failure)
      if (seen.size > kept) seen.delete(seen.keys().next().value as string)
      const isMended = untold.delete(key)
      if (!known || isMended) tell(failure)
    },
    mended(what) {
      for (const key of untold) if (!seen.has(key)) untold.delete(key)
      for (const [key, failure] of seen) if (failure.what === what) untold.add(key)
    },
    list: () => [...seen.values()],
    total: () => total,
  }
}

/** The failures of several places as one list, oldest first. */
export function mergeFailures(...lists: Failure[][]): Failure[] {
  return lists
    .flat()
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(-kept)
}
