/** A request to another instance: a route that forwards. At most the id of a dump gets from a client into a path. */
export interface FleetRequest {
  method: string
  path: string
  /** Parameters beside `instance`. */
  query?: { since: number }
  /** Becomes JSON. */
  body?: unknown
  ifMatch?: string
  /** Of a trigger: until the dump is complete. Milliseconds that it may take beyond the usual. */
  wait?: number
}

/** The answer of another instance, a refusal too. */
export interface FleetAnswer {
  status: number
  etag?: string
  /** Seconds. */
  retryAfter?: string
  body: unknown
}

/** The monitors that share the dump directory. */
export interface Fleet {
  readonly own: Instance
  /** All other living ones, the oldest first. */
  others(): Promise<Instance[]>
  /**
   * Asks one of the others, by its control socket. Rejects with `NOT_FOUND` if there is none with that id, and with
   * `STOPPED` if it does not answer in time. One that captures a dump may give the status that it noted before.
   */
  ask(id: string, request: FleetRequest): Promise<FleetAnswer>
}

/** One of the processes that share a dump directory, by its monitor. */
export interface Instance {
  /** `<pid>-<8 hex digits>`: two containers, or two monitors of one process, may have the same pid. */
  id: string
  pid: number
  host: string
  /** The name of the program for people: the name of its script. */
  title: string
  /** Path of the script: those that run the same one are workers of one program. */
  script: string
  labels: Record<string, string>
  /** Of Node. */
  node: string
  /** Of autodump. */
  version: string
  /** ISO 8601. @format date-time */
  startedAt: string
}
