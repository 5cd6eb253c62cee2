import { readLimits } from '../../lib/limits.js'
import { memoryLeft } from '../../lib/memory-left.js'
import type { AppLink } from '../../link/app-link.js'
import type { Evidence } from '../../model/evidence.js'
import type { HeapEvidence } from '../../model/heap-profile.js'
import { sampleHeap } from '../memory/sample-heap.js'
import { isDying } from './affordable-pause.js'
import type { Capture, CaptureContext } from './capture.js'
import { awaitReply } from './pending.js'

/** The newest profile that was taken in this thread. */
let last: HeapEvidence['previous'] = null

/** With less than this share of the memory limit left, the kernel may kill the process at any moment. */
const tight = 0.1

/** Two profiles that are nearer in time than this, in milliseconds, show no growth. */
const growthNeeds = 500

/**
 * The functions that allocated the live objects: V8's sampling heap profile, which runs from the start. It is taken at once, and again at
 * the end of the capture's duration, which separates growing things from merely large ones. Each forces a full
 * collection, which makes the two comparable. The second is left out where there is no time for it: the event
 * loop is blocked, memory is nearly used up, the monitor stops, or both together would stop the app for too long.
 */
export const heapProfileCapture: Capture = {
  kind: 'heap-profile',
  pause: { fixed: 10, perMiB: 2 },
  refusal: ({ options }) => (options.heapProfile.enabled ? null : 'heapProfile.enabled is false'),
  async take(context) {
    const link = await context.link()
    const previous = last
    const first = await takeProfile(link, context, 'heap.heapprofile', previous)
    context.keep(first)
    if (context.blockedFor > 0 || isTight(first.value as HeapEvidence)) return []
    const taken = performance.now()
    if (2 * (first.pauseMs ?? 0) > mostPause(context)) return []
    const { cutShort } = await context.wait(context.duration)
    if (cutShort || performance.now() - taken < growthNeeds) return []
    try {
      return [await takeProfile(link, context, 'heap-later.heapprofile', previous)]
    } catch {
      return [] // The second profile is the dispensable one.
    }
  },
}

/** Milliseconds. The price was an estimate; now that the first has shown it, it holds for both. */
function mostPause({ trigger, affordablePause }: CaptureContext): number {
  return trigger.rule === 'manual' || isDying(trigger, false) ? Number.POSITIVE_INFINITY : affordablePause().ms
}

function isTight({ usage }: HeapEvidence): boolean {
  return usage !== null && memoryLeft(usage.rss) <= tight * readLimits().memory.bytes
}

async function takeProfile(
  link: AppLink,
  context: CaptureContext,
  file: string,
  previous: HeapEvidence['previous'],
): Promise<Evidence> {
  const taken = await sampleHeap(link, promise => awaitReply(context, 'heap profile reply', promise))
  const { profile, at, sampleInterval } = taken
  const value: HeapEvidence = { profile, at, sampleInterval, usage: taken.usage, previous }
  last = { profile, at }
  return {
    file,
    phase: 'during',
    content: JSON.stringify(profile),
    value,
    pauseMs: taken.pauseMs,
    startedAt: at,
    ...(sampleInterval !== null && { sampleInterval }),
    engine: taken.engine,
  }
}
