/** What the functions of one process cost in an hour, per request served: `v1/shares/` of the bucket (`decisions/332`). */
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
