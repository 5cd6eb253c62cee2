/**
 * The largest value of the last `window` milliseconds. What a later value is larger than is forgotten at once, so that
 * hardly anything is kept.
 */
export function createPeak(window: number): (now: number, value: number | null) => number | null {
  /** From the largest and oldest to the smallest and newest. */
  let peaks: { at: number; value: number }[] = []
  return (now, value) => {
    peaks = peaks.filter(peak => peak.at > now - window && (value === null || peak.value > value))
    if (value !== null) peaks.push({ at: now, value })
    return peaks[0]?.value ?? null
  }
}
