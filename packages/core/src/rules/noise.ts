/**
 * The usual distance of a metric's samples from the mean of the samples before them, and the largest distance. Both
 * rest on far more samples than the ten in the moving mean.
 *
 * - The usual distance is the root of the mean square: of the first `memory` samples alike and from then on exponentially
 *   weighted (EWMA; the older, the less).
 * - The largest distance is the one of block maxima (Gumbel 1958, "Statistics of Extremes"): the highest of each ten
 *   histories. The second highest of these counts, so that no single event decides. It covers the tail of the noise
 *   without an assumption about its distribution.
 */
export interface Noise {
  /** The number of distances seen, up to the number that counts. */
  readonly samples: number
  /** The weighted mean of their squares. */
  readonly square: number
  /** A spike stays in the history for this many samples: they are distances from it and not noise. */
  readonly unsettled: number
  /** The largest distance above the mean in the open block, and the number of samples in the block. */
  readonly top: number
  readonly count: number
  /** The same of each block before, oldest first. */
  readonly tops: readonly number[]
  /** The second highest of them; `null` while there are too few. */
  readonly largest: number | null
}

export const noNoise: Noise = { samples: 0, square: 0, unsettled: 0, top: 0, count: 0, tops: [], largest: null }

/** A sample this many lengths of the history back has lost two thirds of its weight. */
const memoryFactor = 30

/** Twice the length of the history: with fewer distances the usual one is unknown. */
const knownFactor = 2

/** A distance counts at most as this many usual ones, or one anomaly would make the next look usual. */
const most = 4

/** Lengths of the history in a block. */
const blockFactor = 10

/** Least number of blocks: a thousand samples. With fewer the tail is unknown. */
const fewestBlocks = 10

/** Blocks to keep: the last 6,000 samples, which are 100 minutes at one a second. */
const keptBlocks = 60

/** The facts to learn from a sample. */
interface Lesson {
  /** From the mean of the history. */
  distance: number
  /** Deviation of the history: growing noise shows there first, and so counts as noise. */
  deviation: number
  /** Length of the history. */
  size: number
  /** The sample is a spike, or a load that has come back. */
  spike: boolean
}

/**
 * `noise` with one more distance. A spike, and the samples after it until the history has forgotten it, has the small
 * weight of old age from the start: a single spike changes little, and one that comes every minute is usual after some
 * minutes.
 */
export function learn(noise: Noise, { distance, deviation, size, spike }: Lesson): Noise {
  const memory = memoryFactor * size
  const samples = Math.min(noise.samples + 1, memory)
  const unsettled = spike ? size : Math.max(0, noise.unsettled - 1)
  const counted = Math.min(Math.abs(distance), most * Math.max(Math.sqrt(noise.square), deviation))
  const weight = unsettled > 0 ? 1 / memory : 1 / samples
  const square = noise.square + weight * (counted * counted - noise.square)
  const { tops, largest } = noise
  if (unsettled > 0) return { samples, square, unsettled, top: noise.top, count: noise.count, tops, largest }
  const top = Math.max(noise.top, distance)
  const count = noise.count + 1
  if (count < blockFactor * size) return { samples, square, unsettled, top, count, tops, largest }
  const more = [...tops.slice(1 - keptBlocks), top]
  return { samples, square, unsettled, top: 0, count: 0, tops: more, largest: secondHighest(more) }
}

/** Root mean square of the distances; `null` while there are too few. */
export function usualDistance({ samples, square }: Noise, size: number): number | null {
  return samples < knownFactor * size ? null : Math.sqrt(square)
}

function secondHighest(tops: readonly number[]): number | null {
  if (tops.length < fewestBlocks) return null
  return tops.toSorted((a, b) => b - a)[1] as number
}
