import { gapBefore, type Sample } from '../model/sample.js'

/** Samples before the trigger in a manifest. */
const shownBefore = 60

/** The longest capture, in milliseconds: its samples are shown too. */
const longestCapture = 300_000

/** Milliseconds that samples are kept for later readers. */
const hour = 3600_000

/** The largest number of samples: the hour at one a second. */
const mostSamples = 3600

/** The largest number of figures, to limit both memory (8 bytes each) and an answer (some 10 each). */
const mostFigures = 200_000

/** Columns of a sample beside its values: see `Row`. */
const extras = 13

/** The last samples, oldest first. */
export interface SampleRing {
  /** Marks the gap before it if samples are missing. `time`: its time, in milliseconds of a monotonic clock. */
  push(sample: Sample, time?: number): void
  /** The samples from `time` on, and some before. */
  around(time: number): Sample[]
  /** The samples of the last hour after the one of `at` (epoch milliseconds), as far as they were kept. */
  since(at: number): Sample[]
}

/**
 * Keeps samples in columns of numbers, with `NaN` for missing values: as objects, an hour of samples takes four times
 * as much (`decisions/206`).
 *
 * @param interval between samples, in milliseconds
 * @param metrics that the samples have, in their order
 */
export function createSampleRing(interval: number, metrics: readonly string[]): SampleRing {
  const width = extras + metrics.length
  const affordable = Math.floor(mostFigures / width)
  const needed = 2 * shownBefore + Math.ceil(longestCapture / interval)
  const size = Math.max(needed, Math.min(mostSamples, affordable))
  // The system allocates the pages as they are written to.
  const figures = new Float64Array(size * width)
  let pushed = 0
  let last: { at: number } | undefined

  const atOf = (index: number) => figures[(index % size) * width] as number
  const timeOf = (index: number) => figures[(index % size) * width + 1] as number
  const oldest = () => Math.max(0, pushed - size)

  function sampleAt(index: number): Sample {
    const start = (index % size) * width
    const [at, , blockedFor, main, others, capturing, gap, waited, throttled, pressure, stopped, starting, helpers] =
      figures.subarray(start, start + extras) as unknown as Row
    const values: Sample['values'] = {}
    for (const [column, metric] of metrics.entries()) {
      const value = figures[start + extras + column] as number
      values[metric] = Number.isNaN(value) ? null : value
    }
    return {
      at,
      values,
      ...(!Number.isNaN(main) && { cpuThreads: { main, others, ...(!Number.isNaN(helpers) && { helpers }) } }),
      ...(!Number.isNaN(waited) && {
        cpuWait: { waited, throttled, ...(!Number.isNaN(pressure) && { pressure }) },
      }),
      ...(!Number.isNaN(blockedFor) && { blockedFor }),
      ...(stopped > 0 && { stopped }),
      ...(starting === 1 && { starting: true as const }),
      ...(capturing === 1 && { capturing: true }),
      ...(!Number.isNaN(gap) && { gap }),
    }
  }

  function from(first: number): Sample[] {
    const taken: Sample[] = []
    for (let index = Math.max(first, oldest()); index < pushed; index++) taken.push(sampleAt(index))
    return taken
  }

  /** Index of the first entry for which `is` holds, searched back from the newest: it holds for none before that. */
  function firstThat(is: (index: number) => boolean): number {
    let index = pushed
    while (index > oldest() && is(index - 1)) index--
    return index
  }

  /** Index of the first sample after the one of `at`. The clock may have been set back since then. */
  function firstAfter(at: number): number {
    const known = firstThat(index => atOf(index) !== at)
    return known > oldest() ? known : firstThat(index => atOf(index) > at)
  }

  return {
    push(sample, time = sample.at) {
      const gap = gapBefore({ at: time }, last, interval)
      if (gap !== undefined) sample.gap = gap
      last = { at: time }
      const { at, values, blockedFor, cpuThreads, cpuWait, capturing, stopped, starting } = sample
      const row = [at, time, blockedFor, cpuThreads?.main, cpuThreads?.others, capturing ? 1 : 0, gap]
      row.push(cpuWait?.waited, cpuWait?.throttled, cpuWait?.pressure, stopped, starting ? 1 : 0, cpuThreads?.helpers)
      for (const metric of metrics) row.push(values[metric] ?? undefined)
      figures.set(row.map(Number), (pushed % size) * width)
      pushed += 1
    },
    around: time => from(firstThat(index => timeOf(index) >= time) - shownBefore),
    since(at) {
      const lately = firstThat(index => timeOf(index) > (last?.at ?? 0) - hour)
      return from(Math.max(firstAfter(at), lately, pushed - affordable))
    },
  }
}

type Row = [
  ...[at: number, time: number, blockedFor: number, main: number, others: number, capturing: number, gap: number],
  ...[waited: number, throttled: number, pressure: number, stopped: number, starting: number, helpers: number],
]
