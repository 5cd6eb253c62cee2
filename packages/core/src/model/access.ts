export const actions = ['read', 'download', 'capture', 'configure', 'delete'] as const

/** What a request to the admin routes does. */
export type Action = (typeof actions)[number]

/** What a `Request` does not tell of its sender. */
export interface Client {
  /** The address, as far as the framework trusts its proxies; `undefined` on a Unix socket. */
  remoteAddress?: string
}

/** Says whether a request may do that. Throwing refuses. */
export type Authorize = (request: Request, action: Action, client: Client) => boolean | Promise<boolean>
