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

/** A place where credentials may be: `null` where it has none. */
export type Provider = (env: Environment, now: () => number) => Promise<Credentials | null>

export interface CredentialsSource {
  /** Where they come from, in words. */
  readonly describe: string
  /** The credentials that are valid now. Rejects with an `ObjectStoreError`. */
  get(): Promise<Credentials>
  /** They were refused as ended. Says whether others may be had. */
  renew(used: Credentials): boolean
}

/** Milliseconds before their end at which credentials are renewed. */
const margin = 5 * 60_000

/** Keeps what `load` gives until shortly before its end; asks once where many want it. */
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
        // The old ones may still be good for a few minutes.
        if (current?.expiresAt === undefined || current.expiresAt <= now()) throw error
      }
      return current
    },
    renew(used) {
      // Those that never end are not other ones when they are loaded again, unless a file has them.
      if (current === used) current = undefined
      return true
    },
  }
}
