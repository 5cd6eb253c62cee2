import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isMissing } from '../../lib/files.js'
import { lstat, readdir, rename, rm } from '../../lib/fs.js'
import { isOwn } from '../../lib/owner.js'
import { identityOf, lifeOf, type ProcessIdentity } from '../../lib/process-identity.js'
import { readTrusted, writeWhole } from '../../lib/trusted.js'
import type { Codec } from './codec.js'
import type { Kept } from './delivery.js'
import { createQueueClock, type QueueClock } from './queue-clock.js'

/** Several monitors, even of one process, may share a directory, so each has its own file. */
interface Owner {
  process: ProcessIdentity | null
  monitorId: number
}

interface Content {
  /** `null` if its owner has stopped and left the file to the next one. */
  owner: Owner | null
}

const minute = 60_000

/**
 * Abandoned after this time if the owner cannot be checked: it writes the file at each attempt, at most 5 minutes
 * apart.
 */
const abandonedAfter = 15 * minute

const maxFileBytes = 4 * 1024 ** 2

/** The queue that an owner has left. */
export interface Left<Item, Beside> extends Kept<Item, Beside> {
  /** The queue of this same owner: of the previous monitor thread. */
  own: boolean
}

export interface QueueFile<Item, Beside> {
  /** Resolves when the queue is on disk; an empty queue removes the file. */
  write(kept: Kept<Item, Beside>): Promise<void>
  /** Writes the queue for the next owner, since this owner stops. */
  leave(kept: Kept<Item, Beside>): Promise<void>
  /**
   * Takes over the queues of owners that are gone.
   *
   * @param isKnown whether that target is one of ours: items for other targets stay. @default all are
   */
  adopt(isKnown?: (target: string) => boolean): Promise<Left<Item, Beside>[]>
}

/**
 * A small hidden file beside the dumps (0600) that keeps a queue over restarts. A process claims an abandoned file by
 * renaming it, which only one process can. If it dies between that and its own first write, the claimed file is free
 * again a minute later. So an item may come twice in such a moment, and none is lost.
 */
export function openQueueFile<Item, Beside>(parts: {
  codec: Codec<Item, Beside>
  dir: string
  monitorId: number
  onError(what: string, error: unknown): void
  self?: ProcessIdentity
  /** @default a clock of its own */
  clock?: QueueClock
}): QueueFile<Item, Beside> {
  const { codec, dir, monitorId, onError, clock = createQueueClock() } = parts
  const owner: Owner = { process: parts.self ?? identityOf() ?? null, monitorId }
  const names = new RegExp(`^\\.${codec.name}-[0-9a-f]{16}\\.(json|claimed|tmp)$`)
  const unique = () => join(dir, `.${codec.name}-${randomBytes(8).toString('hex')}`)
  const file = unique()
  let claims: string[] = []
  let exists = false

  async function put(path: string, kept: Kept<Item, Beside>, of: Owner | null): Promise<void> {
    await rm(`${path}.tmp`, { force: true })
    await writeWhole(`${path}.tmp`, JSON.stringify({ version: 1, owner: of, ...clock.toDisk(codec, kept) }))
    await rename(`${path}.tmp`, `${path}.json`)
  }

  async function store(kept: Kept<Item, Beside>, of: Owner | null): Promise<void> {
    if (kept.deliveries.length === 0 && codec.isEmpty(kept.beside)) {
      if (exists) await rm(`${file}.json`, { force: true })
      exists = false
    } else {
      await put(file, kept, of)
      exists = true
    }
    for (const claim of claims) await rm(claim, { force: true })
    claims = []
  }

  /** Whether a file is free to take; removes a file that nobody will take. */
  async function isAbandoned(path: string): Promise<boolean> {
    const stats = await lstat(path)
    // Another user's file: nobody asked us to send it, and it is not ours to remove.
    if (!isOwn(stats)) return false
    const { mtimeMs, ctimeMs } = stats
    // File times are wall-clock times: a time in the future is from before the clock was set back.
    const since = (time: number) => Math.abs(Date.now() - time)
    if (path.endsWith('.claimed')) return since(ctimeMs) > minute
    if (path.endsWith('.tmp')) {
      if (since(mtimeMs) > abandonedAfter) await rm(path, { force: true })
      return false
    }
    const found = (await read(path)).owner
    if (found === null || isSame(found, owner)) return true
    const life = found.process ? lifeOf(found.process) : 'unknown'
    return life === 'dead' || (life === 'unknown' && since(mtimeMs) > abandonedAfter)
  }

  /** The files are ours and whole, but another version may have written them, or somebody has edited one. */
  async function read(path: string): Promise<Content> {
    const content: unknown = JSON.parse(await readTrusted(path, maxFileBytes))
    if (!codec.isValid(content)) throw new Error('it has another form')
    return content as Content
  }

  /** Leaves items for other targets in a file for their owners. */
  async function share(left: Left<Item, Beside>, isKnown: (target: string) => boolean): Promise<Left<Item, Beside>> {
    const others = left.deliveries.filter(({ target }) => !isKnown(target))
    if (others.length === 0) return left
    await put(unique(), { ...left, deliveries: others }, null)
    return { ...left, deliveries: left.deliveries.filter(({ target }) => isKnown(target)) }
  }

  async function take(path: string, isKnown: (target: string) => boolean): Promise<Left<Item, Beside>[]> {
    if (!(await isAbandoned(path))) return []
    const { deliveries } = codec.fromDisk(await read(path))
    if (deliveries.length > 0 && !deliveries.some(({ target }) => isKnown(target))) return []
    const claim = `${unique()}.claimed`
    await rename(path, claim)
    claims.push(claim)
    const content = await read(claim)
    const own = content.owner !== null && isSame(content.owner, owner)
    return [await share({ ...clock.fromDisk(codec, content), own }, isKnown)]
  }

  return {
    write: kept => store(kept, owner),
    leave: kept => store(kept, null),
    async adopt(isKnown = () => true) {
      const adopted: Left<Item, Beside>[] = []
      for (const name of await readdir(dir)) {
        if (!names.test(name)) continue
        const path = join(dir, name)
        try {
          adopted.push(...(await take(path, isKnown)))
        } catch (error) {
          if (isMissing(error)) continue // Another one was quicker.
          onError(`read a queue of ${codec.what}`, error)
          await rm(path, { force: true }).catch(() => {})
        }
      }
      return adopted
    },
  }
}

const isSame = (a: Owner, b: Owner): boolean =>
  a.monitorId === b.monitorId &&
  a.process?.pid === b.process?.pid &&
  a.process?.startTicks === b.process?.startTicks &&
  a.process?.bootId === b.process?.bootId &&
  a.process?.host === b.process?.host &&
  a.process?.pidNamespace === b.process?.pidNamespace
