export const actions = ['read', 'download', 'capture', 'configure', 'delete'] as const

/** The action of a request to the admin routes. */
export type Action = (typeof actions)[number]

/** The facts about the sender that a `Request` does not have. */
export interface Client {
  /** The address, as far as the framework trusts its proxies; `undefined` on a Unix socket. */
  remoteAddress?: string
}

/** Whether a request may do the action. Throwing refuses. */
export type Authorize = (request: Request, action: Action, client: Client) => boolean | Promise<boolean>
