import { type Consumer, isSpace, unreadable } from './tokens.js'

type Place = 'start' | 'key or end' | 'in key' | 'colon' | 'value' | 'comma or end' | 'end'

/** The object around the sections of a `.heapsnapshot`: `push` its bytes as they come, then `finish`. */
export interface SectionReader {
  push(bytes: Uint8Array): void
  /** Throws `INVALID` if the object has not ended. */
  finish(): void
}

/**
 * Reads the object that V8 writes, whose members have one order: snapshot, nodes, edges, …, locations, strings.
 *
 * @param open returns the reader of that member's value
 * @param onFrame gets the bytes between the values: braces, keys, commas
 */
export function createSectionReader(
  open: (key: string) => Consumer,
  onFrame: (bytes: Uint8Array, from: number, to: number) => void = () => {},
): SectionReader {
  let place: Place = 'start'
  let section: Consumer | undefined
  let key = ''

  const structure = (byte: number) => {
    const char = String.fromCharCode(byte)
    if (place === 'start' && char === '{') place = 'key or end'
    else if (place === 'key or end' && char === '"') [place, key] = ['in key', '']
    else if (place === 'colon' && char === ':') place = 'value'
    else if (place === 'comma or end' && char === ',') place = 'key or end'
    else if ((place === 'comma or end' || place === 'key or end') && char === '}') place = 'end'
    else throw unreadable(place === 'start' ? 'it is not a JSON object' : `unexpected "${char}" after "${key}"`)
  }

  return {
    push(bytes) {
      let at = 0
      while (at < bytes.length) {
        if (section) {
          at = section.take(bytes, at)
          if (section.done) [section, place] = [undefined, 'comma or end']
        } else if (place === 'value') {
          section = open(key)
        } else {
          const byte = bytes[at++] as number
          if (place === 'in key') {
            if (byte === 0x22) place = 'colon'
            else if (key.length > 100) throw unreadable('it has a key of more than 100 characters')
            else key += String.fromCharCode(byte)
          } else if (!isSpace(byte)) structure(byte)
          onFrame(bytes, at - 1, at)
        }
      }
    },
    finish() {
      if (place !== 'end') throw unreadable(place === 'start' ? 'it is empty' : `it ends in the middle, at "${key}"`)
    },
  }
}
