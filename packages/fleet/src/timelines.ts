import type { Sample } from '@autodump/core'
import { type CompactSamples, samplesFrom, timesOf } from './compact-samples.js'
import type { DumpSamples } from './dump-samples.js'
import type { Listed } from './listed.js'

/** The samples of a process from all of its dumps, each once, oldest first. They are made while they are read. */
export interface Timeline extends Iterable<Sample> {
  size: number
  /** Epoch milliseconds of the first and the last one. */
  from: number
  to: number
  dumps: Listed[]
  /** The dump that has the sample. */
  dumpOf(index: number): Listed
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
  return [...processes.values()].flatMap(timelineOf)
}

/** The samples of a dump that are new beside the dumps before it. */
interface Piece {
  listed: Listed
  samples: CompactSamples
  /** Index of its first new sample in the dump, and in the timeline. */
  first: number
  start: number
}

/** None without samples. */
function timelineOf(dumps: readonly DumpSamples[]): Timeline[] {
  const pieces: Piece[] = []
  const gaps = new Set<number>()
  let size = 0
  let to = Number.NEGATIVE_INFINITY
  for (const { listed, samples } of dumps.toSorted((a, b) => a.listed.at - b.listed.at)) {
    const at = timesOf(samples)
    const first = at.findIndex(moment => moment > to)
    if (first === -1) continue
    if (size > 0 && (at[first] as number) - to > late * intervalOf(at)) gaps.add(size)
    pieces.push({ listed, samples, first, start: size })
    size += at.length - first
    to = at.at(-1) as number
  }
  const [oldest] = pieces
  if (!oldest) return []
  return [
    {
      ...{ size, gaps, to, from: oldest.samples.figures[oldest.first] as number },
      dumps: pieces.map(({ listed }) => listed),
      dumpOf: index => (pieces.findLast(({ start }) => start <= index) as Piece).listed,
      *[Symbol.iterator]() {
        for (const { samples, first } of pieces) yield* samplesFrom(samples, first)
      },
    },
  ]
}

/** Milliseconds between two samples: the median, as a process that stood still leaves long ones. */
function intervalOf(at: Float64Array): number {
  const distances = at.slice(1).map((moment, index) => moment - (at[index] as number))
  return distances.sort()[Math.floor(distances.length / 2)] ?? 1000
}
