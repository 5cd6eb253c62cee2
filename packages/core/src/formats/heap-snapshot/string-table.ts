import { type StringSink, unreadable } from './tokens.js'

/** The snapshot's strings, kept as the bytes they came as and decoded only on request. */
export interface StringTable {
  readonly count: number
  /** The string at `index`; empty if there is none. */
  get(index: number): string
  /** Index of `word` (plain ASCII, no escapes), -1 if the snapshot has no such string. Reads the whole table. */
  indexOf(word: string): number
  /** Whether the string at `index` contains `word` (plain ASCII); without keeping it. */
  contains(index: number, word: string): boolean
}

/** A name or a file URL that we print. */
const WHOLE = 4096

/** The content of a string of the program; we only ever read host names, addresses and paths there. */
const EXCERPT = 256

/**
 * @param onlyNames nothing is kept of the program's own strings, and of a name no more than of them
 *
 * `isName(index)` distinguishes names of nodes, which are kept whole, from the program's own strings, which are cut.
 */
export function createStringTable(
  isName: (index: number) => boolean,
  onlyNames = false,
): StringSink & { finish(): StringTable } {
  const roomOf = (index: number) => (onlyNames ? (isName(index) ? EXCERPT : 0) : isName(index) ? WHOLE : EXCERPT)
  let bytes = new Uint8Array(1 << 16)
  let length = 0
  let ends = new Uint32Array(1 << 12)
  let count = 0
  let start = 0
  let room = roomOf(0)

  return {
    append(chunk, from, to) {
      const size = Math.min(to - from, room - (length - start))
      if (size <= 0) return
      if (length + size > bytes.length)
        bytes = copyInto(new Uint8Array(Math.max(bytes.length * 2, length + size)), bytes)
      if (length + size > 0xffff_ffff) throw unreadable('its strings are larger than 4 GiB')
      bytes.set(chunk.subarray(from, from + size), length)
      length += size
    },
    endOfString() {
      if (count === ends.length) ends = copyInto(new Uint32Array(ends.length * 2), ends)
      ends[count++] = length
      start = length
      room = roomOf(count)
    },
    finish: () => openTable(Buffer.from(bytes.buffer, 0, length), ends.subarray(0, count)),
  }
}

function openTable(bytes: Buffer, ends: Uint32Array): StringTable {
  const decoded = new Map<number, string>()
  const startOf = (index: number) => (index === 0 ? 0 : (ends[index - 1] as number))

  return {
    count: ends.length,
    get(index) {
      const end = ends[index]
      if (end === undefined) return ''
      let text = decoded.get(index)
      if (text === undefined) {
        text = unescaped(bytes.toString('utf8', startOf(index), end))
        decoded.set(index, text)
      }
      return text
    },
    contains(index, word) {
      const start = startOf(index)
      const end = ends[index] ?? start
      return end - start >= word.length && bytes.subarray(start, end).includes(word, 0, 'latin1')
    },
    indexOf(word) {
      const wanted = Buffer.from(word, 'latin1')
      let start = 0
      for (let index = 0; index < ends.length; index++) {
        const end = ends[index] as number
        if (end - start === wanted.length && wanted.compare(bytes, start, end) === 0) return index
        start = end
      }
      return -1
    },
  }
}

function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`)
  } catch {
    return raw // cut in the middle of an escape
  }
}

function copyInto<Column extends Uint8Array | Uint32Array>(to: Column, from: Column): Column {
  to.set(from)
  return to
}
