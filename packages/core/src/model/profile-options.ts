/** Where profiles go by themselves. */
export interface ProfileReceiverOptions {
  /** The API that the receiver speaks. `otlp` needs `experimental`. */
  to: 'pyroscope' | 'parca' | 'otlp'
  /** Its base address, e.g. `http://pyroscope:4040`; the path of its API is added. */
  url: string
  /** Further request headers, e.g. `authorization` or `X-Scope-OrgID`. Their values are secrets. */
  headers?: Record<string, string>
  /** Milliseconds of one profile, and between two. @default 60_000 */
  every?: number
  /** Says that the receiver may change its API: the OTLP signal of profiles is alpha. @default false */
  experimental?: boolean
}

/** Continuous profiling (`docs/continuous-profiling.md`). */
export interface ProfilesOptions {
  /** By default nothing is pushed. At most 8 receivers. */
  push?: ProfileReceiverOptions[]
  /** Serves the routes of `GET /pprof/` at a second path, where tools for Go look for them. */
  pull?: {
    /** @default '/debug/pprof' */
    prefix?: string
  }
  /** Puts the shares of the functions into the bucket every ten minutes. @default true where there is a bucket */
  shares?: boolean
}

/** With headers that are secrets. */
export type ProfileReceiver = Required<Omit<ProfileReceiverOptions, 'experimental'>>

export interface ResolvedProfiles {
  push: ProfileReceiver[]
  pull: { prefix: string } | null
  shares: boolean
}
