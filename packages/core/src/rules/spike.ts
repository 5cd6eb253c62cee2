import { rounded, roundedBeside, withUnit } from '../lib/units.js'
import type { Unit } from '../model/metric.js'
import { belowMin, type Comparison } from './compare.js'
import { type History, stepDeviationOf } from './history.js'
import { learn, type Noise, noNoise, usualDistance } from './noise.js'
import { type Peak, usualPeaks, withPeak } from './peaks.js'
import { noRise, type Rise, steadyClimb, withSample } from './rise.js'

/** What the spike rule remembers beyond the history: at most 20 figures and a few more. Never changed in place. */
export interface SpikeMemory {
  /** How far the samples usually lie from the mean. */
  readonly noise: Noise
  /** The last spikes, for what comes again and again. */
  readonly peaks: readonly Peak[]
  /** For what grows too slowly to stand out from the last samples. */
  readonly rise: Rise
}

export const noSpikes: SpikeMemory = { noise: noNoise, peaks: [], rise: noRise }

/** The samples just before the one that is judged. */
export interface Recent {
  /** At least two, oldest first. */
  history: History
  mean: number
  deviation: number
  /** Length of a full history. */
  size: number
  /** Number of the sample that is judged, since the start. */
  sample: number
}

/**
 * A spike must lie farther above the mean than noise does. What counts as noise is `usual` distances, as they were over
 * the last minutes, and no fewer than `local` deviations of the history, for noise that has just begun. While it is not
 * known what is usual, the history alone must do: of so few samples the textbook 3 deviations are crossed by normal
 * noise once in about 100 samples (Student's t), and `unknown` once in 7,000. `decisions/031` has what was measured.
 */
const noiseFactors = { usual: 4.25, local: 2, unknown: 6 }

/**
 * From this multiple of the mean on, the noise is measured by the steps between the samples where these are smaller: a
 * pile-up widens the deviation as it climbs and would hide in it, while its steps stay even.
 */
const pileUpFactor = 2

/** What a sample has to exceed to be a spike, and what that is made of. */
interface SpikeLine {
  /** In the unit of the metric. */
  line: number
  /** The same without regard to noise. */
  percentLine: number
  /** What the percentage is above. */
  mean: number
  noise: ReturnType<typeof noiseOf>
  /** The means of the steady climb that the sample belongs to, oldest first; then `mean` is the one from before it. */
  climb: readonly number[] | null
}

/**
 * `spike` percent above the mean of the samples before, and beyond their noise. It depends on the sample itself in two
 * ways: in a steady climb the mean is the one from before the climb, and a pile-up is held against smaller noise.
 */
function spikeLineOf(value: number, spike: number, recent: Recent, memory: SpikeMemory): SpikeLine {
  const noise = noiseOf(value, recent, usualDistance(memory.noise, recent.size))
  // The size of the mean, not the mean: percent above a negative mean would be below it.
  const percentOver = (mean: number) => mean + (Math.abs(mean) * spike) / 100
  const lineOver = (mean: number) => mean + Math.max((Math.abs(mean) * spike) / 100, noise.reach)
  const steady = steadyClimb(memory.rise)
  const start = steady?.[0] ?? Number.POSITIVE_INFINITY
  const isClimb = value > recent.mean && value <= lineOver(recent.mean) && value > lineOver(start)
  const mean = isClimb ? start : recent.mean
  return { line: lineOver(mean), percentLine: percentOver(mean), mean, noise, climb: isClimb ? steady : null }
}

/**
 * More than `spike` percent above the mean of the samples before, beyond their noise, at or above `min`, and higher than
 * the spikes that keep coming.
 */
export function compareSpike(
  value: number,
  min: number,
  spike: number,
  recent: Recent,
  memory: SpikeMemory,
  unit: Unit,
): Comparison {
  const { history, size } = recent
  const { line, percentLine, mean, noise, climb } = spikeLineOf(value, spike, recent, memory)
  if (value < min) return { matches: false, line, words: belowMin(value, min, unit) }

  const from = climb ? ` before a steady climb (${climb.map(rounded).join(', ')})` : ''
  const averageOf = (figure: string) =>
    `the mean ${withUnit(figure, unit)} of ${climb ? size : history.length} samples${from}`
  if (value <= mean) {
    const shown = roundedBeside(value, mean)
    const average = averageOf(roundedBeside(mean, Number(shown)))
    return { matches: false, line, words: `${withUnit(shown, unit)} is not above ${average}` }
  }

  const above = ((value - mean) / Math.abs(mean)) * 100
  const percent = mean === 0 ? '' : `${roundedBeside(above, spike)}% `
  // What is shown must compare as what is behind it does.
  const shown = roundedBeside(value, line)
  const edge = roundedBeside(mean + noise.reach, Number(shown))
  const risen = `${withUnit(shown, unit)} is ${percent}above ${averageOf(rounded(mean))}`
  if (value <= percentLine) return { matches: false, line, words: `${risen}, spike needs ${spike}%` }

  const beyond = `${noise.words()} above it is ${withUnit(edge, unit)}`
  if (value <= line) return { matches: false, line, words: `${risen}, but within the noise (${beyond})` }
  const words = `${risen}, spike needs ${spike}% and more than the noise (${beyond})`
  return { matches: true, line, words, usual: usualWords(value, recent, memory, unit) }
}

function usualWords(value: number, { sample, size }: Recent, { peaks }: SpikeMemory, unit: Unit): string | null {
  const usual = usualPeaks(peaks, value, sample, size)
  if (!usual) return null
  const heights = usual.alike.map(peak => withUnit(roundedBeside(peak.value, usual.enough), unit)).join(', ')
  return `but ${usual.alike.length} spikes of the last ${usual.within} samples reached 90% of that (${heights})`
}

/** What the rules made of a sample. */
interface Lesson {
  /** It was a spike, be it usual or not. */
  spike: boolean
  /** It was so for `hold` samples in a row. */
  held: boolean
  /** Whether a climb says something: not of memory, which climbs from one collection to the next. */
  climbs: boolean
}

/** `memory` with one more sample. */
export function learnSample(
  { noise, peaks, rise }: SpikeMemory,
  value: number,
  { history, mean, deviation, size, sample }: Recent,
  { spike, held, climbs }: Lesson,
): SpikeMemory {
  const isKnown = history.length >= size
  return {
    noise: isKnown ? learn(noise, { distance: value - mean, deviation, size, spike }) : noise,
    peaks: held ? withPeak(peaks, value, sample, size) : peaks,
    rise: climbs ? withSample(rise, value, size) : rise,
  }
}

/** How far above the mean noise may reach, and how that comes about. */
function noiseOf(value: number, { history, mean, deviation }: Recent, usual: number | null) {
  const pilesUp = value > mean + Math.abs(mean) * (pileUpFactor - 1)
  const steps = pilesUp ? (stepDeviationOf(history) as number) : deviation
  const local = steps < deviation ? { size: steps, name: 'step deviation ' } : { size: deviation, name: '' }
  const reach = (factor: number, size: number, name: string) => ({
    reach: factor * size,
    words: () => `${factor} × ${name}${rounded(size)}`,
  })
  if (usual === null) return reach(noiseFactors.unknown, local.size, local.name)
  if (noiseFactors.usual * usual > noiseFactors.local * local.size)
    return reach(noiseFactors.usual, usual, 'the usual distance ')
  return reach(noiseFactors.local, local.size, local.name)
}
