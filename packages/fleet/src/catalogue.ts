import type { ObjectStore } from '@autodump/core/object-store'
import { invertedTime, parseIndexKey, servicesPrefix } from '@autodump/core/object-store'
import { byKey, createIntern, findKey, hasKey, type Listed, newestFirst } from './listed.js'

export interface Catalogue {
  /** The newest dumps of all services: one request for each service, and one for their names. */
  newest(count: number): Promise<Listed[]>
  /** All dumps, newest first. The first call reads every key; later ones read new keys. */
  all(): Promise<Listed[]>
  /** The dumps with that moment in their keys or before, of all services, a page for each. */
  from(at: number): Promise<Listed[]>
  /** How many dumps are known, and whether these are all. */
  known(): { count: number; isWhole: boolean }
  /** The keys that are known, to be given to another catalogue of the same bucket. */
  save(): SavedCatalogue
}

/** By the names of their folders. */
export type SavedCatalogue = Record<string, { keys: string[]; isWhole: boolean }>

interface Service {
  /** Of its keys. */
  folder: string
  /** In the order of their keys: newest first. */
  entries: Listed[]
  isWhole: boolean
}

type Services = Map<string, Service>

/** Keys in one answer; most stores give a thousand. */
const pageSize = 10_000
/** Milliseconds until the catalogue is read anew: dumps that were removed, or that a wrong clock dated back, are seen then. */
const lifetime = 600_000
const mostEntries = 200_000

export interface CatalogueParts {
  store: ObjectStore
  prefix: string
  /** Gets a sentence when something in the bucket is left out, once each. */
  onProblem(text: string): void
  /** The saved state of an earlier catalogue. */
  saved?: SavedCatalogue
  /** @default Date.now */
  clock?: () => number
  /** Dumps in memory: the newest of each service. @default 200,000 */
  most?: number
}

/** The index of a bucket, kept in memory: new keys come first in the list of the store, so a look for them is one request. */
export function createCatalogue(parts: CatalogueParts): Catalogue {
  const { store, prefix, onProblem, saved = {}, clock = Date.now, most = mostEntries } = parts
  const intern = createIntern()
  let services: Services = new Map(
    Object.entries(saved).map(([name, { keys, isWhole }]) => [name, { ...serviceOf(name, listedIn(keys)), isWhole }]),
  )
  let readAt = clock()
  let renewal: Promise<void> | undefined
  let queue: Promise<unknown> = Promise.resolve()
  /** Until something comes or goes. */
  let sorted: Listed[] | undefined

  /** One look at a time: two would read the same pages. */
  function inTurn<T>(look: () => Promise<T>): Promise<T> {
    const result = queue.then(look)
    queue = result.catch(() => {})
    return result
  }

  function replace(by: Services): void {
    services = by
    sorted = undefined
  }

  function serviceOf(name: string, entries: Listed[] = []): Service {
    return { folder: `${servicesPrefix(prefix)}${name}/`, entries, isWhole: false }
  }

  function entryOf(key: string): Listed | undefined {
    const entry = parseIndexKey(prefix, key)
    return entry && intern(entry, key)
  }

  /** @param known a catalogue that is read anew shares with the one before what both have: they are in memory together */
  function listedIn(keys: readonly string[], known: readonly Listed[] = []): Listed[] {
    const found: Listed[] = []
    for (const key of keys) {
      const entry = findKey(known, key) ?? entryOf(key)
      if (entry) found.push(entry)
      else onProblem('the bucket has keys in its index that autodump did not write: they are left out')
    }
    return found
  }

  async function list(folder: string, after?: string, limit = pageSize) {
    const { objects, isTruncated } = await store.list({ prefix: folder, limit, ...(after && { after }) })
    const last = objects.at(-1)?.key
    const known = [...services.values()].find(service => service.folder === folder)?.entries
    const keys = objects.map(({ key }) => key)
    return { entries: listedIn(keys, known), next: isTruncated ? last : undefined }
  }

  function add(service: Service, entries: Listed[], where: 'front' | 'end'): void {
    const fresh = entries.filter(({ key }) => !hasKey(service.entries, key))
    if (fresh.length === 0) return
    // A dump that was uploaded late lies between those that are known.
    if (where === 'front') service.entries = [...fresh, ...service.entries].sort(byKey)
    else for (const entry of fresh) service.entries.push(entry)
    sorted = undefined
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
      const isKnown = page.entries.some(({ key }) => hasKey(service.entries, key))
      if (isFirst || isKnown || page.next === undefined) break
      after = page.next
    }
    add(service, found, 'front')
  }

  async function refresh(limit: number): Promise<void> {
    if (clock() - readAt > lifetime) {
      readAt = clock()
      // A catalogue that was not read to its end is a page for each service, so it may as well be read now.
      if (isWhole() || countOf(services) >= most) renewal ??= renew().finally(() => (renewal = undefined))
      else replace(new Map())
    }
    // The known services are looked at beside the names: most looks find no other service.
    const known = [...services.values()]
    const [names] = await Promise.all([
      store.folders(servicesPrefix(prefix)),
      ...known.map(service => lookForNew(service, limit)),
    ])
    const gone = [...services.keys()].filter(name => !names.includes(name))
    if (gone.length > 0) replace(new Map([...services].filter(([name]) => !gone.includes(name))))
    const added = names.filter(name => !services.has(name)).map(name => [name, serviceOf(name)] as const)
    for (const [name, service] of added) services.set(name, service)
    await Promise.all(added.map(([, service]) => lookForNew(service, limit)))
  }

  /** Reads all keys beside the catalogue that answers meanwhile. */
  async function renew(): Promise<void> {
    try {
      const names = await store.folders(servicesPrefix(prefix))
      const fresh: Services = new Map(names.map(name => [name, serviceOf(name)]))
      // Side by side, so that each service has its newest where there are more than are kept.
      await Promise.all([...fresh.values()].map(service => readRest(service, fresh)))
      await inTurn(async () => replace(fresh))
    } catch {
      // The next look will name the trouble of the store; the next renewal comes by itself.
    }
  }

  async function readRest(service: Service, all: Services): Promise<void> {
    let after = service.entries.at(-1)?.key
    while (!service.isWhole && countOf(all) < most) {
      const page = await list(service.folder, after)
      add(service, page.entries, 'end')
      // Of all keys: a page may have none of ours.
      after = page.next
      service.isWhole = after === undefined
    }
    if (!service.isWhole)
      onProblem(`the bucket has more than ${most} dumps: the oldest are left out of lists and searches`)
  }

  const countOf = (all: Services) => [...all.values()].reduce((sum, { entries }) => sum + entries.length, 0)
  const isWhole = () => [...services.values()].every(service => service.isWhole)

  function sortedEntries(): Listed[] {
    sorted ??= newestFirst([...services.values()].flatMap(({ entries }) => entries))
    return sorted
  }

  return {
    newest: limit =>
      inTurn(async () => {
        await refresh(Math.min(pageSize, Math.max(limit + 1, 100)))
        // Below the last key of a service that was not read whole, other services may have keys that are not its next.
        const ends = [...services.values()]
          .filter(({ isWhole }) => !isWhole)
          .map(({ entries }) => entries.at(-1)?.at ?? 0)
        const reach = Math.max(...ends, 0)
        const newest: Listed[] = []
        for (const entry of sortedEntries()) {
          if (newest.length === limit || entry.at < reach) break
          newest.push(entry)
        }
        return newest
      }),
    all: () =>
      inTurn(async () => {
        await refresh(pageSize)
        await Promise.all([...services.values()].map(service => readRest(service, services)))
        return sortedEntries()
      }),
    from: at =>
      inTurn(async () => {
        const names = await store.folders(servicesPrefix(prefix))
        const pages = names
          .map(name => serviceOf(name).folder)
          .map(folder => list(folder, `${folder}${invertedTime(at)}`, 100))
        return newestFirst((await Promise.all(pages)).flatMap(({ entries }) => entries))
      }),
    known: () => ({ count: countOf(services), isWhole: isWhole() }),
    save: () =>
      Object.fromEntries(
        [...services].map(([name, { entries, isWhole }]) => [name, { keys: entries.map(({ key }) => key), isWhole }]),
      ),
  }
}
