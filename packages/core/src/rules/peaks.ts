/** The highest value of a spike, and the sample in which it was last seen, counted since the start. */
export interface Peak {
  readonly sample: number
  readonly value: number
}

/** So many spikes that were about as high make one more of them usual: a job that runs every minute, say. */
const many = 3

/** As high is what reaches this part of the value. */
const part = 0.9

/** For how many lengths of the history a spike counts. */
const memoryFactor = 30

/** Peaks kept. */
const kept = 10

/**
 * The spikes before that make one of `value` at `sample` usual: three of the last 30 histories that were about as high.
 * `null` where there are not as many, and it is news.
 *
 * @param size length of the history
 */
export function usualPeaks(peaks: readonly Peak[], value: number, sample: number, size: number) {
  const last = peaks.at(-1)
  const others = last && isSame(last, sample, size) ? peaks.slice(0, -1) : peaks
  const within = memoryFactor * size
  const enough = value - (1 - part) * Math.abs(value)
  const alike = others.filter(peak => peak.sample > sample - within && peak.value >= enough).slice(-many)
  return alike.length < many ? null : { alike, within, enough }
}

/** `peaks` with a sample that was a spike, a usual one or not. Within one length of the history it is the same spike. */
export function withPeak(peaks: readonly Peak[], value: number, sample: number, size: number): readonly Peak[] {
  const last = peaks.at(-1)
  if (!last || !isSame(last, sample, size)) return [...peaks.slice(1 - kept), { sample, value }]
  return [...peaks.slice(0, -1), { sample, value: Math.max(last.value, value) }]
}

const isSame = (last: Peak, sample: number, size: number) => sample - last.sample <= size
