import type { CpuProfile } from '../../model/cpu-profile.js'

/** Milliseconds within which a profile that has just been taken ended; V8's clock may be another one than expected. */
const plausible = 60_000

/** Milliseconds: of the day, and of the monotonic clock that V8 takes the times of its profiles from. */
const readClocks = () => ({ now: Date.now(), monotonic: Number(process.hrtime.bigint()) / 1e6 })

/** When a CPU profile that has just been taken began, in epoch milliseconds. */
export function startOf(
  { startTime, endTime }: Pick<CpuProfile, 'startTime' | 'endTime'>,
  clocks = readClocks(),
): number {
  const sinceEnd = clocks.monotonic - endTime / 1000
  const isKnown = sinceEnd > -1 && sinceEnd < plausible
  return Math.round(clocks.now - (isKnown ? sinceEnd : 0) - (endTime - startTime) / 1000)
}
