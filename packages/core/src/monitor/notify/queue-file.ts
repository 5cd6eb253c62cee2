import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isQueueFile } from '../../generated/file-validators.js'
import { isMissing } from '../../lib/files.js'
import { lstat, readdir, rename, rm } from '../../lib/fs.js'
import { isOwn } from '../../lib/owner.js'
import { identityOf, lifeOf, type ProcessIdentity } from '../../lib/process-identity.js'
import { readTrusted, writeWhole } from '../../lib/trusted.js'
import { validator } from '../../lib/validate.js'
import type { Kept } from './delivery.js'
import { createQueueClock, type QueueClock } from './queue-clock.js'

/** Several monitors, also of one process, may share a directory, so each has a file of its own. */
interface Owner {
  process: ProcessIdentity | null
  monitorId: number
}

interface Content extends Kept {
  version: 1
  /** `null` where its owner has stopped and left it to the next one. */
  owner: Owner | null
  /** A `Stamp`; older versions have none. */
  written?: unknown
}

const isContent = validator<Content>(isQueueFile)

const names = /^\.notify-[0-9a-f]{16}\.(json|claimed|tmp)$/

const minute = 60_000

/** Of an owner about whom nothing can be known: he writes the file at each attempt, and those are 5 minutes apart at most. */
const abandonedAfter = 15 * minute

const maxFileBytes = 4 * 1024 ** 2

export interface QueueFile {
  /** Resolves when it is on the disk; with nothing to keep, the file goes away. */
  write(kept: Kept): Promise<void>
  /** Writes it for whoever comes next, since this owner stops. */
  leave(kept: Kept): Promise<void>
  /** Takes what owners that are gone have left. What comes from another process is marked so. */
  adopt(): Promise<(Kept & { own: boolean })[]>
}

/**
 * A small hidden file with the dumps (0600) that keeps the queue over restarts. An abandoned one is claimed by renaming
 * it, which only one process can; whoever dies between that and his first own write leaves a claimed file, which is free
 * again a minute later. So a message may come twice in such a moment, and none is lost.
 */
export function openQueueFile(parts: {
  dir: string
  monitorId: number
  onError(what: string, error: unknown): void
  self?: ProcessIdentity
  /** @default a clock of its own */
  clock?: QueueClock
}): QueueFile {
  const { dir, monitorId, onError, clock = createQueueClock() } = parts
  const owner: Owner = { process: parts.self ?? identityOf() ?? null, monitorId }
  const unique = () => join(dir, `.notify-${randomBytes(8).toString('hex')}`)
  const file = unique()
  let claims: string[] = []
  let exists = false

  async function store(content: Content): Promise<void> {
    if (content.deliveries.length === 0 && Object.keys(content.episodes).length === 0) {
      if (exists) await rm(`${file}.json`, { force: true })
      exists = false
    } else {
      await rm(`${file}.tmp`, { force: true })
      await writeWhole(`${file}.tmp`, JSON.stringify(content))
      await rename(`${file}.tmp`, `${file}.json`)
      exists = true
    }
    for (const claim of claims) await rm(claim, { force: true })
    claims = []
  }

  /** Whether a file is free to take; removes what nobody will. */
  async function isAbandoned(path: string): Promise<boolean> {
    const stats = await lstat(path)
    // Another user's: nobody asked us to send that, and it is not ours to remove.
    if (!isOwn(stats)) return false
    const { mtimeMs, ctimeMs } = stats
    // File times are wall-clock times: one that is yet to come is of before the clock was set back.
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

  return {
    write: kept => store({ version: 1, owner, ...clock.toDisk(kept) }),
    leave: kept => store({ version: 1, owner: null, ...clock.toDisk(kept) }),
    async adopt() {
      const adopted: (Kept & { own: boolean })[] = []
      for (const name of await readdir(dir)) {
        if (!names.test(name)) continue
        const path = join(dir, name)
        try {
          if (!(await isAbandoned(path))) continue
          const claim = `${unique()}.claimed`
          await rename(path, claim)
          claims.push(claim)
          const content = await read(claim)
          adopted.push({ ...clock.fromDisk(content), own: content.owner !== null && isSame(content.owner, owner) })
        } catch (error) {
          if (isMissing(error)) continue // Another one was quicker.
          onError('read a queue of notifications', error)
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

const read = async (path: string): Promise<Content> => checked(JSON.parse(await readTrusted(path, maxFileBytes)))

/** The files are ours and whole, but another version may have written them, or somebody has edited one. */
function checked(content: unknown): Content {
  if (!isContent(content)) throw new Error('it has another form')
  return content
}
