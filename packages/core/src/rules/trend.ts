import { type Climb, climbDumped, climbed, climbRaised, noClimb } from './climb.js'
import { findGrowth, type Growth, type Point } from './growth.js'

/**
 * The scales for growth: milliseconds that one point stands for, and the number of points needed. Fast leaks show on
 * the first within a minute, slow ones on the last within half an hour. Four points are few: each must be above the one
 * before; there is no hurry on the others.
 */
const scales = [
  { width: 5_000, fewest: 4 },
  { width: 30_000, fewest: 8 },
  { width: 180_000, fewest: 8 },
]

/** Points to keep on each scale. */
const kept = 12

/**
 * The memory of a memory metric that shows its growth: at most 36 points, at any sample rate. Never changed in place.
 */
export interface Trend {
  readonly scales: readonly (readonly Point[])[]
  /** The verdict on the points of each scale when its newest one began. */
  readonly growth: readonly Growth[]
  /** The last reading: monotonic milliseconds and bytes. */
  readonly last: { at: number; bytes: number } | null
  /** Whether a capture of our own has ended since. */
  readonly disturbed: boolean
  /** The steps in which it grew, for memory that is given back when unused. */
  readonly climb: Climb
}

/** Memory that would stay after a full garbage collection. */
export interface LiveMemory {
  /** The subject of the growth, in words. */
  what: string
  bytes: number
  /** Bytes left until the limit. */
  room: number
  /** The limit, in words. @default the one that the metric is a percentage of */
  limit?: string
  /** Whether a capture of our own leaves it larger for good. */
  sticky: boolean
}

export const noTrend: Trend = {
  scales: scales.map(() => []),
  growth: [],
  last: null,
  disturbed: false,
  climb: noClimb,
}

/** `trend` with a reading taken at `at` (monotonic milliseconds). The lowest reading within a slot is its point. */
export function observe(trend: Trend, { bytes, sticky }: LiveMemory, at: number): Trend {
  // A clock that was set back would put the points out of order: start again.
  const known = trend.last && at < trend.last.at ? noTrend : trend
  // Memory left behind by our own capture is not growth: it raises the points before.
  const step = known.disturbed && sticky && known.last ? bytes - known.last.bytes : 0
  const next = readingAdded(step === 0 ? known.scales : known.scales.map(slots => raised(slots, step)), bytes, at)
  const last = { at, bytes }
  const climb = climbed(step === 0 ? known.climb : climbRaised(known.climb, step), bytes, at)
  const begins = (scale: number) => next[scale]?.at(-1)?.ends !== known.scales[scale]?.at(-1)?.ends
  // The widths are multiples of each other: if no slot of the narrowest begins, none does.
  if (next === known.scales || !begins(0)) return { scales: next, growth: known.growth, last, disturbed: false, climb }

  const growth = scales.map(({ fewest }, scale) => {
    const before = known.growth[scale]
    return before && !begins(scale) ? before : findGrowth(next[scale] as readonly Point[], fewest, next)
  })
  return { scales: next, growth, last, disturbed: false, climb }
}

/** After a dump of the metric at `at` (monotonic milliseconds). */
export function dumped(trend: Trend, at: number): Trend {
  return { ...trend, climb: climbDumped(trend.climb, at) }
}

/**
 * `rows` with one reading: the very same rows if it lies within the range of their newest points, as most readings do.
 */
function readingAdded(rows: Trend['scales'], bytes: number, at: number): Trend['scales'] {
  const isWithin = rows.every(slots => {
    const open = slots.at(-1)
    return open !== undefined && at < open.ends && bytes >= open.low && bytes <= open.high
  })
  if (isWithin) return rows
  return rows.map((slots, scale) => append(slots, bytes, at, (scales[scale] as { width: number }).width))
}

function append(slots: readonly Point[], bytes: number, at: number, width: number): readonly Point[] {
  const open = slots.at(-1)
  if (!open || at >= open.ends) {
    const ends = (Math.floor(at / width) + 1) * width
    return [...slots.slice(1 - kept), { at, ends, low: bytes, high: bytes }]
  }
  if (bytes >= open.low && bytes <= open.high) return slots
  const isLowest = bytes < open.low
  const point = {
    at: isLowest ? at : open.at,
    ends: open.ends,
    low: isLowest ? bytes : open.low,
    high: Math.max(open.high, bytes),
  }
  return slots.with(-1, point)
}

const raised = (slots: readonly Point[], step: number): readonly Point[] =>
  slots.map(slot => ({ ...slot, low: slot.low + step, high: slot.high + step }))
