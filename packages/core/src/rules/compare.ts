import { roundedBeside, span, withUnit } from '../lib/units.js'
import type { Unit } from '../model/metric.js'
import { findClimb } from './climb.js'
import type { LiveMemory, Trend } from './trend.js'

/** A value and its distance to the line of a rule. */
export interface Comparison {
  matches: boolean
  /** The line that the value had to reach, in the unit of the metric; `null` if the rule does not compare the value. */
  line: number | null
  /** The figures, so that a person can check them by hand. */
  words: string
  /** Whether a rule that had its dump may have another one. @default true where it does not match */
  fallenBack?: boolean
  /** Why a matching value is nothing new, in words. */
  usual?: string | null
  /** What it is, if that matters only once it has gone on for so many milliseconds. @default it matters at once */
  lasts?: { ms: number; what: string } | null
  /** The value would match, but has only returned to an earlier level. @default false */
  returned?: boolean
}

/** At or above `watermark`, and at or above `min`. */
export function compareWatermark(value: number, min: number, watermark: number, unit: Unit): Comparison {
  if (value < min) return { matches: false, line: watermark, words: belowMin(value, min, unit) }
  const matches = value >= watermark
  const words = `${withUnit(roundedBeside(value, watermark), unit)} is ${matches ? 'at or above' : 'below'} the watermark ${withUnit(String(watermark), unit)}`
  return { matches, line: watermark, words }
}

/**
 * Growth that reaches the limit within `leak` milliseconds: steady on any of the scales, or in steps that doubled the
 * level.
 */
export function compareLeak(
  leak: number,
  trend: Trend,
  { what, room, limit = 'limit', sticky }: LiveMemory,
): Comparison {
  const fastest = fastestOf(trend.growth)
  const climb = findClimb(trend.climb, trend.last?.at ?? 0)
  // A leak that wavers for a moment is still the dumped one.
  const fallenBack = !trend.growth.some(({ grows }) => grows)
  // Memory that an allocator keeps climbs in any process whose load climbs: the rule mentions it, without an alarm.
  const stepwise = sticky ? null : climb.slope
  const inSteps = (stepwise ?? 0) > (fastest?.slope ?? 0)
  const slope = inSteps ? stepwise : (fastest?.slope ?? null)
  const more = climb.words ? `; ${climb.words}` : ''
  if (slope === null)
    return { matches: false, line: null, words: `${what} ${trend.growth[0]?.words}${more}`, fallenBack }
  const left = Math.max(0, room) / slope
  const matches = left <= leak
  const far = `the ${limit} is ${span(left)} away, leak needs ${matches ? 'at most' : 'it within'} ${span(leak)}`
  const words = inSteps ? `${what} of ${climb.words}: ${far}` : `${what} ${fastest?.words}: ${far}${more}`
  return { matches, line: null, words, fallenBack }
}

/** The growth with the highest slope; `undefined` if none is steady. */
function fastestOf(growth: Trend['growth']): Trend['growth'][number] | undefined {
  let fastest: Trend['growth'][number] | undefined
  for (const one of growth) if (one.slope !== null && (!fastest || one.slope > (fastest.slope as number))) fastest = one
  return fastest
}

export const belowMin = (value: number, min: number, unit: Unit) =>
  `${withUnit(roundedBeside(value, min), unit)} is below min ${withUnit(String(min), unit)}`
