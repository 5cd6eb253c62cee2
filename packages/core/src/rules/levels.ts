/**
 * The past levels of a metric: successive means, each over one length of the history. They tell the spike rule where a
 * slow rise began, and that a load has only come back. Never changed in place.
 */
export interface Levels {
  /** Sum and number of the samples that are not in a mean yet. */
  readonly sum: number
  readonly count: number
  /** Oldest first. */
  readonly means: readonly number[]
  /** This many of the newest means count for `low`; below 0 while a dumped rise goes on. */
  readonly since: number
  /** The lowest recent mean, from which a slow rise began; `null` if there is none. */
  readonly low: number | null
  /** The highest level that lasted for two means in a row; `null` if there is none. */
  readonly held: number | null
  /** The same of the means before `low`. */
  readonly heldBefore: number | null
}

export const noLevels: Levels = { sum: 0, count: 0, means: [], since: 0, low: null, held: null, heldBefore: null }

/** A rise may have begun this many means back: a rise over more than a hundred samples is a season. */
export const riseMeans = 8

/** The level of a load before it went away is known for this many means: a deployment, a restart, a pause. */
export const heldMeans = 10

/** `levels` with one more sample. @param size length of the history */
export function withSample(levels: Levels, value: number, size: number): Levels {
  const sum = levels.sum + value
  const count = levels.count + 1
  if (count < size) {
    // Each sample comes here, and a spread takes longer than all the rest of it.
    const { means, since, low, held, heldBefore } = levels
    return { sum, count, means, since, low, held, heldBefore }
  }
  const mean = sum / size
  const goesOn = levels.since < 0 && mean > (levels.means.at(-1) ?? Number.POSITIVE_INFINITY)
  const since = goesOn ? levels.since : Math.min(riseMeans, Math.max(0, levels.since) + 1)
  const means = [...levels.means.slice(1 - heldMeans), mean]
  const low = since < 0 ? null : Math.min(...means.slice(-since))
  const heldBefore = low === null ? null : heldOf(means.slice(0, means.lastIndexOf(low)))
  return { sum: 0, count: 0, means, since, low, held: heldOf(means), heldBefore }
}

/** After a dump the same rise no longer counts, until a mean that is not above the last one ends it. */
export const risesAnew = (levels: Levels): Levels => ({ ...levels, since: -1, low: null, heldBefore: null })

function heldOf(means: readonly number[]): number | null {
  let held: number | null = null
  let before = Number.NEGATIVE_INFINITY
  for (const mean of means) {
    const lower = Math.min(before, mean)
    if (lower > (held ?? Number.NEGATIVE_INFINITY)) held = lower
    before = mean
  }
  return held
}
