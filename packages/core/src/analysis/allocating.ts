import type { CpuProfile } from '../model/cpu-profile.js'
import type { Sample } from '../model/sample.js'
import { type CallTree, type Frame, type FunctionTime, isOutside, sampleTimes } from './call-tree.js'
import { plain } from './culprit.js'
import { anonymous } from './places.js'

/** The function of the app that gave the garbage collector its work. */
export interface Allocating {
  function: FunctionTime
  /** Milliseconds of garbage collection that interrupted or followed it. */
  gcMs: number
}

/** The function has at least `most` of the garbage collection that a function of the app has, and that is `known` of all. */
const share = { most: 0.6, known: 0.2 }

/** A single sample of garbage collection is chance. */
const enoughSamples = 2

/**
 * V8 shows garbage collection as the work of nobody. It collects when somebody allocates: the function of the app that was
 * on the stack in the sample before is that somebody. `null` if collections came out of an idle
 * event loop, or after many functions. As in a heap profile, a callback counts for the named function around it.
 */
export function findAllocating(profile: CpuProfile, tree: CallTree): Allocating | null {
  const { nodes, samples } = profile
  const collectors = nodes.filter(({ callFrame }) => callFrame.functionName === '(garbage collector)')
  const allMs = collectors.reduce((sum, node) => sum + tree.selfMs(node), 0)
  if (allMs === 0) return null
  const isCollector = new Set(collectors.map(({ id }) => id))
  const apps = appByNode(profile, tree)
  const times = sampleTimes(profile)
  const gcMs = new Map<Frame, number>()
  const seen = new Map<Frame, number>()
  let last: Frame | undefined
  for (const [index, id] of samples.entries()) {
    if (!isCollector.has(id)) last = apps.get(id)
    else if (last) {
      gcMs.set(last, (gcMs.get(last) ?? 0) + (times[index] ?? 0))
      seen.set(last, (seen.get(last) ?? 0) + 1)
    }
  }
  const [most] = [...gcMs].sort((a, b) => b[1] - a[1])
  if (!most || (seen.get(most[0]) ?? 0) < enoughSamples) return null
  const knownMs = [...gcMs.values()].reduce((sum, ms) => sum + ms, 0)
  const isOne = most[1] >= share.most * knownMs && knownMs >= share.known * allMs
  return isOne ? { function: plain(most[0]), gcMs: most[1] } : null
}

/** By node, the nearest function of the app: that one or one above it. */
function appByNode({ nodes }: CpuProfile, tree: CallTree): Map<number, Frame> {
  const outside = new Set(nodes.filter(isOutside).map(({ id }) => id))
  const apps = new Map<number, Frame>()
  tree.visit<Frame | undefined>({
    enter(node, frame, above) {
      const isCallback = frame.name === anonymous && above?.file === frame.file
      const app = frame.owner === 'app' && !isCallback ? frame : above
      if (app && !outside.has(node.id)) apps.set(node.id, app)
      return app
    },
  })
  return apps
}

/** Milliseconds before the trigger that tell whether the heap grows. */
const lookBack = 60_000

/** Samples that show it at the least. */
const enough = 9

/** The lowest value of the last third, against that of the first one. */
const grows = 1.25

/** How much of its limit the heap filled, as a percentage: between two collections it goes up and down. */
export interface HeapGrowth {
  from: number
  to: number
  ms: number
}

/** `null` if the heap did not grow in the minute before the trigger. */
export function heapGrowth(samples: readonly Sample[], at: number): HeapGrowth | null {
  const seen = samples
    .filter(sample => sample.at <= at && sample.at > at - lookBack && typeof sample.values.heap === 'number')
    .map(sample => ({ at: sample.at, heap: sample.values.heap as number }))
  if (seen.length < enough) return null
  const third = Math.floor(seen.length / 3)
  const lowest = (part: typeof seen) => part.reduce((low, one) => (one.heap <= low.heap ? one : low))
  const from = lowest(seen.slice(0, third))
  const to = lowest(seen.slice(-third))
  return to.heap >= grows * from.heap ? { from: from.heap, to: to.heap, ms: to.at - from.at } : null
}
