import { type Consumer, unreadable } from '../heap-snapshot/tokens.js'
import type { Output } from './output.js'

export interface RowRules {
  section: string
  /** The count of numbers in a row, and the positions of the type and the name. */
  stride: number
  type: number
  name: number
  /** Whether the name of such a row is written as 0, by the type as it is written. */
  isHidden(type: number): boolean
  /** Gets the other names. */
  onName(type: number, name: number): void
  output: Output
}

/**
 * Copies a flat array of numbers in rows, with some of the names hidden. It is most of a snapshot and so most of the
 * work. The loop keeps its state in local variables while it runs, which is several times as fast.
 */
export function copyRows({ section, stride, type, name, isHidden, onName, output }: RowRules): Consumer {
  if (type > name) throw unreadable(`the names in "${section}" come before the types`)
  const wrong = (why: string) => unreadable(`"${section}" ${why}`)
  let opened = false
  const state = { column: 0, value: 0, hasDigits: false, rowType: 0, hidden: false }

  const consumer: Consumer = {
    done: false,
    take(bytes, from) {
      const end = bytes.length
      // A hidden name takes one byte, never more than the original.
      const { buffer, at: start } = output.room(end - from)
      let out = start
      let { column, value, hasDigits, rowType, hidden } = state
      let at = from
      while (at < end) {
        const byte = bytes[at++] as number
        if (byte >= 0x30 && byte <= 0x39 && opened) {
          value = value * 10 + (byte - 0x30)
          if (!hidden || column !== name) buffer[out++] = byte
          else if (!hasDigits) buffer[out++] = 0x30
          hasDigits = true
        } else {
          if (byte === 0x2c || byte === 0x5d) {
            if (!opened || (!hasDigits && (byte === 0x2c || column !== 0))) throw wrong('is not a list of numbers')
            if (hasDigits) {
              if (column === type) {
                rowType = value
                hidden = isHidden(value)
              } else if (column === name && !hidden) onName(rowType, value)
              column = column + 1 === stride ? 0 : column + 1
              value = 0
              hasDigits = false
            }
            if (byte === 0x5d) {
              if (column !== 0) throw wrong('ends in the middle of a row')
              consumer.done = true
              buffer[out++] = byte
              break
            }
          } else if (byte === 0x5b && !opened) opened = true
          else if (byte !== 0x0a && byte !== 0x20 && byte !== 0x0d && byte !== 0x09)
            throw wrong('holds something that is not an index')
          buffer[out++] = byte
        }
      }
      Object.assign(state, { column, value, hasDigits, rowType, hidden })
      output.wrote(out)
      return at
    },
  }
  return consumer
}
