import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { DumpEntry } from '@autodump/core'
import type { SavedCatalogue } from './catalogue.js'

/** What is known of a bucket: keys, and texts of complete dumps by their keys. */
export interface Cached {
  catalogue: SavedCatalogue
  texts: [key: string, entry: DumpEntry][]
}

export interface FleetCache {
  /** What the server before has left. */
  readonly cached: Cached
  /** Called when there is something to write. */
  keep(current: () => Cached): void
  /** Writes what is not written yet. */
  close(): Promise<void>
}

export interface CacheParts {
  dir: string
  /** Of the bucket: each has a file of its own. */
  place: string
  /** Gets a sentence if the cache cannot be read or written; the server goes on without it. */
  onProblem(text: string): void
}

/** Part of the file's name: another version reads no file of this one. */
const version = 1
/** Milliseconds between two writes. */
const writeEvery = 60_000
/** Bytes of the unpacked file: the most keys and texts that are kept have a third of it. */
const maxBytes = 256 * 1024 ** 2

/**
 * A file that spares the next server of the same bucket reading all keys again. It may be thrown away at any time: the
 * bucket has everything.
 */
export async function openCache({ dir, place, onProblem }: CacheParts): Promise<FleetCache> {
  const hash = createHash('sha256').update(place).digest('hex').slice(0, 12)
  const file = join(dir, `fleet-${version}-${hash}.json.gz`)
  const cached = await read(file)
  let pending: (() => Cached) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    const current = pending
    pending = undefined
    timer = undefined
    if (!current) return
    const temporary = `${file}.${process.pid}`
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const packed = await promisify(gzip)(JSON.stringify(current()), { level: 1 })
      await writeFile(temporary, packed, { mode: 0o600 })
      await rename(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {})
      onProblem(`the cache in ${dir} cannot be written: ${(error as Error).message}`)
    }
  }

  return {
    cached,
    keep(current) {
      pending = current
      timer ??= setTimeout(() => {
        writing = write()
      }, writeEvery).unref()
    },
    async close() {
      clearTimeout(timer)
      await writing
      await write()
    },
  }
}

const nothing: Cached = { catalogue: {}, texts: [] }

/** A file that is missing, cut off or of somebody else counts as none. */
async function read(file: string): Promise<Cached> {
  try {
    const text = await promisify(gunzip)(await readFile(file), { maxOutputLength: maxBytes })
    const found = JSON.parse(text.toString()) as Partial<Cached> | null
    const isOurs = isCatalogue(found?.catalogue) && Array.isArray(found?.texts) && found.texts.every(isText)
    return isOurs ? (found as Cached) : nothing
  } catch {
    return nothing
  }
}

const isCatalogue = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    one => typeof one?.isWhole === 'boolean' && Array.isArray(one.keys) && one.keys.every(isString),
  )

const isString = (value: unknown) => typeof value === 'string'

const isText = (value: unknown): boolean => Array.isArray(value) && isString(value[0]) && isString(value[1]?.headline)
