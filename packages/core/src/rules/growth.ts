import { preciseSize, rounded, span } from '../lib/units.js'

export interface Point {
  /** Monotonic milliseconds. */
  at: number
  /** Bytes: the lowest reading of this point. */
  low: number
  /** The highest. */
  high: number
  /** Monotonic milliseconds: all readings of the point are earlier. */
  ends: number
}

/** The verdict on a row of points. */
export interface Growth {
  /** Bytes per millisecond; `null` without steady growth. */
  slope: number | null
  /** Whether they grow enough for a leak, steadily or not. */
  grows: boolean
  /** The figures, so that a person can check them by hand. */
  words: string
}

/** Less time proves nothing: processes start, caches fill. */
const shortest = 45_000

/** Growth below this many bytes, or below this part of the first level, is not mentioned. */
const leastBytes = 32 * 1024 ** 2

const leastPart = 0.25

/**
 * This share of all pairs of points must rise. A sawtooth or a random walk has about half, a step in the noise three
 * quarters.
 */
const risingPairs = 0.9

/** A straight line must explain this share of the variance. It explains 75% of one step, 89% of two, 94% of three. */
const leastR2 = 0.95

/** The second half must be as steep as this part of the first one, else the growth levels off. */
const stillGrowing = 2 / 3

/** A leak that begins after a quiet time shows in this many of the newest points. */
const recently = 6

/** Where points are far apart it shows in fewer of them, which prove something if they grow by this part of the first. */
const doubled = 1

/**
 * Looks for steady growth in all of `points` and in the newest of them (oldest first).
 *
 * The test is Mann's and Kendall's (Mann 1945, "Nonparametric tests against trend"): how many pairs of points rise. The
 * slope is Theil's and Sen's (Sen 1968, "Estimates of the regression coefficient based on Kendall's tau"): the median of
 * the slopes between all pairs. Both are independent of the distribution of the noise. Both mistake steps and filling
 * caches for growth; the straight line and the two halves rule these out. A level that returns to the one of half an
 * hour ago is not a leak; `past` rules this out.
 *
 * @param fewest least number of points
 * @param past rows of points of the same metric that reach further back
 */
export function findGrowth(points: readonly Point[], fewest: number, past: readonly (readonly Point[])[] = []): Growth {
  const whole = growthOf(points, fewest, past)
  if (whole.slope !== null) return whole
  const newest = (count: number, part?: number): Growth =>
    points.length > count ? growthOf(points.slice(-count), count, [...past, points], part) : whole
  const recent = newest(recently)
  if (recent.slope !== null || fewest >= recently) return recent.slope === null ? whole : recent
  const latest = newest(fewest, doubled)
  return latest.slope === null ? whole : latest
}

function growthOf(
  points: readonly Point[],
  fewest: number,
  past: readonly (readonly Point[])[],
  part = leastPart,
): Growth {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length < fewest) return not(`${points.length} of ${fewest} points are there`)
  const time = last.at - first.at
  const went = `went from ${preciseSize(first.low)} to ${preciseSize(last.low)} in ${span(time)}`
  if (time < shortest) return not(`${went}, ${span(shortest)} are needed`)
  const least = Math.max(leastBytes, first.low * part)
  if (last.low - first.low < least) return not(`${went}, a leak grows by ${preciseSize(least)}`)

  const rising = risingOf(points)
  const pairs = (points.length * (points.length - 1)) / 2
  const rises = `rising in ${rising} of ${pairs} pairs of ${points.length} points`
  if (rising < risingPairs * pairs) return uneven(`${went}, but not steadily (${rises})`)

  const r2 = r2Of(points)
  if (r2 < leastR2) return uneven(`${went}, but not evenly (r² ${rounded(r2)})`)
  const half = Math.ceil(points.length / 2)
  if (slopeOf(points.slice(-half)) < stillGrowing * slopeOf(points.slice(0, half)))
    return uneven(`${went}, and levels off`)
  const highest = highestBefore(first.at, past)
  if (last.low < highest * (1 + leastPart)) return uneven(`${went}, and was at ${preciseSize(highest)} before`)

  const slope = slopeOf(points)
  const rate = `grew by ${preciseSize(slope * 60_000)} per minute`
  return {
    slope,
    grows: true,
    words: `${rate} over the last ${span(time)} (from ${preciseSize(first.low)} to ${preciseSize(last.low)}, ${rises}, r² ${rounded(r2)})`,
  }
}

const not = (words: string): Growth => ({ slope: null, grows: false, words })

const uneven = (words: string): Growth => ({ slope: null, grows: true, words })

// Loops instead of lists of pairs: this runs every five seconds for each memory metric, and the lists were most of its
// cost.

/** The share of rising pairs among all pairs of points. */
function risingOf(points: readonly Point[]): number {
  let rising = 0
  for (const [index, after] of points.entries())
    for (let before = 0; before < index; before++) if (after.low > (points[before] as Point).low) rising++
  return rising
}

/** The median of the slopes between all pairs of points. */
function slopeOf(points: readonly Point[]): number {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2)
  let pair = 0
  for (const [index, after] of points.entries())
    for (const before of points.slice(0, index))
      slopes[pair++] = (after.low - before.low) / Math.max(1, after.at - before.at)
  slopes.sort()
  const middle = slopes.length >> 1
  const upper = slopes[middle] ?? 0
  return slopes.length % 2 === 1 ? upper : (upper + (slopes[middle - 1] ?? 0)) / 2
}

/** The highest of all readings that ended before `at`. */
function highestBefore(at: number, past: readonly (readonly Point[])[]): number {
  let highest = 0
  for (const points of past) for (const { ends, high } of points) if (ends <= at && high > highest) highest = high
  return highest
}

/** The square of Pearson's correlation of bytes and time. */
function r2Of(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const at = mean(point => point.at)
  const low = mean(point => point.low)
  const both = mean(point => (point.at - at) * (point.low - low))
  return both ** 2 / (mean(point => (point.at - at) ** 2) * mean(point => (point.low - low) ** 2))
}
