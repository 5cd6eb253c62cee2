import type { AppLink } from '../link/app-link.js'

/** The links to the app thread that one dump uses. */
export interface LinkPool {
  /** One link for the whole dump, attached at the first call. */
  shared(): Promise<AppLink>
  /** Another link; the caller closes it. */
  own(): Promise<AppLink>
  /** Something else that is attached to the app thread, until it is closed. */
  adopt<T extends { close(): unknown }>(one: T): T
  /** The shared link, if it was used. */
  attached(): AppLink | undefined
  close(): void
}

export function createLinkPool(open: () => Promise<AppLink>): LinkPool {
  let link: Promise<AppLink> | undefined
  let attached: AppLink | undefined
  const owned: { close(): unknown }[] = []
  return {
    shared() {
      link ??= open().then(fresh => {
        attached = fresh
        return fresh
      })
      return link
    },
    async own() {
      const fresh = await open()
      owned.push(fresh)
      return fresh
    },
    adopt(one) {
      owned.push(one)
      return one
    },
    attached: () => attached,
    close() {
      attached?.close()
      for (const one of owned) one.close()
    },
  }
}
