import { text } from 'node:stream/consumers'
import { compareShares, type SharesComparison, type SharesDigest } from '@autodump/core/analysis'
import { nameOf, type OpenBucket, segmentOf, sharesPrefix } from '@autodump/core/object-store'
import { readEach } from './at-once.js'

/** Bytes: ours have at most 20,000. */
const maxBytes = 64 * 1024
/** Digests of a version that are read, the newest first. */
const maxDigests = 200

export interface SharesQuery {
  /** @default every service */
  service?: string
  /** The version to look at. @default the one that was seen last */
  version?: string
  /** What it is compared with. @default the one that was seen before it */
  than?: string
  /** Compares this instance of the version with its siblings, instead of versions. */
  instance?: string
  signal?: AbortSignal
}

/** What the functions of a service cost, compared with another version or with the other instances. */
export interface ComparedService extends SharesComparison {
  service: string
  version: string
  /** The version, or `the other instances`; `null` where there is none. */
  than: string | null
}

interface SeenVersion {
  segment: string
  keys: string[]
  /** The names of its first and last digest: they begin with the hour. */
  first: string
  last: string
}

/** Compares the shares in a bucket: it says what a version costs more than the one before, or nothing. */
export async function readShares(bucket: OpenBucket, query: SharesQuery = {}): Promise<ComparedService[]> {
  const root = sharesPrefix(bucket.prefix)
  const segments = query.service ? [segmentOf(query.service)] : await bucket.store.folders(root, query.signal)
  const compared: ComparedService[] = []
  for (const segment of segments)
    compared.push(await compareService(bucket, `${root}${segment}/`, nameOf(segment), query))
  return compared
}

async function compareService(
  { store }: OpenBucket,
  folder: string,
  service: string,
  { version, than, instance, signal }: SharesQuery,
): Promise<ComparedService> {
  const versions: SeenVersion[] = []
  for (const segment of await store.folders(folder, signal)) {
    const below = `${folder}${segment}/`
    const keys = await keysBelow(below)
    const [first, last] = [keys[0], keys.at(-1)].map(key => key?.slice(below.length))
    if (first && last) versions.push({ segment, keys, first, last })
  }
  versions.sort((a, b) => (a.last < b.last ? 1 : -1))
  const find = (name: string | undefined) => versions.find(({ segment }) => segment === segmentOf(name || '-'))
  const now = version === undefined ? versions[0] : find(version)
  const about = { service, version: now ? shown(now) : (version ?? ''), than: null, changes: [] }
  if (!now) return { ...about, silence: 'there are no shares of this version' }
  const digests = await digestsOf(now)
  if (instance !== undefined) {
    const others = digests.filter(one => one.instance !== instance)
    const own = digests.filter(one => one.instance === instance)
    if (own.length === 0) return { ...about, silence: `there are no shares of ${instance}` }
    return { ...about, than: 'the other instances', ...compareShares(others, own, 'it does in the other instances') }
  }
  // The one before is the newest of those that had begun to serve before it did.
  const old = than === undefined ? versions.find(one => one !== now && one.first <= now.first) : find(than)
  if (!old || old === now) return { ...about, silence: 'there is no other version to compare it with' }
  const name = shown(old)
  return { ...about, than: name, ...compareShares(await digestsOf(old), digests, `it did in ${name}`) }

  async function keysBelow(prefix: string): Promise<string[]> {
    const keys: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await store.list({ prefix, ...(after && { after }), ...(signal && { signal }) })
      keys.push(...page.objects.map(({ key }) => key).filter(key => key.endsWith('.json')))
      // Of all objects: a page may have none of ours.
      after = page.objects.at(-1)?.key
      if (!page.isTruncated || after === undefined) return keys
    }
  }

  async function digestsOf({ keys }: SeenVersion): Promise<SharesDigest[]> {
    const found = await readEach(keys.slice(-maxDigests), read)
    return found.filter(one => one !== null)
  }

  async function read(key: string): Promise<SharesDigest | null> {
    try {
      return checked(JSON.parse(await text(await store.get(key, { range: [0, maxBytes - 1] }))))
    } catch {
      return null // Somebody else has put it there, or it has just gone.
    }
  }
}

const shown = ({ segment }: SeenVersion) => (nameOf(segment) === '-' ? 'no version' : nameOf(segment))

/** `value` is whatever somebody has put there. */
function checked(value: unknown): SharesDigest | null {
  const digest = value as SharesDigest
  if (digest?.format !== 1 || !Array.isArray(digest.functions)) return null
  const numbers = [digest.requests, digest.busyMs, digest.sampleMs]
  if (!numbers.every(number => Number.isFinite(number) && number >= 0)) return null
  if (![digest.from, digest.to].every(at => Number.isFinite(Date.parse(at)))) return null
  const isRow = (row: unknown) =>
    Array.isArray(row) &&
    typeof row[0] === 'string' &&
    typeof row[1] === 'string' &&
    row.slice(2).every(Number.isFinite)
  return digest.functions.every(isRow) ? digest : null
}
