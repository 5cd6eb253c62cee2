import { readdirSync, readFileSync, statSync } from 'node:fs'
import { monotonic } from '../../lib/clock/monotonic.js'

/** Open file descriptors of the process, and their limit. */
export interface DescriptorCount {
  open: number
  limit: number
}

/** Counting by listing names may take this share of the monitor thread's time. */
const shareOfTime = 0.01

interface Sources {
  /** The number of open descriptors; `null` if the kernel does not give it at once. */
  size?: () => number | null
  list?: () => number
  limits?: () => string
  clock?: () => number
}

/**
 * Since Linux 6.2 the size of the directory is the number of its entries; before it is 0. As bigint: see decisions/265.
 */
const sizeOfDirectory = () => Number(statSync('/proc/self/fd', { bigint: true }).size) || null

/** The directory itself is open while it is read. */
const lengthOfList = () => readdirSync('/proc/self/fd').length - 1

const readLimits = () => readFileSync('/proc/self/limits', 'latin1')

/**
 * Returns how many descriptors are open; `null` if unknown, which is everywhere but on Linux. It needs no descriptor if
 * the kernel counts. Otherwise, a process that has no descriptor left for the count has reached its limit.
 */
export function createDescriptorReader({
  size = sizeOfDirectory,
  list = lengthOfList,
  limits = readLimits,
  clock = monotonic,
}: Sources = {}): () => DescriptorCount | null {
  let limit: number | null = null
  let last: number | null = null
  let due = Number.NEGATIVE_INFINITY

  /** A list of a hundred thousand takes a tenth of a second. */
  function listed(): number | null {
    const began = clock()
    if (began < due) return last
    const count = list()
    due = clock() + (clock() - began) / shareOfTime
    return count
  }

  return () => {
    try {
      last = size() ?? listed()
    } catch (error) {
      last = isNoneLeft(error) ? limit : null
    }
    // The limit can change from outside while the process runs (prlimit).
    try {
      limit = softLimitOf(limits()) ?? limit
    } catch {
      // No descriptor is left to read it with: the limit keeps its last value.
    }
    return last === null || limit === null ? null : { open: last, limit }
  }
}

function isNoneLeft(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string }
  return code === 'EMFILE' || code === 'ENFILE'
}

/** Parses `Max open files  1024  524288  files`; `null` for unlimited, and for text that cannot be parsed. */
function softLimitOf(limits: string): number | null {
  const [, soft] = /^Max open files\s+(\d+)/m.exec(limits) ?? []
  return soft ? Number(soft) : null
}
