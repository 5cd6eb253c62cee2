import { gapBefore, type Sample } from '../metrics/sample.js'

/** How many samples a manifest shows before the trigger. */
const shownBefore = 60
/** The longest capture, in milliseconds: its samples are shown too. */
const longestCapture = 300_000

/** The last samples, the oldest first. */
export interface SampleRing {
  /** Marks the gap before it, where samples are missing. */
  push(sample: Sample): void
  /** Those from `at` on (epoch milliseconds), and some before. */
  around(at: number): Sample[]
}

/** @param interval between samples, in milliseconds */
export function createSampleRing(interval: number): SampleRing {
  const most = 2 * shownBefore + longestCapture / interval
  let ring: Sample[] = []
  return {
    push(sample) {
      const gap = gapBefore(sample, ring.at(-1), interval)
      if (gap !== undefined) sample.gap = gap
      ring.push(sample)
      if (ring.length > most) ring = ring.slice(-ring.length / 2)
    },
    around(at) {
      const first = ring.findIndex(sample => sample.at >= at)
      return ring.slice(first < 0 ? -shownBefore : Math.max(0, first - shownBefore))
    },
  }
}
