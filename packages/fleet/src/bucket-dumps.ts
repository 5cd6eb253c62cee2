import { Buffer } from 'node:buffer'
import type { DumpPage, Facets, ListQuery, Manifest, MonitorApi } from '@autodump/core'
import { checkManifest, facetsOf, isFileName, matcherOf, pprofOf, reportOf } from '@autodump/core/control'
import { dumpFolder, type OpenBucket } from '@autodump/core/object-store'
import { createTurns } from './at-once.js'
import type { Catalogue } from './catalogue.js'
import { fleetId, parseFleetId } from './fleet-id.js'
import type { IndexTexts } from './index-texts.js'
import type { Listed } from './listed.js'
import { orMissing, RefusedQuery } from './refusals.js'

/** Bytes: we do not write a larger manifest, and do not read it into memory. */
const maxManifestBytes = 8 * 1024 ** 2
/** Bytes: one body at a time may have more. Most have less, and some large ones at once are all the memory that there is. */
const usualBytes = 512 * 1024

export interface BucketDumps extends Pick<MonitorApi, 'list' | 'manifest' | 'artifact' | 'pprof' | 'explain'> {
  manifestOf(listed: Listed): Promise<Manifest | undefined>
  /** The key of a stored artifact, and the name that it has for people. */
  keyOf(id: string, file: string): Promise<{ key: string; name: string } | undefined>
}

/** The answers of a process about its dumps, given from a bucket. */
export function createBucketDumps(
  { store, prefix }: OpenBucket,
  catalogue: Catalogue,
  textsOf: IndexTexts,
): BucketDumps {
  const turns = createTurns()

  async function list(query: ListQuery): Promise<DumpPage> {
    const { limit = 50, cursor, pinned } = query
    if (pinned === true) return { dumps: [], total: 0 }
    if (!isFiltered(query) && cursor === undefined) {
      const newest = await catalogue.newest(limit)
      const { count, isWhole } = catalogue.known()
      return page(newest, limit, count, !isWhole || count > newest.length)
    }
    const after = cursor === undefined ? undefined : decodeCursor(cursor)
    const all = await catalogue.all()
    const matching = all.filter(matcherFor(query))
    const rest = after === undefined ? matching : matching.filter(one => isAfter(one, after))
    const found = await page(rest.slice(0, limit), limit, matching.length, rest.length > limit)
    return query.facets ? { ...found, facets: facetsOf(all, query, matcherFor, facetOf) } : found
  }

  async function page(listed: Listed[], limit: number, total: number, hasMore: boolean): Promise<DumpPage> {
    const last = listed.at(-1)
    const next = hasMore && last && listed.length === limit ? { next: encodeCursor(last) } : {}
    return { dumps: await textsOf(listed), total, ...next }
  }

  /** @throws RefusedQuery if several processes have a dump with that id */
  async function find(text: string): Promise<Listed | undefined> {
    const wanted = parseFleetId(text)
    if (!wanted) return undefined
    // The moment in a key is that of the manifest, which was made right after the id.
    const near = await catalogue.from(wanted.at + 60_000)
    const found = near.filter(one => one.id === wanted.id && (!wanted.process || fleetId(one) === text))
    if (found.length > 1)
      throw new RefusedQuery('id', `several processes have a dump ${text}: ${found.map(fleetId).join(', ')}`)
    return found[0]
  }

  async function manifest(id: string): Promise<Manifest | undefined> {
    const listed = await find(id)
    return listed && manifestOf(listed)
  }

  async function manifestOf(listed: Listed): Promise<Manifest | undefined> {
    const key = `${dumpFolder(prefix, listed)}manifest.json`
    const found: unknown = await orMissing(() => readWhole(key, JSON.parse))
    if (found === undefined) return undefined
    // The first manifest of a dump that is not complete.
    if ((found as { state?: unknown }).state === 'capturing') (found as { state: string }).state = 'partial'
    checkManifest(found, listed.id)
    return { ...found, id: fleetId(listed) }
  }

  async function readWhole<T>(key: string, parse: (content: string) => T): Promise<T> {
    const pieces: Buffer[] = []
    let bytes = 0
    let endTurn: (() => void) | undefined
    try {
      for await (const piece of await store.get(key)) {
        bytes += piece.length
        if (bytes > maxManifestBytes)
          throw new Error(`${key} has more than ${maxManifestBytes} bytes: it is no manifest`)
        if (bytes > usualBytes) endTurn ??= await turns()
        pieces.push(piece)
      }
      return parse(Buffer.concat(pieces).toString())
    } finally {
      endTurn?.()
    }
  }

  async function stored(id: string, file: string) {
    if (!isFileName(file)) return undefined
    const listed = await find(id)
    const entry =
      listed && (await manifestOf(listed))?.artifacts.find(one => one.file === file && one.state === 'complete')
    if (!entry) return undefined
    const name = entry.encoding === 'gzip' ? `${file}.gz` : file
    return { entry, name: `${fleetId(listed)}-${name}`, key: `${dumpFolder(prefix, listed)}${name}` }
  }

  async function artifact(id: string, file: string) {
    const found = await stored(id, file)
    if (!found) return undefined
    const { entry, key } = found
    const open = async () => {
      const stream = await orMissing(() => store.get(key))
      if (stream) return stream
      throw Object.assign(new Error(`${key} is gone`), { code: 'ENOENT' })
    }
    return { entry, open }
  }

  return {
    list,
    manifest,
    manifestOf,
    artifact,
    keyOf: stored,
    pprof: (id, file) => pprofOf({ manifest, artifact }, id, file),
    async explain(id) {
      const listed = await find(id)
      const found = listed && (await manifestOf(listed))
      // The file has source lines, which the manifest has not. Dumps of older versions have none.
      return (
        found &&
        ((await orMissing(() => readWhole(`${dumpFolder(prefix, listed)}report.md`, text => text))) ?? reportOf(found))
      )
    },
  }
}

/** The cause of a dump that no metric triggered stands in its key in place of the metric. */
const facetOf = ({ metric, rule, service, version, instance }: Listed, name: keyof Facets): string =>
  ({ service, version, origin: instance, rule, metric: metric === 'process' || metric === rule ? '' : metric })[name]

const isFiltered = ({ limit, cursor, pinned, q, ...query }: ListQuery) =>
  Object.values(query).some(value => value !== undefined) || Boolean(q?.trim())

/** A search goes by the keys: id, time, service, version, instance, metric, rule and fingerprint. */
const matcherFor = (query: ListQuery) => matcherOf<Listed>(query, listed => listed, textOf)

const textOf = (one: Listed): string =>
  [fleetId(one), one.service, one.version, one.instance, one.metric, one.rule, one.fingerprint].join('\n').toLowerCase()

const encodeCursor = ({ at, key }: Listed) => Buffer.from(JSON.stringify([at, key])).toString('base64url')

function decodeCursor(cursor: string): { at: number; key: string } {
  try {
    const [at, key] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Number.isFinite(at) && typeof key === 'string') return { at, key }
  } catch {} // Refused below, as is JSON that is something else.
  throw new RefusedQuery('cursor', 'must be the cursor of an earlier page')
}

const isAfter = (one: Listed, { at, key }: { at: number; key: string }) =>
  one.at < at || (one.at === at && one.key > key)
