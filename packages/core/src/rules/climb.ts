import { preciseSize, span } from '../lib/units.js'

/** A level that the metric reached and kept. */
export interface Mark {
  /** Monotonic milliseconds at which it was first seen. */
  at: number
  bytes: number
}

/** The memory of a metric that shows a climb in steps: a few numbers, however long it runs. Never changed in place. */
export interface Climb {
  /** Monotonic milliseconds of the first reading; `null` before it. */
  readonly began: number | null
  /** The highest reading since the start. */
  readonly highest: number
  /** The highest level that was given back. */
  readonly summit: number
  /** The lower one of the last two readings: memory in a single reading may be alive only in passing. */
  readonly level: number
  readonly last: number
  /** The base for doubling, then each level reached since, lowest first; empty during warm-up. */
  readonly marks: readonly Mark[]
  /** The meaning of the first mark. */
  readonly since: keyof typeof words
}

const words = {
  'warm-up': 'when it had warmed up',
  dump: 'at the last dump',
  fall: 'to which it had fallen since',
}

export const noClimb: Climb = { began: null, highest: 0, summit: 0, level: 0, last: 0, marks: [], since: 'warm-up' }

/** Milliseconds after the first reading in which a process fills its memory. */
const warmUp = 60_000

/** A new mark lies above the one before by this part and this many bytes, and comes this many milliseconds later. */
const rise = 1 / 8

const leastRise = 8 * 1024 ** 2

const apart = 60_000

/** A level below this part of a mark means that the mark was given back: requests in flight, a job, a dropped cache. */
const givenBack = 0.9

/** Marks to keep; with more, every second one is forgotten. */
const kept = 24

/** `climb` with the memory that stays after a garbage collection, read at `at` (monotonic milliseconds). */
export function climbed(climb: Climb, bytes: number, at: number): Climb {
  const began = climb.began ?? at
  const highest = Math.max(climb.highest, bytes)
  const summit = bytes < highest * givenBack ? highest : climb.summit
  const level = Math.min(bytes, climb.began === null ? bytes : climb.last)
  const { marks, since } = at - began < warmUp ? climb : marksAt(climb, bytes, level, at)
  return { began, highest, summit, level, last: bytes, marks, since }
}

/** The marks that a reading keeps, and the one that it may add. */
function marksAt(climb: Climb, bytes: number, level: number, at: number): Pick<Climb, 'marks' | 'since'> {
  const highestMark = climb.marks.at(-1)
  const isGivenBack = highestMark !== undefined && bytes < highestMark.bytes * givenBack
  const left = isGivenBack ? climb.marks.filter(mark => bytes >= mark.bytes * givenBack) : climb.marks
  const top = left.at(-1)
  const isStep = top && level >= top.bytes + Math.max(leastRise, top.bytes * rise) && at - top.at >= apart
  if (top && !isStep && !isGivenBack) return climb
  const since = !top && climb.marks.length > 0 ? 'fall' : climb.since
  return { since, marks: !top || isStep ? thinned([...left, { at, bytes: level }]) : left }
}

const thinned = (marks: readonly Mark[]): readonly Mark[] =>
  marks.length <= kept ? marks : marks.filter((_, index) => index % 2 === 0 || index === marks.length - 1)

/** After a dump of the metric: doubling counts from here. */
export function climbDumped(climb: Climb, at: number): Climb {
  return climb.began === null ? climb : { ...climb, marks: [{ at, bytes: climb.level }], since: 'dump' }
}

/** A capture of our own has left `step` bytes behind: this is not a step of the app. */
export function climbRaised(climb: Climb, step: number): Climb {
  const marks = climb.marks.map(mark => ({ ...mark, bytes: mark.bytes + step }))
  const { highest, summit, level, last } = climb
  return { ...climb, highest: highest + step, summit: summit + step, level: level + step, last: last + step, marks }
}

/** The level must be this many times the first mark. */
const doubled = 2

const leastBytes = 32 * 1024 ** 2

/** Steps needed: a process that is deployed, gets its traffic and fills a cache takes two or three. */
const fewest = 4

/** Milliseconds for which the metric must have climbed. */
const shortest = 1_200_000

/** The last third of the time must have its share of the gain, less a fifth: else the climb levels off. */
const lastThird = (1 / 3) * (4 / 5)

export interface ClimbFinding {
  /** Bytes per millisecond; `null` if the climb does not have to end at the limit. */
  slope: number | null
  /** `212 MiB is a new high-water mark and 2.1 times the 101 MiB at the last dump`; `null` if it has not doubled. */
  words: string | null
}

/**
 * Whether the level at `at` (monotonic milliseconds) has doubled and is a new high-water mark, and whether it got there
 * in steps that never end. Doubling alone proves nothing (`decisions/034`): every process doubles once or twice in its
 * life.
 */
export function findClimb({ marks, summit, since, level }: Climb, at: number): ClimbFinding {
  const [base, first] = marks
  if (!base || !first) return { slope: null, words: null }
  const gained = level - base.bytes
  const isMore = level >= doubled * base.bytes && gained >= leastBytes
  // A level that returns to an earlier one, with some noise above, is not a new mark.
  if (!isMore || level < summit * (1 + rise)) return { slope: null, words: null }
  const times = Number((level / base.bytes).toFixed(1))
  const more = `${preciseSize(level)} is a new high-water mark and ${times} times the ${preciseSize(base.bytes)} ${words[since]}`

  const steps = marks.length - 1
  const top = marks.at(-1) as Mark
  // The level may have stood still for hours before the first step; that step counts as no slower than the rest.
  const start = Math.max(base.at, first.at - (top.at - first.at) / Math.max(1, steps - 1))
  const time = at - start
  if (steps < fewest || time < shortest) return { slope: null, words: more }
  const before = marks.findLast(mark => mark.at <= at - time / 3) ?? base
  const lately = level - before.bytes
  if (lately < lastThird * gained)
    return {
      slope: null,
      words: `${more}, of which only ${preciseSize(lately)} came within the last ${span(time / 3)}`,
    }
  return { slope: gained / time, words: `${more}, in ${steps} steps within ${span(time)}, none of them given back` }
}
