import { unreadable } from '../heap-snapshot/tokens.js'

/** A set of indexes of strings: one bit each, so that the millions of a large heap take some hundred kilobytes. */
export interface IdSet {
  add(id: number): void
  has(id: number): boolean
}

/** More strings than V8 can write; a larger number is not an index. */
const maxId = 2 ** 31

export function createIdSet(): IdSet {
  let bits = new Uint8Array(1 << 16)
  return {
    add(id) {
      if (id >= maxId) throw unreadable(`it names a string ${id}`)
      const at = id >>> 3
      if (at >= bits.length) {
        const larger = new Uint8Array(Math.max(bits.length * 2, at + 1))
        larger.set(bits)
        bits = larger
      }
      bits[at] = (bits[at] as number) | (1 << (id & 7))
    },
    has: id => ((bits[id >>> 3] ?? 0) & (1 << (id & 7))) !== 0,
  }
}
