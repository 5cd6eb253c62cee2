import type { Sample } from '@autodump/core'

/**
 * The part of samples that the rules look at, in one piece of memory: a tenth of what objects take, and of what an array
 * for each metric would cost beside its bytes. Never changed.
 */
export interface CompactSamples {
  /** The times in epoch milliseconds, oldest first, then the columns. `NaN`: there is no reading. */
  figures: Float64Array
  /** `capturing` and `starting` of each sample. */
  flags: Uint8Array
  /** Where the column of a metric, or of a part of a sample (`parts`), begins. */
  columns: Map<string, number>
  /** The figure of the columns in which all samples have the same. */
  constants: Map<string, number>
}

/** The samples of a dump, and the process that they are of. */
export interface KnownSamples {
  /** The same for all dumps of one process. */
  process: string
  samples: CompactSamples
}

const capturing = 1
const starting = 2

/** What is no value of a metric, by names that no metric has. */
const parts = {
  '.helpers': ({ cpuThreads }: Sample) => cpuThreads?.helpers,
  '.waited': ({ cpuWait }: Sample) => cpuWait?.waited,
  '.blockedFor': ({ blockedFor }: Sample) => blockedFor,
}

const isPart = (name: string) => name.startsWith('.')

/** Metrics of one dump: a manifest with more is none of ours. */
const mostMetrics = 200

/** Somebody else may have written the samples: what is none is left out. */
export function compactSamples(given: unknown): CompactSamples {
  const samples = (Array.isArray(given) ? given : []).filter(isSample).sort((a, b) => a.at - b.at)
  const metrics = new Set<string>()
  for (const { values } of samples) for (const metric in values) if (!isPart(metric)) metrics.add(metric)
  const columns = new Map<string, number>()
  const constants = new Map<string, number>()
  const figures = samples.map(({ at }) => at)
  const add = (name: string, figureOf: (sample: Sample) => unknown) => {
    const column = samples.map(sample => numberOf(figureOf(sample)))
    const [first = Number.NaN] = column
    if (column.every(figure => Object.is(figure, first))) {
      constants.set(name, first)
      return
    }
    columns.set(name, figures.length)
    for (const figure of column) figures.push(figure)
  }
  for (const metric of [...metrics].slice(0, mostMetrics)) add(metric, ({ values }) => values[metric])
  for (const [name, figureOf] of Object.entries(parts)) add(name, figureOf)
  return { figures: Float64Array.from(figures), flags: Uint8Array.from(samples, flagsOf), columns, constants }
}

/** Milliseconds: no date is farther from 1970. */
const lastMoment = 8.64e15

const isSample = (one: Sample | null): one is Sample =>
  Number.isFinite(one?.at) &&
  Math.abs((one as Sample).at) <= lastMoment &&
  typeof one?.values === 'object' &&
  one.values !== null

const numberOf = (value: unknown): number => (Number.isFinite(value) ? (value as number) : Number.NaN)

const flagsOf = (one: Sample) => (one.capturing === true ? capturing : 0) | (one.starting === true ? starting : 0)

/** Bytes that the samples take, about. */
export const bytesOf = ({ figures, flags, columns, constants }: CompactSamples): number =>
  figures.byteLength + flags.byteLength + 60 * (columns.size + constants.size) + 500

/** The times of the samples. */
export const timesOf = ({ figures, flags }: CompactSamples): Float64Array => figures.subarray(0, flags.length)

/** The names of their metrics. */
export const metricsOf = ({ columns, constants }: CompactSamples): string[] =>
  [...columns.keys(), ...constants.keys()].filter(name => !isPart(name))

/** The samples from `first` on, as the rules take them, made one by one. */
export function* samplesFrom(samples: CompactSamples, first: number): Generator<Sample> {
  const { figures, flags, columns, constants } = samples
  const metrics = metricsOf(samples).map(name => [name, columns.get(name), constants.get(name)] as const)
  const at = (start: number | undefined, constant: number | undefined, index: number) => {
    const figure = (start === undefined ? constant : figures[start + index]) as number
    return Number.isNaN(figure) ? null : figure
  }
  const part = (name: keyof typeof parts, index: number) =>
    at(columns.get(name), constants.get(name) ?? Number.NaN, index)
  const hasParts = Object.keys(parts).some(
    name => columns.has(name) || !Number.isNaN(constants.get(name) ?? Number.NaN),
  )
  for (let index = first; index < flags.length; index++) {
    const values: Sample['values'] = {}
    for (const [name, start, constant] of metrics) values[name] = at(start, constant, index)
    const sample: Sample = { at: figures[index] as number, values }
    const flag = flags[index] as number
    if (flag & capturing) sample.capturing = true
    if (flag & starting) sample.starting = true
    if (hasParts) addParts(sample, name => part(name, index))
    yield sample
  }
}

function addParts(sample: Sample, part: (name: keyof typeof parts) => number | null): void {
  const [helpers, waited, blockedFor] = [part('.helpers'), part('.waited'), part('.blockedFor')]
  // The rest of these two is for people.
  if (helpers !== null) sample.cpuThreads = { main: 0, others: 0, helpers }
  if (waited !== null) sample.cpuWait = { waited, throttled: 0 }
  if (blockedFor !== null) sample.blockedFor = blockedFor
}
