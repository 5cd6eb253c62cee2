import { cpuWindow } from './metrics/cpu.js'

/**
 * Whether a capture affects a sample: one is in progress, or ended within the window of `cpu`, which is a second with
 * short intervals. Call it at each sample.
 *
 * @param now milliseconds, like all times here, of a monotonic clock
 */
export function createCaptureShadow(interval: number, now: number) {
  /** Times of the samples within the next reading of `cpu`, oldest first. */
  const window = new Array<number>(cpuWindow(interval)).fill(now)
  return (at: number, capture: { inProgress: boolean; endedAt: number }): boolean => {
    const since = window.shift() as number
    window.push(at)
    return capture.inProgress || capture.endedAt > since
  }
}
