/**
 * The highest value of a spike, the last sample in which it was seen (counted since the start), and the time it began.
 */
export interface Peak {
  readonly sample: number
  /** Milliseconds of any clock. */
  readonly at: number
  readonly value: number
}

/** This many spikes of about the same height make one more of them usual, for example a job that runs every minute. */
const many = 3

/** A spike is as high as the value if it reaches this part of it. */
const part = 0.9

/** A spike counts for this many lengths of the history. */
const memoryFactor = 30

/** Peaks to keep: three hours of a spike every five minutes. */
const kept = 40

const minute = 60_000

/** Clock-driven jobs run every so many minutes: the divisors of an hour that cron allows, and a few hours. */
const periods = [2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180]

/** Timers come late, and a job takes its time: by this part of the period, and at least by this many milliseconds. */
const jitter = { part: 0.01, least: 2000 }

/** The spikes that make another one usual. */
export interface UsualPeaks {
  alike: readonly Peak[]
  /** The height that they reached. */
  enough: number
  /** `of the last 300 samples`, `at intervals of 60 min` */
  when: string
}

/**
 * The spikes before that make one of `value` usual: three of the last 30 histories that were about as high, or one each
 * period before, three times, if that is a period of the clock. `null` with fewer: then the spike is news.
 *
 * @param size length of the history
 */
export function usualPeaks(peaks: readonly Peak[], { value, sample, at }: Peak, size: number): UsualPeaks | null {
  const last = peaks.at(-1)
  const isOne = last !== undefined && isSame(last, sample, size)
  const others = isOne ? peaks.slice(0, -1) : peaks
  const began = isOne ? last.at : at
  const within = memoryFactor * size
  const enough = value - (1 - part) * Math.abs(value)
  const high = others.filter(peak => peak.value >= enough)
  const lately = high.filter(peak => peak.sample > sample - within).slice(-many)
  if (lately.length === many) return { alike: lately, enough, when: `of the last ${within} samples` }
  for (const minutes of high.length < many ? [] : periods) {
    const alike = everyPeriod(high, began, minutes * minute)
    if (alike) return { alike, enough, when: `at intervals of ${minutes} min` }
  }
  return null
}

/** One spike each `period` milliseconds before `began`, oldest first. */
function everyPeriod(peaks: readonly Peak[], began: number, period: number): readonly Peak[] | null {
  const slack = Math.max(jitter.least, jitter.part * period)
  const alike: Peak[] = []
  for (let back = many; back > 0; back--) {
    const peak = peaks.find(one => Math.abs(began - back * period - one.at) <= slack)
    if (!peak) return null
    alike.push(peak)
  }
  return alike
}

/** `peaks` with a sample that was a spike, usual or not. Within one length of the history it is the same spike. */
export function withPeak(peaks: readonly Peak[], peak: Peak, size: number): readonly Peak[] {
  const last = peaks.at(-1)
  if (!last || !isSame(last, peak.sample, size)) return [...peaks.slice(1 - kept), peak]
  return [...peaks.slice(0, -1), { ...peak, at: last.at, value: Math.max(last.value, peak.value) }]
}

const isSame = (last: Peak, sample: number, size: number) => sample - last.sample <= size
