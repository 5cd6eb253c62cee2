import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip, gzip } from 'node:zlib'
import { AutodumpError } from '../lib/errors.js'
import { rm } from '../lib/fs.js'
import { createFile } from '../lib/trusted.js'
import type { Evidence } from '../model/evidence.js'
import type { ArtifactEntry } from '../model/manifest.js'

/** Smaller files stay as they are, so that people can open them straight from the disk. */
export const compressFrom = 1024 ** 2

/** Level 1 does most of the shrinking at a fraction of the CPU time, which the app pays for. */
const level = 1

/** Compression has to save at least a tenth of the first MiB. */
const worthwhile = 0.9

const pieceSize = 256 * 1024

/** The interval of checks of free disk while writing. */
const checkEvery = 16 * 1024 ** 2

export interface WriteOptions {
  signal: AbortSignal
  /** Whether the disk has room for more; asked every 16 MiB. */
  hasRoom(): Promise<boolean>
}

export type Written = Pick<ArtifactEntry, 'bytes' | 'sha256' | 'encoding' | 'storedBytes'>

/**
 * Writes content to `path`, or compressed to `path.gz` if that pays, in constant memory. The size of a stream is not
 * known beforehand, so up to 1 MiB is held back until it is clear. Leaves nothing behind when it rejects.
 */
export async function writeContent(
  path: string,
  content: Evidence['content'],
  { signal, hasRoom }: WriteOptions,
): Promise<Written> {
  const hash = createHash('sha256')
  const source = piecesOf(content)
  let bytes = 0

  async function next(): Promise<Uint8Array | undefined> {
    const { done, value } = await abortable(Promise.resolve(source.next()), signal)
    if (done) return undefined
    hash.update(value)
    bytes += value.length
    return value
  }

  const head: Uint8Array[] = []
  try {
    let small = false
    while (bytes < compressFrom && !small) {
      const piece = await next()
      if (piece) head.push(piece)
      else small = true
    }
    const encoding = !small && (await pays(head)) ? 'gzip' : undefined

    async function* all() {
      yield* head.splice(0)
      let checked = bytes
      for (let piece = await next(); piece; piece = await next()) {
        yield piece
        if (bytes - checked < checkEvery) continue
        checked = bytes
        if (!(await hasRoom())) throw new AutodumpError('NO_ROOM', 'the disk is about to be full')
      }
    }

    const storedBytes = await writeFile(encoding ? `${path}.gz` : path, all(), encoding, signal)
    return { bytes, sha256: hash.digest('hex'), storedBytes, ...(encoding ? { encoding } : {}) }
  } finally {
    // Tells the source to stop. It may be stuck, so the code does not wait for its answer.
    Promise.resolve(source.return?.()).catch(() => {})
  }
}

async function writeFile(
  path: string,
  content: AsyncIterable<Uint8Array>,
  encoding: 'gzip' | undefined,
  signal: AbortSignal,
) {
  const handle = await createFile(path)
  try {
    let written = 0
    const file = async (pieces: AsyncIterable<Uint8Array>) => {
      for await (const piece of pieces) {
        await handle.writeFile(piece)
        written += piece.length
      }
    }
    if (encoding) await pipeline(content, createGzip({ level, chunkSize: pieceSize }), file, { signal })
    else await pipeline(content, file, { signal })
    await handle.sync()
    return written
  } catch (error) {
    await rm(path, { force: true }).catch(() => {})
    throw signal.aborted ? signal.reason : error
  } finally {
    await handle.close()
  }
}

async function pays(head: Uint8Array[]): Promise<boolean> {
  const content = Buffer.concat(head)
  const { length } = await promisify(gzip)(content, { level })
  return length <= content.length * worthwhile
}

type Pieces = Iterator<Uint8Array, void> | AsyncIterator<Uint8Array, void>

function piecesOf(content: Evidence['content']): Pieces {
  if (typeof content === 'string') return encode(content)
  if (Symbol.asyncIterator in content) return content[Symbol.asyncIterator]()
  return cut(content)
}

function* cut(content: Uint8Array): Generator<Uint8Array, void> {
  for (let start = 0; start < content.length; start += pieceSize) yield content.subarray(start, start + pieceSize)
}

function* encode(text: string): Generator<Uint8Array, void> {
  for (let start = 0; start < text.length; ) {
    let end = start + pieceSize
    // Not between the two halves of a surrogate pair.
    if ((text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end += 1
    yield Buffer.from(text.slice(start, end))
    start = end
  }
}

/** Rejects as soon as the signal aborts, even if the promise hangs. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
