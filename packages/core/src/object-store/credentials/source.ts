export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
  /** In words. */
  source: string
  /** Epoch milliseconds. */
  expiresAt?: number | undefined
}

export type Environment = Record<string, string | undefined>

/**
 * A place that may hold credentials: `null` if it has none.
 *
 * @param note takes the reason, where somebody may have expected some
 */
export type Provider = (env: Environment, now: () => number, note: (why: string) => void) => Promise<Credentials | null>

export interface CredentialsSource {
  /** The source of the credentials, in words. */
  readonly describe: string
  /** The credentials that are valid now. Rejects with an `ObjectStoreError`. */
  get(): Promise<Credentials>
  /** The store refused these credentials. Returns whether others may be available: then `get` looks anew. */
  renew(used: Credentials): boolean
}

/** Credentials are renewed this many milliseconds before they expire. */
const margin = 5 * 60_000

/** Keeps the result of `load` until shortly before it expires; parallel callers share one load. */
export function renewing(
  describe: string,
  load: () => Promise<Credentials>,
  now: () => number = Date.now,
): CredentialsSource {
  let current: Credentials | undefined
  let loading: Promise<Credentials> | undefined
  const isGood = () => current && (current.expiresAt === undefined || current.expiresAt - margin > now())
  return {
    describe,
    async get() {
      if (current && isGood()) return current
      loading ??= load().finally(() => {
        loading = undefined
      })
      try {
        current = await loading
      } catch (error) {
        // The old credentials may still be valid for a few minutes.
        if (current?.expiresAt === undefined || current.expiresAt <= now()) throw error
      }
      return current
    },
    renew(used) {
      if (current === used) current = undefined
      return true
    },
  }
}
