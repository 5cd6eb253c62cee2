/**
 * The largest value of the last `window` milliseconds. A later, larger value drops the smaller ones at once, so hardly
 * anything is kept.
 */
export function createPeak(window: number): (now: number, value: number | null) => number | null {
  /** From largest and oldest to smallest and newest. */
  let peaks: { at: number; value: number }[] = []
  return (now, value) => {
    peaks = peaks.filter(peak => peak.at > now - window && (value === null || peak.value > value))
    if (value !== null) peaks.push({ at: now, value })
    return peaks[0]?.value ?? null
  }
}
