/**
 * The cost of the functions of one process in an hour, per request served: `v1/shares/` of the bucket
 * (`decisions/332`).
 */
export interface SharesDigest {
  format: 1
  service: string
  /** Empty where none is known. */
  version: string
  instance: string
  /** ISO 8601. @format date-time */
  from: string
  /** ISO 8601. @format date-time */
  to: string
  /** Requests that came in meanwhile. */
  requests: number
  /** Milliseconds for which the app thread was on the CPU, and the distance of samples. */
  busyMs: number
  sampleMs: number
  /** Name, file, line, milliseconds of its own: the most expensive first. */
  functions: [name: string, file: string, line: number, ownMs: number][]
}

export const mostShares = 200

/** Bytes of a digest. */
export const mostShareBytes = 20_000

/** A function that costs more or less per request than it did. */
export interface ShareChange {
  name: string
  file: string
  line: number
  /** Milliseconds per request; 0 where it did not show. */
  before: number
  after: number
  /** `after / before`; `null` where it did not show before. */
  ratio: number | null
  /** Of all CPU time after, in percent. */
  share: number
  text: string
}

export interface SharesComparison {
  /** Why nothing is said; `null` where the two can be compared. */
  silence: string | null
  /** The ones that cost most of the time first. */
  changes: ShareChange[]
}

/** The query of `GET /shares`. */
export interface SharesQuery {
  /**
   * Every service by default.
   * @maxLength 200
   */
  service?: string
  /**
   * The version to look at: by default the one that was seen last.
   * @maxLength 200
   */
  version?: string
  /**
   * The other side of the comparison: by default the version that was seen before it.
   * @maxLength 200
   */
  than?: string
  /**
   * Compares this instance of the version with its siblings, instead of versions.
   * @maxLength 200
   */
  origin?: string
}

/** The cost of the functions of a service, compared with another version or with the other instances. */
export interface ComparedShares extends SharesComparison {
  service: string
  version: string
  /** The version, or `the other instances`; `null` where there is none. */
  than: string | null
  /** Of the version, as far as their digests were read: each can be compared with its siblings. */
  instances: string[]
  /** Those whose functions cost more than in the others, by the function that costs most. */
  odd: { instance: string; text: string }[]
}

/** The answer of `GET /shares`. */
export interface Shares {
  services: ComparedShares[]
}
