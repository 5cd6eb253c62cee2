import type { Unit } from '../metrics/catalog.js'
import { rounded, roundedBeside, span, withUnit } from './figures.js'
import { type History, stepDeviationOf } from './history.js'
import type { LiveMemory, Trend } from './trend.js'

/** A value beside the line of a rule. */
export interface Comparison {
  matches: boolean
  /** What the value had to reach, in the unit of the metric; `null` where it is not the value that counts. */
  line: number | null
  /** The figures, so that a person can check them by hand. */
  words: string
  /** Whether a rule that had its dump may have another one. @default true where it does not match */
  fallenBack?: boolean
}

/**
 * A spike must lie more than this many deviations above the mean, else it counts as noise.
 *
 * The textbook 3 is for a deviation that is known. One that is estimated from 10 samples makes it Student's t: normal
 * noise crosses 3 deviations once in about 100 samples, and 6 once in 7,000; `decisions/031` has what was measured.
 */
const noiseDeviations = 6

/**
 * From this multiple of the mean on, the noise is measured by the steps between the samples where these are smaller: a
 * pile-up widens the deviation as it climbs and would hide in it, while its steps stay even.
 */
const climbFactor = 2

/** At or above `watermark`, and at or above `min`. */
export function compareWatermark(value: number, min: number, watermark: number, unit: Unit): Comparison {
  if (value < min) return { matches: false, line: watermark, words: belowMin(value, min, unit) }
  const matches = value >= watermark
  const words = `${withUnit(roundedBeside(value, watermark), unit)} is ${matches ? 'at or above' : 'below'} the watermark ${withUnit(String(watermark), unit)}`
  return { matches, line: watermark, words }
}

/**
 * More than `spike` percent above the mean of the samples before, beyond their noise, and at or above `min`.
 * `history` has at least two samples, `mean` and `deviation` are theirs.
 */
export function compareSpike(
  value: number,
  min: number,
  spike: number,
  { history, mean, deviation }: { history: History; mean: number; deviation: number },
  unit: Unit,
): Comparison {
  // The size of the mean, not the mean: percent above a negative mean would be below it.
  const rise = (Math.abs(mean) * spike) / 100
  const noise = noiseOf(value, mean, history, deviation)
  const line = mean + Math.max(rise, noiseDeviations * noise.deviation)
  if (value < min) return { matches: false, line, words: belowMin(value, min, unit) }

  const average = `the mean ${withUnit(mean, unit)} of ${history.length} samples`
  if (value <= mean)
    return { matches: false, line, words: `${withUnit(roundedBeside(value, mean), unit)} is not above ${average}` }

  const above = ((value - mean) / Math.abs(mean)) * 100
  const percent = mean === 0 ? '' : `${roundedBeside(above, spike)}% `
  const risen = (beside: number) => `${withUnit(roundedBeside(value, beside), unit)} is ${percent}above ${average}`
  if (value <= mean + rise) return { matches: false, line, words: `${risen(mean + rise)}, spike needs ${spike}%` }

  const edge = roundedBeside(mean + noiseDeviations * noise.deviation, value)
  const beyond = `${noiseDeviations} × ${noise.name}${rounded(noise.deviation)} above it is ${withUnit(edge, unit)}`
  if (value <= line) return { matches: false, line, words: `${risen(line)}, but within the noise (${beyond})` }
  return { matches: true, line, words: `${risen(line)}, spike needs ${spike}% and more than the noise (${beyond})` }
}

/** Steady growth, on any of the scales, that reaches the limit within `leak` milliseconds. */
export function compareLeak(leak: number, trend: Trend, { what, room }: LiveMemory): Comparison {
  const steady = trend.growth.filter(({ slope }) => slope !== null)
  const [fastest] = steady.sort((a, b) => (b.slope as number) - (a.slope as number))
  // A leak that wavers for a moment is still the one that was dumped.
  const fallenBack = !trend.growth.some(({ grows }) => grows)
  if (!fastest) return { matches: false, line: null, words: `${what} ${trend.growth[0]?.words}`, fallenBack }
  const left = Math.max(0, room) / (fastest.slope as number)
  const matches = left <= leak
  const needs = `leak needs ${matches ? 'at most' : 'it within'} ${span(leak)}`
  return {
    matches,
    line: null,
    words: `${what} ${fastest.words}: the limit is ${span(left)} away, ${needs}`,
    fallenBack,
  }
}

function noiseOf(value: number, mean: number, history: History, deviation: number) {
  if (value > mean + Math.abs(mean) * (climbFactor - 1)) {
    const steps = stepDeviationOf(history) as number
    if (steps < deviation) return { deviation: steps, name: 'step deviation ' }
  }
  return { deviation, name: '' }
}

const belowMin = (value: number, min: number, unit: Unit) =>
  `${withUnit(roundedBeside(value, min), unit)} is below min ${withUnit(String(min), unit)}`
