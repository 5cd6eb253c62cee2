import { text } from 'node:stream/consumers'
import type { ComparedShares, SharesQuery } from '@autodump/core'
import { compareShares, type SharesDigest } from '@autodump/core/analysis'
import { nameOf, type OpenBucket, segmentOf, sharesPrefix } from '@autodump/core/object-store'
import { readEach } from './at-once.js'

/** Bytes: ours have at most 20,000. */
const maxBytes = 64 * 1024
/** Of a bucket: each is some requests to the store. */
const maxServices = 100
/** Digests of a version that are read, the newest first. */
const maxDigests = 200

interface SeenVersion {
  segment: string
  keys: string[]
  /** The names of its first and last digest: they begin with the hour. */
  first: string
  last: string
}

/** Compares the shares in a bucket: it tells the extra cost of a version beside the one before, or nothing. */
export async function readShares(
  bucket: OpenBucket,
  query: SharesQuery = {},
  signal?: AbortSignal,
): Promise<ComparedShares[]> {
  const root = sharesPrefix(bucket.prefix)
  const segments = query.service
    ? [segmentOf(query.service)]
    : (await bucket.store.folders(root, signal)).slice(0, maxServices)
  const compared: ComparedShares[] = []
  for (const segment of segments)
    compared.push(await compareService(bucket, `${root}${segment}/`, nameOf(segment), query, signal))
  return compared
}

async function compareService(
  { store }: OpenBucket,
  folder: string,
  service: string,
  { version, than, origin }: SharesQuery,
  signal?: AbortSignal,
): Promise<ComparedShares> {
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
  const about = {
    service,
    version: now ? shown(now) : (version ?? ''),
    than: null,
    instances: [],
    odd: [],
    changes: [],
  }
  if (!now) return { ...about, silence: 'there are no shares of this version' }
  const digests = await digestsOf(now)
  const instances = [...new Set(digests.map(({ instance }) => instance))].sort()
  const known = { ...about, instances, odd: oddOnes(digests, instances) }
  if (origin !== undefined) {
    if (!instances.includes(origin)) return { ...known, silence: `there are no shares of ${origin}` }
    return { ...known, than: 'the other instances', ...withSiblings(digests, origin) }
  }
  // The one before is the newest of those that had begun to serve before it did.
  const old = than === undefined ? versions.find(one => one !== now && one.first <= now.first) : find(than)
  if (!old || old === now) return { ...known, silence: 'there is no other version to compare it with' }
  const name = shown(old)
  return { ...known, than: name, ...compareShares(await digestsOf(old), digests, `it did in ${name}`) }

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

/** Instances that are compared with all others. */
const mostCompared = 50

/** One pod that costs more than its siblings: the first sentence of each. */
const oddOnes = (digests: SharesDigest[], instances: string[]): ComparedShares['odd'] =>
  instances.slice(0, mostCompared).flatMap(instance => {
    const more = withSiblings(digests, instance).changes.find(({ before, after }) => after > before)
    return more ? [{ instance, text: more.text }] : []
  })

function withSiblings(digests: SharesDigest[], origin: string) {
  const others = digests.filter(({ instance }) => instance !== origin)
  const own = digests.filter(({ instance }) => instance === origin)
  return compareShares(others, own, 'it does in the other instances')
}

const shown = ({ segment }: SeenVersion) => (nameOf(segment) === '-' ? 'no version' : nameOf(segment))

/** `value` may be anything. */
function checked(value: unknown): SharesDigest | null {
  const digest = value as SharesDigest
  if (digest?.format !== 1 || !Array.isArray(digest.functions)) return null
  if (typeof digest.instance !== 'string') return null
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
