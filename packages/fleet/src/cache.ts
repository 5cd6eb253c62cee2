import { createHash } from 'node:crypto'
import type { DumpEntry } from '@autodump/core'
import type { SavedCatalogue } from './catalogue.js'
import { type Line, type LinesFile, openLinesFile } from './lines-file.js'

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
  /** The samples of dumps, in a file that is read when they are first replayed. */
  readonly samples: Pick<LinesFile, 'read' | 'keep'>
  /** Writes the lines that are not written yet. */
  close(): Promise<void>
}

export interface CacheParts {
  dir: string
  /** Of the bucket: each has files of its own. */
  place: string
  /** Gets a sentence if the cache cannot be read or written; the server goes on without it. */
  onProblem(text: string): void
}

/** Part of the files' names: another version reads no file of this one. */
const version = 1

/**
 * Files that spare the next server of the same bucket reading all keys again. They may be thrown away at any time: the
 * bucket has everything.
 */
export async function openCache({ dir, place, onProblem }: CacheParts): Promise<FleetCache> {
  const hash = createHash('sha256').update(place).digest('hex').slice(0, 12)
  const open = (what: string) => openLinesFile({ dir, name: `${what}-${version}-${hash}.ndjson.gz`, onProblem })
  const [file, samples] = [open('fleet'), open('fleet-samples')]
  return {
    cached: await read(file),
    keep: (stamp, current) => file.keep(stamp, () => linesOf(current())),
    samples,
    async close() {
      await file.close()
      await samples.close()
    },
  }
}

/** A line of the file: a service, after which its keys come; a key; a text. */
type CacheLine = { service: string; isWhole: boolean } | { keys: string[] } | { key: string; text: DumpEntry }

/** Keys in one line, so that neither side has the whole file in memory as one text. */
const keysAtOnce = 1000

function* linesOf({ catalogue, texts }: Cached): Generator<CacheLine> {
  for (const [service, { keys, isWhole }] of Object.entries(catalogue)) {
    yield { service, isWhole }
    for (let at = 0; at < keys.length; at += keysAtOnce) yield { keys: keys.slice(at, at + keysAtOnce) }
  }
  for (const [key, text] of texts) yield { key, text }
}

async function read(file: LinesFile): Promise<Cached> {
  const cached: Cached = { catalogue: {}, texts: [] }
  return (await file.read(adderTo(cached))) ? cached : { catalogue: {}, texts: [] }
}

/** Adds lines of any kind. */
function adderTo({ catalogue, texts }: Cached): (line: Line) => void {
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
