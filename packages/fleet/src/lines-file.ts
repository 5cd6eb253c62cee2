import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { makeFolder } from '@autodump/core/object-store'

/** A file of JSON lines, compressed, that is written anew when its content has changed. */
export interface LinesFile {
  /** Resolves with whether the file is whole: one that is missing, cut off or of somebody else counts as none. */
  read(add: (line: Line) => void): Promise<boolean>
  /** Called when there may be something to write. `stamp` is the same where nothing has changed. */
  keep(stamp: string, lines: () => Iterable<object>): void
  /** Writes what is not written yet. */
  close(): Promise<void>
}

/** Any JSON. */
export type Line = Partial<Record<string, unknown>> | null

export interface FileParts {
  dir: string
  name: string
  /** Gets a sentence if the file cannot be written. */
  onProblem(text: string): void
}

/** Milliseconds between two writes. */
const writeEvery = 60_000

export function openLinesFile({ dir, name, onProblem }: FileParts): LinesFile {
  const file = join(dir, name)
  let pending: (() => Iterable<object>) | undefined
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
      await pipeline(Readable.from(textsOf(current())), createGzip({ level: 1 }), target)
      await rename(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {})
      onProblem(`the cache in ${dir} cannot be written: ${(error as Error).message}`)
    }
  }

  return {
    async read(add) {
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
        return true
      } catch {
        return false
      }
    },
    keep(stamp, lines) {
      if (stamp === written) return
      written = stamp
      pending = lines
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

function* textsOf(lines: Iterable<object>): Generator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`
}
