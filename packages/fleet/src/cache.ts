import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { DumpEntry } from '@autodump/core'
import { makeFolder } from '@autodump/core/object-store'
import type { SavedCatalogue } from './catalogue.js'

/** The known part of a bucket: keys, and texts of complete dumps by their keys. */
export interface Cached {
  catalogue: SavedCatalogue
  texts: [key: string, entry: DumpEntry][]
}

export interface FleetCache {
  /** The file of the server before. */
  readonly cached: Cached
  /** Called when there may be something to write. `stamp` is the same where nothing has changed. */
  keep(stamp: string, current: () => Cached): void
  /** Writes the lines that are not written yet. */
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

/**
 * A file that spares the next server of the same bucket reading all keys again. It may be thrown away at any time: the
 * bucket has everything.
 */
export async function openCache({ dir, place, onProblem }: CacheParts): Promise<FleetCache> {
  const hash = createHash('sha256').update(place).digest('hex').slice(0, 12)
  const file = join(dir, `fleet-${version}-${hash}.ndjson.gz`)
  const cached = await read(file)
  let pending: (() => Cached) | undefined
  let written = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    const current = pending
    pending = undefined
    timer = undefined
    if (!current) return
    const temporary = `${file}.${process.pid}`
    try {
      await makeFolder(dir, 0o700)
      const target = createWriteStream(temporary, { mode: 0o600 })
      await pipeline(Readable.from(linesOf(current())), createGzip({ level: 1 }), target)
      await rename(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {})
      onProblem(`the cache in ${dir} cannot be written: ${(error as Error).message}`)
    }
  }

  return {
    cached,
    keep(stamp, current) {
      if (stamp === written) return
      written = stamp
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

/** A line of the file: a service, after which its keys come; a key; a text. */
type Line = { service: string; isWhole: boolean } | { keys: string[] } | { key: string; text: DumpEntry }

/** Keys in one line, so that neither side has the whole file in memory as one text. */
const keysAtOnce = 1000

function* linesOf({ catalogue, texts }: Cached): Generator<string> {
  const line = (value: Line) => `${JSON.stringify(value)}\n`
  for (const [service, { keys, isWhole }] of Object.entries(catalogue)) {
    yield line({ service, isWhole })
    for (let at = 0; at < keys.length; at += keysAtOnce) yield line({ keys: keys.slice(at, at + keysAtOnce) })
  }
  for (const [key, text] of texts) yield line({ key, text })
}

/** A file that is missing, cut off or of somebody else counts as none. */
async function read(file: string): Promise<Cached> {
  const cached: Cached = { catalogue: {}, texts: [] }
  const add = adderTo(cached)
  try {
    await pipeline(createReadStream(file), createGunzip(), async (pieces: AsyncIterable<Buffer>) => {
      const decoder = new TextDecoder()
      let rest = ''
      for await (const piece of pieces) {
        const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
        rest = lines.pop() as string
        for (const line of lines) add(JSON.parse(line))
      }
    })
    return cached
  } catch {
    return { catalogue: {}, texts: [] }
  }
}

/** Adds lines of any kind. */
function adderTo({ catalogue, texts }: Cached): (line: Partial<Record<string, unknown>> | null) => void {
  let last: SavedCatalogue[string] | undefined
  return line => {
    const { service, isWhole, keys, key, text } = line ?? {}
    if (typeof service === 'string') {
      last = { keys: [], isWhole: isWhole === true }
      catalogue[service] = last
    } else if (Array.isArray(keys)) {
      for (const one of keys) if (typeof one === 'string') last?.keys.push(one)
    } else if (typeof key === 'string' && typeof (text as DumpEntry | undefined)?.headline === 'string') {
      texts.push([key, text as DumpEntry])
    }
  }
}
