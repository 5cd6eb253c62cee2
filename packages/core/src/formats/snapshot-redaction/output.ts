/** Output bytes, collected for one chunk of input at a time. */
export interface Output {
  copy(bytes: Uint8Array, from: number, to: number): void
  text(text: string): void
  /**
   * For loops over bytes, which a call per byte would slow down: memory with room for `size` bytes from `at` on. The
   * bytes count once `wrote` gets their end.
   */
  room(size: number): { buffer: Uint8Array; at: number }
  wrote(end: number): void
  /** The bytes written since the last call. */
  drain(): Uint8Array
}

export function createOutput(): Output {
  let buffer = Buffer.allocUnsafe(256 * 1024)
  let length = 0

  const reserve = (size: number) => {
    if (length + size <= buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + size))
    buffer.copy(larger, 0, 0, length)
    buffer = larger
  }

  return {
    copy(bytes, from, to) {
      reserve(to - from)
      buffer.set(bytes.subarray(from, to), length)
      length += to - from
    },
    text(text) {
      reserve(3 * text.length)
      length += buffer.write(text, length)
    },
    room(size) {
      reserve(size)
      return { buffer, at: length }
    },
    wrote(end) {
      length = end
    },
    drain() {
      const written = Uint8Array.prototype.slice.call(buffer, 0, length)
      length = 0
      return written
    },
  }
}
