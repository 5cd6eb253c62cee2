import type { Sample } from '@autodump/core'
import type { DumpSamples } from './dump-samples.js'
import type { Listed } from './listed.js'

/** The samples of a process from all of its dumps, each once, oldest first. */
export interface Timeline {
  samples: Sample[]
  /** Of each sample: the dump that has it. */
  dumps: Listed[]
  /** Indices of samples before which others are missing. */
  gaps: Set<number>
}

/** A sample that comes later than so many intervals after the one before leaves a gap. */
const late = 3

/** Dumps of one process overlap where they follow each other fast; between others nothing was kept. */
export function timelinesOf(dumps: readonly DumpSamples[]): Timeline[] {
  const processes = new Map<string, DumpSamples[]>()
  for (const dump of dumps) {
    const known = processes.get(dump.process)
    if (known) known.push(dump)
    else processes.set(dump.process, [dump])
  }
  return [...processes.values()].map(timelineOf)
}

function timelineOf(dumps: readonly DumpSamples[]): Timeline {
  const timeline: Timeline = { samples: [], dumps: [], gaps: new Set() }
  for (const { listed, samples } of dumps.toSorted((a, b) => a.listed.at - b.listed.at)) {
    const last = timeline.samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY
    const fresh = samples.filter(({ at }) => at > last)
    const [first] = fresh
    if (!first) continue
    if (timeline.samples.length > 0 && first.at - last > late * intervalOf(samples))
      timeline.gaps.add(timeline.samples.length)
    for (const sample of fresh) {
      timeline.samples.push(sample)
      timeline.dumps.push(listed)
    }
  }
  return timeline
}

/** Milliseconds between two samples: the median, as a process that stood still leaves long ones. */
function intervalOf(samples: readonly Sample[]): number {
  const distances = samples.slice(1).map(({ at }, index) => at - (samples[index]?.at ?? at))
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 1000
}
