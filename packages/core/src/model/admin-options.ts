/** The place where the monitor thread serves the admin routes itself: either `port` or `path`. */
export interface AdminPlace {
  /**
   * @pattern ^[A-Za-z0-9.:_%-]{1,255}$
   * @inWords the name or address of a host
   * @default "127.0.0.1"
   */
  host?: string
  /**
   * 0 takes a free one, which `status` and the log show.
   * @multipleOf 1
   * @minimum 0
   * @maximum 65535
   */
  port?: number
  /**
   * A Unix socket (mode 0600), or a named pipe of Windows.
   * @pattern ^[^\u0000]+$
   * @inWords a path without zero bytes
   */
  path?: string
}

export interface AdminOptions extends AdminPlace {
  /**
   * The right to use it. By default that of `auth`; for `authorize`, which needs the app thread, a random token that is
   * logged once at start.
   */
  auth?: { token: string } | false
}

/** Without `auth`, which stays in the two threads. */
export type ResolvedAdmin = { host: string; port: number } | { path: string }
