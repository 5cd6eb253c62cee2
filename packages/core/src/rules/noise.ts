/**
 * How far the samples of a metric usually lie from the mean of those before them: the mean of the squared distances,
 * of the first `memory` samples alike and from then on exponentially weighted (EWMA; the older, the less). It knows the
 * noise far better than the ten samples do that the moving mean is made of.
 */
export interface Noise {
  /** How many distances it has seen, as far as that counts. */
  readonly samples: number
  /** The weighted mean of their squares. */
  readonly square: number
  /** For so many samples a spike is still in the history: they are distances from it and not noise. */
  readonly unsettled: number
}

export const noNoise: Noise = { samples: 0, square: 0, unsettled: 0 }

/** So many times the length of the history back, a sample has lost two thirds of its weight. */
const memoryFactor = 30

/** Twice the length of the history: before that the distances are too few to say what is usual. */
const knownFactor = 2

/** A distance counts at most as so many usual ones, or one anomaly would make the next look usual. */
const most = 4

/** What there is to learn from a sample. */
interface Lesson {
  /** From the mean of the history. */
  distance: number
  /** Of the history: noise that grows is in there first, and by that it is let in. */
  deviation: number
  /** Length of the history. */
  size: number
  /** The sample is a spike. */
  spike: boolean
}

/**
 * `noise` with one more distance. A spike, and what follows it until the history has forgotten it, has the small weight
 * of old age from the start: seen once it changes little, and one that comes every minute is usual after some minutes.
 */
export function learn(noise: Noise, { distance, deviation, size, spike }: Lesson): Noise {
  const memory = memoryFactor * size
  const samples = Math.min(noise.samples + 1, memory)
  const unsettled = spike ? size : Math.max(0, noise.unsettled - 1)
  const counted = Math.min(Math.abs(distance), most * Math.max(Math.sqrt(noise.square), deviation))
  const weight = unsettled > 0 ? 1 / memory : 1 / samples
  return { samples, square: noise.square + weight * (counted ** 2 - noise.square), unsettled }
}

/** Root mean square of the distances; `null` while they are too few. */
export function usualDistance({ samples, square }: Noise, size: number): number | null {
  return samples < knownFactor * size ? null : Math.sqrt(square)
}
