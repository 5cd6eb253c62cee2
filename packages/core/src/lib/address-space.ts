import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { size } from './units.js'

/**
 * Bytes of address space that must be left before a thread of ours is started. V8 reserves 350 to 910 MiB for one, and
 * ends the whole process if it cannot; the app's own heap has to grow into the rest. Why: `decisions/360`.
 */
const neededForThread = 2 * 1024 ** 3

/** With less left than this the work of the monitor in the app thread would take the rest. */
const neededForWork = 256 * 1024 ** 2

/** A thread that the limit of the address space has no room for: another try would end like this one. */
export class NoAddressSpace extends Error {
  /** Node's own code where there is no memory for a thread: then the app thread does not do its work either. */
  readonly code: string | undefined

  constructor(left: number) {
    super(`a thread needs ${size(neededForThread)} of address space, and the limit (ulimit -v) leaves ${size(left)}`)
    this.code = left < neededForWork ? 'ERR_WORKER_OUT_OF_MEMORY' : undefined
  }
}

/** Bytes that the process may still reserve below `ulimit -v` (RLIMIT_AS); `Infinity` where nothing limits or tells it. */
export function addressSpaceLeft(root = '/'): number {
  try {
    const read = (file: string) => readFileSync(join(root, 'proc/self', file), 'latin1')
    const [, limit] = /^Max address space +(\d+) /m.exec(read('limits')) ?? []
    if (limit === undefined) return Number.POSITIVE_INFINITY
    const [, taken] = /^VmSize:\s+(\d+) kB$/m.exec(read('status')) ?? []
    return taken === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Number(limit) - Number(taken) * 1024)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** @throws NoAddressSpace */
export function needAddressSpace(left = addressSpaceLeft()): void {
  if (left < neededForThread) throw new NoAddressSpace(left)
}
