import type { Count } from './count.js'

/** What went wrong, the same on every host, in every version and at every restart. */
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
  /** Number of instances. */
  instances: Count
  /** Id of the newest dump. */
  newest: string
  /** Dumps in each of 24 equal parts of the time from the first dump of all faults to the last one. */
  chart: Count[]
}
