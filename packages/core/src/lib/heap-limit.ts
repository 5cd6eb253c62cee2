import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { resourceLimits } from 'node:worker_threads'

const MiB = 1024 ** 2

const sizeFlag = /^--max[-_]old[-_]space[-_]size=(\d+)$/

/** The size that the command line options of Node ask for, in MiB; 0 if none does. The last one wins. */
const askedMiB = (flags: string[]): number =>
  Number(flags.map(text => sizeFlag.exec(text)?.[1]).findLast(size => size !== undefined) ?? 0)

function atMost(heapSizeLimit: number, mib: number): number {
  return mib > 0 ? Math.min(mib * MiB, heapSizeLimit) : heapSizeLimit
}

/**
 * The size at which V8 gives up, in bytes: that of its old generation.
 *
 * `heap_size_limit` also counts the young generation, which cannot take objects that no longer fit into the old one:
 * with `--max-old-space-size=200` it says 248 MiB on Node 20 and 392 MiB on Node 24, and the process dies at 200 on
 * both.
 *
 * @param heapSizeLimit the limit by V8, in bytes; the result if no flag asks for less
 * @param flags the command line options of Node, the ones that win last
 */
export function oldGenerationLimit(heapSizeLimit: number, flags: string[], workerMiB?: number): number {
  return atMost(heapSizeLimit, workerMiB ?? askedMiB(flags))
}

// Read when the module is loaded: a hook asks for the limit mid-block, where no regular expression may run (decision 098).
const ownMiB = askedMiB([...(process.env.NODE_OPTIONS ?? '').split(/\s+/), ...process.execArgv])

/** That of the calling thread. */
export function heapLimitOfThread(heapSizeLimit = getHeapStatistics().heap_size_limit): number {
  return atMost(heapSizeLimit, resourceLimits.maxOldGenerationSizeMb ?? ownMiB)
}

/** Bytes in the young generation of the calling thread, nearly all of them garbage. Takes 3 µs. */
export function youngBytes(): number {
  let bytes = 0
  for (const { space_name, space_used_size } of getHeapSpaceStatistics())
    if (space_name === 'new_space' || space_name === 'new_large_object_space') bytes += space_used_size
  return bytes
}
