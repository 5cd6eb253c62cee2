import { cpus as machineCpus, totalmem } from 'node:os'
import { readCgroupLimits } from './cgroup.js'
import { heapLimitOfThread } from './heap-limit.js'
import { size } from './units.js'

type LimitSource = 'cgroup v1' | 'cgroup v2' | 'machine'

/** The 100% of each percentage. Plain data: it goes to the monitor thread, into `status` and into every manifest. */
export interface Limits {
  cpu: {
    /** The cgroup's CPU quota in cores; `null` if none is below the number of cores of the machine. */
    quota: number | null
    /** The cores of 100%: 1, or the quota if it is below one core. */
    percentOf: number
    source: LimitSource
    text: string
  }
  memory: { bytes: number; source: LimitSource; text: string }
  /** V8's limit for the JavaScript heap of the app thread. */
  heap: { bytes: number; text: string }
}

export interface LimitSources {
  /** The root of the file system. @default '/' */
  root?: string
  /** Cores of the machine. */
  cpus?: number
  /** Memory of the machine in bytes. */
  totalMemory?: number
  /** V8's heap limit of the app thread in bytes; other threads have one of their own. @default that of this thread */
  heapLimit?: number
}

/**
 * Reads the limits of this process: the cgroup's, else the machine's. Never throws.
 *
 * It does not use `os.availableParallelism()` and `process.constrainedMemory()`: their treatment of quotas depends on
 * the version of Node, and the second returns 1.8e19 if there is no limit.
 */
export function readLimits(sources: LimitSources = {}): Limits {
  const {
    root,
    cpus = Math.max(1, machineCpus().length),
    totalMemory = totalmem(),
    heapLimit = heapLimitOfThread(),
  } = sources
  const cgroup = readCgroupLimits(root)
  return {
    cpu: cpuLimit(cgroup.cpu, cpus),
    memory: memoryLimit(cgroup.memory, totalMemory),
    heap: { bytes: heapLimit, text: `${size(heapLimit)} (V8's limit)` },
  }
}

type Cgroup = ReturnType<typeof readCgroupLimits>['cpu']

function cpuLimit(cgroup: Cgroup, cpus: number): Limits['cpu'] {
  if (cgroup === null || cgroup.value >= cpus)
    return { quota: null, percentOf: 1, source: 'machine', text: `one core (no quota, the machine has ${cpus})` }
  const { value: quota, source, file } = cgroup
  const cores = `${Number(quota.toFixed(2))} cores`
  const text = quota < 1 ? `${cores} (the quota, ${source} ${file})` : `one core (quota ${cores}, ${source} ${file})`
  return { quota, percentOf: Math.min(1, quota), source, text }
}

function memoryLimit(cgroup: Cgroup, totalMemory: number): Limits['memory'] {
  if (cgroup === null || cgroup.value > totalMemory)
    return {
      bytes: totalMemory,
      source: 'machine',
      text: `${size(totalMemory)} (the machine's memory, no limit)`,
    }
  const { value: bytes, source, file } = cgroup
  return { bytes, source, text: `${size(bytes)} (${source} ${file})` }
}

/** One line for people, logged at start: the base of each percentage. */
export function describeLimits({ cpu, memory, heap }: Limits): string {
  return `cpu is percent of ${cpu.text}; rss is percent of ${memory.text}; heap is percent of ${heap.text}`
}
