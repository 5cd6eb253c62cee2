/** The profiles that `GET /pprof/` has of the running process. */
export type LiveProfileKind = 'cpu' | 'heap'
