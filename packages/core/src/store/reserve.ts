/** Bytes of an ordinary disk that stay free by default, and the share of a smaller one. */
const usual = { bytes: 256 * 1024 ** 2, share: 1 / 4 }

/**
 * Bytes of the disk that dumps leave free. By default a disk smaller than the usual reserve could hold no dump at all:
 * a tmpfs of a read-only container.
 *
 * @param asked the option `retention.minFreeBytes`; `null` where nobody has set it
 * @param disk what the system says of it; without a size it is taken for a large one
 */
export function reserveOf(asked: number | null, { blocks = 0, bsize }: { blocks?: number; bsize: number }): number {
  if (asked !== null) return asked
  const size = blocks * bsize
  return size > 0 ? Math.min(usual.bytes, Math.floor(size * usual.share)) : usual.bytes
}
