import { rounded, roundedBeside, sayAbove, withUnit } from '../lib/units.js'
import type { Unit } from '../model/metric.js'
import type { MetricInfo } from '../model/metric-info.js'
import { belowMin, type Comparison } from './compare.js'
import { type History, stepDeviationOf } from './history.js'
import { heldMeans, type Levels, noLevels, riseMeans, risesAnew, withSample } from './levels.js'
import { learn, type Noise, noNoise, usualDistance } from './noise.js'
import { type Peak, usualPeaks, withPeak } from './peaks.js'

/** The spike rule's memory beyond the history: at most 200 figures, most of them none. Never changed in place. */
export interface SpikeMemory {
  /** The usual distance of the samples from the mean. */
  readonly noise: Noise
  /** The last spikes, to recognise recurring ones. */
  readonly peaks: readonly Peak[]
  /**
   * The past levels, to recognise growth too slow to stand out from the last samples, and load that has only come back.
   */
  readonly levels: Levels
}

export const noSpikes: SpikeMemory = { noise: noNoise, peaks: [], levels: noLevels }

/** The samples just before the judged one. */
export interface Recent {
  /** At least two, oldest first. */
  history: History
  mean: number
  deviation: number
  /** Length of a full history. */
  size: number
  /** Number of the judged sample, since the start. */
  sample: number
  /** Its time, in milliseconds of any clock. */
  at: number
  /** Whether a slow rise means something: not for memory, which climbs from one collection to the next. */
  climbs: boolean
  /** What a short rise from near nothing must be to mean something. */
  shortRises?: MetricInfo['shortRises']
  /** Percent of the time since the sample before in which the app waited for a CPU. */
  unmet: number
}

/**
 * A spike must lie farther above the mean than noise does. The largest of these counts as noise:
 *
 * - `usual` distances over the last minutes; `young` ones while the tail of the noise is unknown
 * - `largest` times the largest distance: noise with a heavy tail goes far beyond any number of usual ones
 * - `local` deviations of the history, for noise that has just begun, by the steps between the samples where these are
 *   smaller: a rise widens the deviation as it climbs and would hide in it, while its steps stay even
 *
 * While the usual distance is unknown, the history alone must do: with so few samples, normal noise crosses the
 * textbook 3 deviations once in about 100 samples (Student's t), and `unknown` once in 7,000. `decisions/031` and `286`
 * have the measurements.
 */
const noiseFactors = { usual: 3.25, young: 4, largest: 1.2, local: 2, unknown: 6 }

/**
 * The factor by which a value must clear the noise if it is compared with the lowest mean, since that mean was chosen.
 */
const chosen = 1.2

/**
 * A slow rise goes on at no less than half of its pace, over all of the samples that are remembered. A level that was reached
 * long ago, e.g. while the app warmed up, is no rise any more.
 */
const pace = 0.25 / riseMeans

/** A mean to compare a sample with, and the line that a spike exceeds. All in the unit of the metric. */
interface Path {
  mean: number
  /** Without regard to noise. */
  percentLine: number
  noise: NoiseReach
  line: number
  /** A higher level that lasted before the load went away; `null` if there is none. */
  held: number | null
  /** The same as `line`, but above that level as well. */
  edge: number
  /** Whether `mean` is the mean before a rise. */
  rise: boolean
}

function pathOf(mean: number, spike: number, noise: NoiseReach, level: number | null, rise: boolean): Path {
  const held = level !== null && level > mean ? level : null
  // The size of the mean, not the mean: percent above a negative mean would be below it.
  const over = (base: number) => base + Math.max((Math.abs(base) * spike) / 100, noise.reach)
  const line = over(mean)
  const edge = held === null ? line : over(held)
  return { mean, percentLine: mean + (Math.abs(mean) * spike) / 100, noise, line, held, edge, rise }
}

/**
 * The mean that counts for `value`, and the line above which a value matches. It is the mean of the samples before or,
 * if a slow rise has dragged that along, the lowest recent mean.
 */
function compared(value: number, spike: number, recent: Recent, { noise, levels }: SpikeMemory) {
  const { low, held, heldBefore } = levels
  const reach = noiseOf(recent, noise)
  const plain = pathOf(recent.mean, spike, reach, held, false)
  if (!recent.climbs || low === null || low >= recent.mean) return { path: plain, line: plain.edge }
  const rise = pathOf(low, spike, beyond(reach), heldBefore, true)
  const stillRises = (recent.mean - pace * low) / (1 - pace)
  const isAbove = (edge: number) => value > Math.max(edge, stillRises)
  const isRise = value <= plain.edge && (isAbove(rise.edge) || (value <= plain.line && isAbove(rise.line)))
  return { path: isRise ? rise : plain, line: Math.min(plain.edge, Math.max(rise.edge, stillRises)) }
}

/**
 * More than `spike` percent above the mean of the samples before, beyond their noise, at or above `min`, higher than
 * the recurring spikes, and higher than the load was before it went away.
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
  const { path, line } = compared(value, spike, recent, memory)
  const { mean, noise, held, rise } = path
  if (value < min) return { matches: false, line, words: belowMin(value, min, unit) }

  const from = rise ? ` before it began to rise, within the last ${(riseMeans + 1) * size}` : ''
  const averageOf = (figure: string) =>
    `the mean ${withUnit(figure, unit)} of ${rise ? size : history.length} samples${from}`
  if (value <= mean) {
    return { matches: false, line, words: `${withUnit(value, unit)} is not above ${averageOf(rounded(mean))}` }
  }

  // The displayed figures must compare as the exact ones do.
  const shown = roundedBeside(value, path.line)
  const risen = `${withUnit(shown, unit)} is ${sayAbove(value, mean, spike)} ${averageOf(rounded(mean))}`
  if (value <= path.percentLine) return { matches: false, line, words: `${risen}, spike needs ${spike}%` }

  const edge = roundedBeside(mean + noise.reach, Number(shown))
  const reach = `${Number(noise.factor.toFixed(2))} × ${noise.name}${withUnit(noise.of, unit === 'percent' ? 'value' : unit)} above it is ${withUnit(edge, unit)}`
  if (value <= path.line) return { matches: false, line, words: `${risen}, but within the noise (${reach})` }
  const words = `${risen}, spike needs ${spike}% and more than the noise (${reach})`
  if (held !== null && value <= path.edge) {
    const before = `${withUnit(rounded(held), unit)} for ${2 * size} of the last ${(heldMeans + 1) * size} samples`
    const needed = withUnit(roundedBeside(path.edge, Number(shown)), unit)
    const returned = `${words}, but it has only come back: it was at ${before}, and a spike above that begins at ${needed}`
    return { matches: false, line, words: returned, returned: held > path.line }
  }
  const usual = usualWords(value, recent, memory, unit)
  return { matches: true, line, words, usual, lasts: mustLast(value, min, mean, recent, unit) }
}

/** What a short rise of a process that is nearly idle has to do to be a spike; `null` if this is none. */
function mustLast(
  value: number,
  min: number,
  mean: number,
  { shortRises: short, unmet }: Recent,
  unit: Unit,
): Comparison['lasts'] {
  if (!short || min < short.from || mean >= short.from) return null
  // What waits for a CPU gets less than it asks for: on a full machine a spin looks like a short rise.
  if (Math.max(value, unmet) >= short.to) return null
  const [from, to] = [withUnit(short.from, unit), withUnit(short.to, unit)]
  return { ms: short.ms, what: `a rise from below ${from} to less than ${to}` }
}

function usualWords(value: number, { sample, at, size }: Recent, { peaks }: SpikeMemory, unit: Unit): string | null {
  const usual = usualPeaks(peaks, { value, sample, at }, size)
  if (!usual) return null
  const heights = usual.alike.map(peak => withUnit(roundedBeside(peak.value, usual.enough), unit)).join(', ')
  return `but ${usual.alike.length} spikes ${usual.when} reached 90% of that (${heights})`
}

/** The rules' verdict on a sample. */
interface Lesson {
  /** Whether it was a spike, usual or not. */
  spike: boolean
  /** Whether it was a load that has come back: not noise, and not the start of a rise. */
  returned: boolean
  /** Whether it was a spike for `hold` samples in a row. */
  held: boolean
}

/** `memory` with one more sample. */
export function learnSample(
  { noise, peaks, levels }: SpikeMemory,
  value: number,
  { history, mean, deviation, size, sample, at }: Recent,
  { spike, returned, held }: Lesson,
): SpikeMemory {
  const isKnown = history.length >= size
  return {
    noise: isKnown ? learn(noise, { distance: value - mean, deviation, size, spike: spike || returned }) : noise,
    peaks: held ? withPeak(peaks, { value, sample, at }, size) : peaks,
    levels: withSample(returned ? risesAnew(levels) : levels, value, size),
  }
}

/** How far above the mean noise may reach, and the source of that figure. */
interface NoiseReach {
  /** `factor` times `of`, which names the measure. */
  reach: number
  factor: number
  of: number
  name: string
}

const beyond = ({ reach, factor, of, name }: NoiseReach): NoiseReach => ({
  reach: chosen * reach,
  factor: chosen * factor,
  of,
  name,
})

function noiseOf({ history, deviation, size, climbs }: Recent, noise: Noise): NoiseReach {
  const steps = climbs ? (stepDeviationOf(history) as number) : deviation
  const local = steps < deviation ? { of: steps, name: 'step deviation ' } : { of: deviation, name: '' }
  const usual = usualDistance(noise, size)
  if (usual === null) return reach(noiseFactors.unknown, local.of, local.name)
  const { largest } = noise
  const factor = largest === null ? noiseFactors.young : noiseFactors.usual
  const most = Math.max(factor * usual, noiseFactors.largest * (largest ?? 0), noiseFactors.local * local.of)
  if (most === factor * usual) return reach(factor, usual, 'the usual distance ')
  if (most === noiseFactors.local * local.of) return reach(noiseFactors.local, local.of, local.name)
  return reach(noiseFactors.largest, largest as number, 'the largest distance ')
}

const reach = (factor: number, of: number, name: string): NoiseReach => ({ reach: factor * of, factor, of, name })
