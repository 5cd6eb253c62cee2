import { percent } from '../lib/units.js'
import type { CpuProfile, CpuProfileNode, WorkerProfile } from '../model/cpu-profile.js'
import type { Finding } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import { analyseCpu } from './cpu.js'
import type { OriginalOf } from './places.js'
import { sayCulprit, sayFunction } from './say-culprit.js'

/** With a smaller share of the process's CPU time the main thread does not cause the load. */
const bystander = 0.3

/** A thread with a smaller busy share of its profile is not mentioned. */
const worthWord = 0.1

/**
 * Whether worker threads or the thread pool use the CPU. V8's helper threads do not count: they work for the main thread,
 * mostly to collect what it has allocated.
 */
export function isLoadElsewhere(sample: Sample | undefined): boolean {
  const { main, others, helpers = 0 } = sample?.cpuThreads ?? { main: 1, others: 0 }
  return main + others > 0 && main + helpers < bystander * (main + others)
}

/** V8's helper threads, where their part of the load is worth a word; else `null`. */
export function sayHelpers({ cpuThreads }: Sample): string | null {
  const { main, others, helpers = 0 } = cpuThreads ?? { main: 0, others: 0 }
  if (helpers === 0 || helpers < bystander * (main + others)) return null
  return `V8's helper threads (garbage collection, compilation) used ${percent(helpers / (main + others))} of the CPU time`
}

/** `the load is not in the main thread (2% of the CPU time); in worker 3 (resize), scale (src/scale.js:10) took 95% …` */
export function sayLoadElsewhere(sample: Sample, workers: string[]): string {
  const { main, others } = sample.cpuThreads as NonNullable<Sample['cpuThreads']>
  const where = `the load is not in the main thread, which used ${percent(main / (main + others))} of that`
  return workers.length > 0 ? [where, ...workers].join('; ') : `${where}, but in worker threads or the thread pool`
}

/** One clause per busy worker thread, the busiest first. */
export function sayWorkers(profiles: WorkerProfile[], cwd: string, originalOf: OriginalOf): string[] {
  const busy = analysed(profiles, cwd, originalOf)
  if (busy.length === 0 && profiles.length > 0)
    return [`${profiles.map(({ thread }) => thread).join(' and ')} had next to nothing to do during the profile`]
  return busy.map(({ thread, windowMs, busyMs, culprit }) => {
    if (culprit) return `in ${thread}, ${sayCulprit(culprit)} took ${percent(culprit.share)} of the busy time`
    return `in ${thread}, which was ${percent(busyMs / windowMs)} busy, no single function stands out`
  })
}

export function findInWorkers(profiles: WorkerProfile[], cwd: string, originalOf: OriginalOf): Finding[] {
  return analysed(profiles, cwd, originalOf).flatMap(({ thread, busyMs, functions }) =>
    functions
      .slice(0, 3)
      .filter(({ ownMs }) => ownMs > worthWord * busyMs)
      .map(one => ({
        kind: 'hot-function',
        text: `${sayFunction(one)}: ${percent(one.ownMs / busyMs)} of the busy time of ${thread}`,
        data: { ...one, thread },
      })),
  )
}

function analysed(profiles: WorkerProfile[], cwd: string, originalOf: OriginalOf) {
  return profiles
    .map(({ thread, profile }) => ({ thread, ...analyseCpu(withoutWaiting(profile), cwd, originalOf) }))
    .filter(({ busyMs, windowMs }) => windowMs > 0 && busyMs >= worthWord * windowMs)
    .sort((a, b) => b.busyMs - a.busyMs)
}

/**
 * A thread in `Atomics.wait` looks busy to the profiler, and `Atomics.wait` has no frame of its own. The threads of
 * piscina wait for work there.
 */
function withoutWaiting(profile: CpuProfile): CpuProfile {
  const isWaiting = ({ callFrame }: CpuProfileNode) =>
    callFrame.functionName === 'atomicsWaitLoop' && callFrame.url.includes('/piscina/')
  const nodes = profile.nodes.map(node =>
    isWaiting(node) ? { ...node, callFrame: { ...node.callFrame, functionName: '(idle)', url: '' } } : node,
  )
  return { ...profile, nodes }
}

export const isWorkerProfile = (value: unknown): value is WorkerProfile =>
  typeof value === 'object' && value !== null && 'thread' in value && 'profile' in value
