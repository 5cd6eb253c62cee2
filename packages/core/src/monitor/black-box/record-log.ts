import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { monotonic } from '../../lib/clock/monotonic.js'
import { isMissing } from '../../lib/files.js'
import type { OpenFile } from '../../lib/fs.js'
import { isOwnDirectory } from '../../lib/rooms.js'
import { createAnew, isUntrusted, readTrusted } from '../../lib/trusted.js'

/** A segment is full at this many bytes or after this time, in milliseconds: two of them hold the last minutes. */
const segmentBytes = 512 * 1024

const segmentAge = 300_000

/** A larger file is not ours, and is not read. */
const maxSegmentBytes = 4 * segmentBytes

/** Bytes that may wait for a slow disk; the monitor thread itself never waits. */
const maxWaiting = 128 * 1024

const segmentFiles = ['box.0', 'box.1'] as const

/** One record as a line: a checksum and JSON. The checksum reveals a line cut short by the death of its writer. */
export function encodeLine(json: string): string {
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
}

/** The records of the whole lines, in order; never throws. */
export function decodeLines(text: string): unknown[] {
  return text.split('\n').flatMap(line => {
    const json = line.slice(9)
    if (line[8] !== ' ' || Number.parseInt(line.slice(0, 8), 16) !== crc32(json)) return []
    try {
      return [JSON.parse(json)]
    } catch {
      return []
    }
  })
}

export interface RecordLog {
  /** Writes each JSON text as a record. Resolves when the operating system has them; never rejects. */
  append(records: string[]): Promise<void>
  close(): Promise<void>
}

export interface RecordLogParts {
  /** Called before a segment begins: makes sure that the directory exists, and returns its path. */
  prepare(): Promise<string>
  /** The records with which each segment begins, so that the older one can be overwritten. */
  whole(): string[]
  onError(error: unknown): void
  /** Milliseconds. @default monotonic */
  now?: () => number
}

/**
 * The records of a run in two files of bounded size that are written in turn. Records of a completed `write` survive
 * the death of the process, since the operating system has them; only a crash of the machine can lose the last half
 * minute.
 */
export function createRecordLog({ prepare, whole, onError, now = monotonic }: RecordLogParts): RecordLog {
  let directory: string | undefined
  let file: OpenFile | undefined
  let segment: number | undefined
  let bytes = 0
  let begunAt = 0
  let waiting = 0
  let queue = Promise.resolve()

  async function write(text: string): Promise<void> {
    await file?.writeFile(text)
    bytes += Buffer.byteLength(text)
  }

  async function begin(): Promise<void> {
    await close()
    directory = await prepare()
    // A restarted monitor thread continues after the previous one.
    segment = segment === undefined ? (await lastSegment(directory)) + 1 : segment + 1
    file = await createAnew(join(directory, segmentFiles[segment % 2] as string))
    bytes = 0
    begunAt = now()
    await write([JSON.stringify({ segment }), ...whole()].map(encodeLine).join(''))
  }

  async function close(): Promise<void> {
    const old = file
    file = undefined
    await old?.close()
  }

  /** Writes to a removed file never fail, so the log checks the file through its directory. */
  const isThere = () => directory !== undefined && isOwnDirectory(directory)

  async function appendNow(text: string): Promise<void> {
    try {
      const age = Math.abs(now() - begunAt)
      if (!file || bytes > segmentBytes || age > segmentAge || !isThere()) await begin()
      await write(text)
    } catch (error) {
      await close().catch(() => {})
      onError(error)
    }
  }

  return {
    append(records) {
      const text = records.map(encodeLine).join('')
      if (waiting > maxWaiting) return queue
      waiting += text.length
      queue = queue.then(async () => {
        await appendNow(text)
        waiting -= text.length
      })
      return queue
    },
    close() {
      queue = queue.then(close).catch(onError)
      return queue
    },
  }
}

interface Segment {
  number: number
  records: unknown[]
}

async function readSegments(directory: string): Promise<Segment[]> {
  const segments: Segment[] = []
  for (const name of segmentFiles) {
    const path = join(directory, name)
    try {
      const [header, ...records] = decodeLines(await readTrusted(path, maxSegmentBytes))
      const number = (header as { segment?: unknown } | undefined)?.segment
      if (Number.isSafeInteger(number)) segments.push({ number: number as number, records })
    } catch (error) {
      if (!isMissing(error) && !isUntrusted(error)) throw error
    }
  }
  return segments.sort((a, b) => a.number - b.number)
}

async function lastSegment(directory: string): Promise<number> {
  return (await readSegments(directory)).at(-1)?.number ?? 0
}

/** Every whole record of a run, oldest first. Rejects if the files cannot be read. */
export async function readRecords(directory: string): Promise<unknown[]> {
  return (await readSegments(directory)).flatMap(({ records }) => records)
}
