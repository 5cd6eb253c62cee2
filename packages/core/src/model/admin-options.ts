/** Where the monitor thread serves the admin routes by itself: either `port` or `path` says it. */
export interface AdminPlace {
  /**
   * @pattern ^[A-Za-z0-9.:_%-]{1,255}$
   * @inWords the name or address of a host
   * @default "127.0.0.1"
   */
  host?: string
  /**
   * 0 takes a free one: `status` and the log tell which.
   * @multipleOf 1
   * @minimum 0
   * @maximum 65535
   */
  port?: number
  /**
   * A Unix socket, which is made with mode 0600, or a named pipe of Windows.
   * @pattern ^[^\u0000]+$
   * @inWords a path without zero bytes
   */
  path?: string
}

export interface AdminOptions extends AdminPlace {
  /**
   * Who may use it. @default what `auth` says; where that is `authorize`, which cannot be asked while the app thread is
   * stuck, a random token, logged once at start
   */
  auth?: { token: string } | false
}

/** Without `auth`, which is nobody's business but the two threads'. */
export type ResolvedAdmin = { host: string; port: number } | { path: string }
