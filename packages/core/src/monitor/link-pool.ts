import type { AppLink } from '../link/app-link.js'

/** The ways to the app thread that one dump uses. */
export interface LinkPool {
  /** One for the whole dump, attached at the first call. */
  shared(): Promise<AppLink>
  /** Another one, which whoever asks for it closes. */
  own(): Promise<AppLink>
  /** The shared one, if anybody has asked for it. */
  attached(): AppLink | undefined
  close(): void
}

export function createLinkPool(open: () => Promise<AppLink>): LinkPool {
  let link: Promise<AppLink> | undefined
  let attached: AppLink | undefined
  const owned: AppLink[] = []
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
    attached: () => attached,
    close() {
      attached?.close()
      for (const one of owned) one.close()
    },
  }
}
