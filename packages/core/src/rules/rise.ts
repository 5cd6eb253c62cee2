/** What is remembered of the samples to see them climb for long. Never changed in place. */
export interface Rise {
  /** Sum and number of the samples that are not part of a mean yet. */
  readonly sum: number
  readonly count: number
  /** Means of a history each, one after the other and each above the one before, oldest first. */
  readonly means: readonly number[]
}

export const noRise: Rise = { sum: 0, count: 0, means: [] }

/**
 * So many means in a row make a steady climb. Chance puts eight independent figures in order once in 40,000 times; growth
 * of 1% a sample, a tenth from mean to mean, does it also with noise of a tenth on every sample.
 */
const fewest = 8

/** Means kept: what takes longer than a hundred samples is a season, and no climb. */
const kept = 10

/** `rise` with one more sample. @param size length of the history */
export function withSample({ sum, count, means }: Rise, value: number, size: number): Rise {
  if (count + 1 < size) return { sum: sum + value, count: count + 1, means }
  const mean = (sum + value) / size
  const last = means.at(-1)
  return { sum: 0, count: 0, means: last !== undefined && mean > last ? [...means.slice(1 - kept), mean] : [mean] }
}

/** The means of a steady climb, oldest first; `null` where there is none. */
export const steadyClimb = ({ means }: Rise): readonly number[] | null => (means.length < fewest ? null : means)
