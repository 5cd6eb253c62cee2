import { AutodumpError } from '../../lib/errors.js'

/**
 * The four kinds of JSON value that a heap snapshot holds, each read byte by byte as chunks arrive. A snapshot is one
 * JSON object of hundreds of megabytes: `JSON.parse` needs it as one string (and V8 refuses strings over 512 MiB), so
 * nothing here ever holds more than the value at hand.
 */
export interface Consumer {
  /** Reads from `from` on, and returns the position after the last byte it took. */
  take(bytes: Uint8Array, from: number): number
  /** True once the value is complete. */
  done: boolean
}

const QUOTE = 0x22

const BACKSLASH = 0x5c

const COMMA = 0x2c

const MINUS = 0x2d

const ZERO = 0x30

const NINE = 0x39

const OPEN_BRACKET = 0x5b

const CLOSE_BRACKET = 0x5d

const OPEN_BRACE = 0x7b

const CLOSE_BRACE = 0x7d

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

export function unreadable(why: string): AutodumpError {
  return new AutodumpError('INVALID', `not a readable heap snapshot: ${why}`)
}

/** A flat array of integers, handed on in rows of `stride`. The row is reused: copy it to keep it. */
export function integerRows(section: string, stride: number, onRow: (row: Float64Array) => void): Consumer {
  const row = new Float64Array(stride)
  let opened = false
  let column = 0
  let value = 0
  let digits = 0
  let sign = 1
  let empty = true

  const endOfValue = () => {
    if (digits === 0 || digits > 15) throw unreadable(`"${section}" holds something that is not an integer`)
    row[column] = sign * value
    empty = false
    value = 0
    digits = 0
    sign = 1
    column++
    if (column === stride) {
      column = 0
      onRow(row)
    }
  }

  const consumer: Consumer = {
    done: false,
    take(bytes, from) {
      let at = from
      while (at < bytes.length) {
        const byte = bytes[at++] as number
        if (byte >= ZERO && byte <= NINE) {
          value = value * 10 + (byte - ZERO)
          digits++
        } else if (byte === COMMA && opened) {
          endOfValue()
        } else if (byte === CLOSE_BRACKET && opened) {
          if (!(empty && digits === 0)) endOfValue()
          if (column !== 0) throw unreadable(`"${section}" ends in the middle of a row`)
          consumer.done = true
          return at
        } else if (byte === MINUS && digits === 0) {
          sign = -1
        } else if (byte === OPEN_BRACKET && !opened) {
          opened = true
        } else if (!isSpace(byte)) {
          throw unreadable(`"${section}" holds something that is not an integer`)
        }
      }
      return at
    },
  }
  return consumer
}

/** The target of `strings`: raw JSON text, escapes and all, in as many pieces as the chunks cut it into. */
export interface StringSink {
  append(bytes: Uint8Array, from: number, to: number): void
  endOfString(): void
}

/** An array of strings. */
export function strings(section: string, sink: StringSink): Consumer {
  let opened = false
  let inside = false
  let escaped = false

  const consumer: Consumer = {
    done: false,
    take(bytes, from) {
      let at = from
      let start = from
      while (at < bytes.length) {
        const byte = bytes[at++] as number
        if (inside) {
          if (escaped) {
            escaped = false
          } else if (byte === BACKSLASH) {
            escaped = true
          } else if (byte === QUOTE) {
            sink.append(bytes, start, at - 1)
            sink.endOfString()
            inside = false
          }
        } else if (byte === QUOTE && opened) {
          inside = true
          start = at
        } else if (byte === CLOSE_BRACKET && opened) {
          consumer.done = true
          return at
        } else if (byte === OPEN_BRACKET && !opened) {
          opened = true
        } else if (byte !== COMMA && !isSpace(byte)) {
          throw unreadable(`"${section}" holds something that is not a string`)
        }
      }
      if (inside) sink.append(bytes, start, at)
      return at
    },
  }
  return consumer
}

/** Any value, skipped; or kept as text, up to `maxBytes`, if `onText` is given. */
export function anyValue(section: string, onText?: (text: string) => void, maxBytes = 1024 * 1024): Consumer {
  const pieces: Uint8Array[] = []
  let kept = 0
  let depth = 0
  let inside = false
  let escaped = false
  let started = false

  const keep = (bytes: Uint8Array, from: number, to: number) => {
    if (!onText) return
    kept += to - from
    if (kept > maxBytes) throw unreadable(`"${section}" is larger than ${maxBytes} bytes`)
    pieces.push(bytes.slice(from, to))
  }

  const consumer: Consumer = {
    done: false,
    take(bytes, from) {
      let at = from
      while (at < bytes.length) {
        const byte = bytes[at] as number
        if (inside) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) inside = false
        } else if (byte === QUOTE) {
          inside = true
          started = true
        } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
          depth++
          started = true
        } else if (depth > 0 && (byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) {
          depth--
        } else if (depth === 0 && (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) {
          // The comma or brace after the value belongs to the object around it.
          if (!started) throw unreadable(`"${section}" has no value`)
          keep(bytes, from, at)
          consumer.done = true
          onText?.(Buffer.concat(pieces).toString('utf8'))
          return at
        } else if (!isSpace(byte)) {
          started = true
        }
        at++
      }
      keep(bytes, from, at)
      return at
    },
  }
  return consumer
}
