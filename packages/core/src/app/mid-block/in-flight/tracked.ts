import type { Source, SourceContext } from './row.js'

/** Work in flight that no connection shows: Fastify's `inject`, a job of a queue. */
export interface TrackedWork {
  method: string
  /** Shown without its query string. */
  url: string
  /** The kind of work. @default 'inject' */
  protocol?: string
  /** The pattern that it was routed by, if that is known. */
  route?: string | null
}

interface Entry extends TrackedWork {
  since: number
}

/** Work that adapters and apps announce themselves. */
export function createTracked({ now, isOurs }: Pick<SourceContext, 'isOurs'> & { now: () => number }) {
  const entries = new Set<Entry>()
  const source: Source<Entry> = {
    start() {},
    stop() {},
    each(visit) {
      for (const entry of entries) if (!isOurs(entry, entry.url)) visit(entry, entry.since, false)
    },
    describe: ({ method, url, protocol = 'inject', route = null }) => ({
      method,
      url,
      route,
      protocol,
      remoteAddress: null,
      state: 'handling',
      traceparent: null,
      raw: null,
      owner: null,
    }),
  }
  return {
    source,
    /** Counts until the returned function is called; calling it again does nothing. */
    track(work: TrackedWork): () => void {
      const entry = { ...work, since: now() }
      entries.add(entry)
      return () => void entries.delete(entry)
    },
  }
}
