import type { CpuProfile } from '../../model/cpu-profile.js'
import { aCount, aList, aNumber, anObject, broken } from './checked.js'
import { type CpuNode, nanos, readTimed } from './cpu.js'
import { encodePprof, type PprofOptions } from './encode.js'

/**
 * A profile of `async-wait` as gzipped pprof with the sample types `wait/nanoseconds` and `waits/count`, like Go's
 * profile of blocking. The capture looked at every wait, so the period is one wait. The time is the sum over all
 * simultaneous waits; the duration is that of the capture.
 *
 * @throws AutodumpError `INVALID` if it is no such profile
 */
export function waitProfileToPprof(profile: CpuProfile, options: PprofOptions = {}): Uint8Array {
  const { nodes, samples, duration, startTime } = readTimed(profile)
  const about = anObject((profile as { autodump?: unknown }).autodump ?? {}, 'autodump')
  countWaits(nodes, samples, aList(about.counts, 'autodump.counts'))
  const watched = about.watchedMs === undefined ? duration : aNumber(about.watchedMs, 'autodump.watchedMs') * 1000
  if (watched < 0) throw broken('autodump.watchedMs', 'must not be negative')
  return encodePprof(
    {
      sampleTypes: [
        ['wait', 'nanoseconds'],
        ['waits', 'count'],
      ],
      defaultType: 'wait',
      periodType: ['waits', 'count'],
      period: 1,
      durationNanos: nanos(watched),
      samples: [...nodes.values()]
        .filter(({ count }) => count > 0)
        .map(node => ({ node, values: [nanos(node.micros), node.count] })),
    },
    // Its clock is that of the machine.
    { time: startTime / 1000, ...options },
  )
}

/** A sample covers all waits with one stack; the last one covers none, and only marks the end of the one before. */
function countWaits(nodes: Map<number, CpuNode>, samples: unknown[], counts: unknown[]): void {
  for (const node of nodes.values()) node.count = 0
  for (const [index, id] of samples.slice(0, -1).entries()) {
    const node = nodes.get(id as number) as CpuNode
    node.count += counts[index] === undefined ? 1 : aCount(counts[index], `autodump.counts.${index}`)
  }
}
