import type { Count } from './count.js'

/** A fault: the same on every host, in every version and at every restart. */
export interface Fault {
  /**
   * 12 hex digits: a hash of the family of the metric, the family of the rule and the culprit (function and file without
   * its line, route, upstream or holder).
   * @pattern ^[0-9a-f]{12}$
   */
  fingerprint: string
  /** For people: `hash (src/orders.js)`, `GET /orders/:id`. */
  title: string
}

/** The decision of people about a fault. */
export interface FaultMark {
  state: 'open' | 'ignored' | 'resolved'
  /** For colleagues. */
  note: string
  /** When the state was set. @format date-time */
  at: string
  /** The versions that were known then: a dump of another one opens a resolved fault again. */
  versions: string[]
}

/** The changes to it. */
export interface FaultPatch {
  state?: FaultMark['state']
  /** @maxLength 2000 */
  note?: string
}

/** The dumps of one fault. */
export interface FaultGroup extends Fault {
  /** Number of dumps. */
  count: Count
  /** ISO 8601. @format date-time */
  firstAt: string
  /** ISO 8601. @format date-time */
  lastAt: string
  services: string[]
  /** In the order in which they were first seen. */
  versions: string[]
  /** The version that showed it first, where its service had dumps of another version before. */
  newSince?: string
  /** Number of instances. */
  instances: Count
  /** Id of the newest dump. */
  newest: string
  /** Of the newest dump: what happened, how bad, and who did it. */
  headline: string
  /** Of the newest dump: its trigger. */
  metric: string | null
  rule: string
  /** Dumps in each of 24 equal parts of the time that the answer is about. */
  chart: Count[]
  /** `reopened`: somebody resolved it, and a version that was not known then has shown it again. */
  state: FaultMark['state'] | 'reopened'
  /** A note about it; empty if there is none. */
  note: string
}

/** The query of `GET /faults`. */
export interface FaultsQuery {
  /**
   * Only dumps from this moment on, in epoch milliseconds.
   * @multipleOf 1
   * @minimum 0
   */
  since?: number
  /**
   * Only dumps before this moment, in epoch milliseconds.
   * @multipleOf 1
   * @minimum 0
   */
  until?: number
  /**
   * Only faults of this service.
   * @maxLength 200
   */
  service?: string
}

/** The answer of `GET /faults`. */
export interface Faults {
  /** The fault that was seen last comes first. */
  faults: FaultGroup[]
  /** The time that the charts show: ISO 8601, `null` without a fault. */
  from: string | null
  to: string | null
  /** Whether `PATCH /faults/:id` works here. */
  writable: boolean
}
