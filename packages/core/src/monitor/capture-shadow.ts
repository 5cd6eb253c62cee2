import { cpuWindow } from './metrics/cpu.js'

/**
 * Whether a sample tells of a capture: one is in progress, or ended within what `cpu` is made of, which is a second with
 * short intervals. To be asked at each sample.
 *
 * @param now milliseconds, like all times here of a clock that nobody sets
 */
export function createCaptureShadow(interval: number, now: number) {
  /** When the samples were taken that the next reading of `cpu` goes back to, oldest first. */
  const window = new Array<number>(cpuWindow(interval)).fill(now)
  return (at: number, capture: { inProgress: boolean; endedAt: number }): boolean => {
    const since = window.shift() as number
    window.push(at)
    return capture.inProgress || capture.endedAt > since
  }
}
