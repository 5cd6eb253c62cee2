/** Where profiles go by themselves. */
export interface ProfileReceiverOptions {
  /** The API that the receiver speaks. `otlp` needs `experimental`. */
  to: 'pyroscope' | 'parca' | 'otlp'
  /** Its base address, e.g. `http://pyroscope:4040`; the path of its API is added. */
  url: string
  /** Further request headers, e.g. `authorization` or `X-Scope-OrgID`. Their values are secrets. */
  headers?: Record<string, string>
  /**
   * Milliseconds of one profile, and between two. Receivers refuse profiles that are an hour old.
   * @multipleOf 1
   * @minimum 1000
   * @maximum 1800000
   * @default 60000
   */
  every?: number
  /** Says that the receiver may change its API: the OTLP signal of profiles is alpha. @default false */
  experimental?: boolean
}

/** Continuous profiling (`docs/continuous-profiling.md`). `npm run generate` makes its JSON Schema of this. */
export interface ProfilesOptions {
  /**
   * By default nothing is pushed.
   * @maxItems 8
   */
  push?: ProfileReceiverOptions[]
  /** Serves the routes of `GET /pprof/` at a second path, where tools for Go look for them. */
  pull?: {
    /**
     * @pattern ^[A-Za-z0-9/._~-]*[A-Za-z0-9._~-][A-Za-z0-9/._~-]*$
     * @inWords a path of letters, digits and / . _ ~ -
     * @default "/debug/pprof"
     */
    prefix?: string
  }
  /** Puts the shares of the functions into the bucket every ten minutes, where there is one. @default true */
  shares?: boolean
}

/** With headers that are secrets. */
export type ProfileReceiver = Required<Omit<ProfileReceiverOptions, 'experimental'>>

export interface ResolvedProfiles {
  push: ProfileReceiver[]
  pull: { prefix: string } | null
  shares: boolean
}
