import type { IndexEntry, ObjectStore } from '@autodump/core/object-store'
import { invertedTime, parseIndexKey, servicesPrefix } from '@autodump/core/object-store'

/** A dump as its key in the index tells. */
export interface Listed extends IndexEntry {
  key: string
}

export interface Catalogue {
  /** The newest dumps of all services: one request for each service, and one for their names. */
  newest(count: number): Promise<Listed[]>
  /** All dumps, newest first. The first call reads every key; later ones read what is new. */
  all(): Promise<Listed[]>
  /** The dumps with that moment in their keys or before, of all services, a page for each. */
  from(at: number): Promise<Listed[]>
  /** How many dumps are known, and whether these are all. */
  known(): { count: number; isWhole: boolean }
}

interface Service {
  /** Of its keys. */
  folder: string
  /** In the order of their keys: newest first. */
  entries: Listed[]
  keys: Set<string>
  isWhole: boolean
}

/** Keys in one answer; most stores give a thousand. */
const pageSize = 10_000

/** Milliseconds until the catalogue is read anew: dumps that were removed, or that a wrong clock dated back, are seen then. */
const lifetime = 600_000

const maxEntries = 200_000

export interface CatalogueParts {
  store: ObjectStore
  prefix: string
  /** Gets a sentence when something in the bucket is left out, once each. */
  onProblem(text: string): void
  /** @default Date.now */
  clock?: () => number
}

/** The index of a bucket, kept in memory: new keys come first in the list of the store, so a look for them is one request. */
export function createCatalogue({ store, prefix, onProblem, clock = Date.now }: CatalogueParts): Catalogue {
  let services = new Map<string, Service>()
  let readAt = clock()
  let queue: Promise<unknown> = Promise.resolve()

  /** One look at a time: two would read the same pages. */
  function inTurn<T>(look: () => Promise<T>): Promise<T> {
    const result = queue.then(look)
    queue = result.catch(() => {})
    return result
  }

  const folderOf = (name: string) => `${servicesPrefix(prefix)}${name}/`

  async function list(folder: string, after?: string, limit = pageSize) {
    const { objects, isTruncated } = await store.list({ prefix: folder, limit, ...(after && { after }) })
    const entries = objects.flatMap(({ key }): Listed[] => {
      const entry = parseIndexKey(prefix, key)
      if (!entry) onProblem('the bucket has keys in its index that autodump did not write: they are left out')
      return entry ? [{ ...entry, key }] : []
    })
    const last = objects.at(-1)?.key
    return { entries, next: isTruncated ? last : undefined }
  }

  function add(service: Service, entries: Listed[], where: 'front' | 'end'): void {
    const fresh = entries.filter(({ key }) => !service.keys.has(key))
    for (const { key } of fresh) service.keys.add(key)
    service.entries = where === 'front' ? [...fresh, ...service.entries] : [...service.entries, ...fresh]
  }

  /** Reads the keys that have come since the last look. */
  async function lookForNew(service: Service, limit: number): Promise<void> {
    const isFirst = service.entries.length === 0
    const found: Listed[] = []
    let after: string | undefined
    for (;;) {
      const page = await list(service.folder, after, isFirst || after ? limit : Math.min(limit, 100))
      found.push(...page.entries)
      if (isFirst) service.isWhole = page.next === undefined
      const isKnown = page.entries.some(({ key }) => service.keys.has(key))
      if (isFirst || isKnown || page.next === undefined) break
      after = page.next
    }
    add(service, found, 'front')
  }

  async function refresh(limit: number): Promise<void> {
    if (clock() - readAt > lifetime) {
      services = new Map()
      readAt = clock()
    }
    const names = await store.folders(servicesPrefix(prefix))
    for (const name of services.keys()) if (!names.includes(name)) services.delete(name)
    for (const name of names) {
      if (!services.has(name))
        services.set(name, { folder: folderOf(name), entries: [], keys: new Set(), isWhole: false })
    }
    await Promise.all([...services.values()].map(service => lookForNew(service, limit)))
  }

  async function readRest(service: Service): Promise<void> {
    while (!service.isWhole && count() < maxEntries) {
      const page = await list(service.folder, service.entries.at(-1)?.key)
      add(service, page.entries, 'end')
      service.isWhole = page.next === undefined
    }
    if (!service.isWhole)
      onProblem(`the bucket has more than ${maxEntries} dumps: the oldest are left out of lists and searches`)
  }

  const count = () => [...services.values()].reduce((sum, { entries }) => sum + entries.length, 0)

  const sorted = () => newestFirst([...services.values()].flatMap(({ entries }) => entries))

  return {
    newest: limit =>
      inTurn(async () => {
        await refresh(Math.min(pageSize, Math.max(limit + 1, 100)))
        // Below the last key of a service that was not read whole, other services may have keys that are not its next.
        const ends = [...services.values()]
          .filter(({ isWhole }) => !isWhole)
          .map(({ entries }) => entries.at(-1)?.at ?? 0)
        const reach = Math.max(...ends, 0)
        return sorted()
          .filter(({ at }) => at >= reach)
          .slice(0, limit)
      }),
    all: () =>
      inTurn(async () => {
        await refresh(pageSize)
        await Promise.all([...services.values()].map(readRest))
        return sorted()
      }),
    from: at =>
      inTurn(async () => {
        const names = await store.folders(servicesPrefix(prefix))
        const pages = names.map(folderOf).map(folder => list(folder, `${folder}${invertedTime(at)}`, 100))
        return newestFirst((await Promise.all(pages)).flatMap(({ entries }) => entries))
      }),
    known: () => ({ count: count(), isWhole: [...services.values()].every(({ isWhole }) => isWhole) }),
  }
}

/**
 * Newest first. A dump has two keys when its first manifest did not know the culprit yet: the later one counts, and
 * that has a fingerprint.
 */
function newestFirst(entries: Listed[]): Listed[] {
  const dumps = new Map<string, Listed>()
  for (const entry of entries) {
    const name = JSON.stringify([entry.service, entry.instance, entry.id])
    if (entry.fingerprint !== '' || !dumps.has(name)) dumps.set(name, entry)
  }
  return [...dumps.values()].sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1))
}
