import { normaliseProfile } from '../../formats/normalise.js'
import { parseProfile } from '../../formats/parse-profile.js'
import type { AppEngine, CpuProfile } from '../../model/cpu-profile.js'
import type { Profiler } from './profiler.js'

/** The engines that profile the thread that calls them, so hooks on the app thread drive them. */
export function hookProfiler(engine: AppEngine['engine']): Profiler {
  return {
    engine,
    async start(link, { sampleInterval }) {
      const started = await whenFree(() => link.call('profiler.start', sampleInterval))
      return {
        async stop() {
          const { json, pauseMs } = await whenFree(() => link.call('profiler.stop'))
          const profile = wholeTimes(normaliseProfile(parseProfile(json), engine), started.at)
          return { profile, pauseMs: started.pauseMs + pauseMs }
        },
      }
    },
  }
}

/** node:v8 writes the lower 32 bits of its times (Node 26.10). `near`: a moment within 35 minutes of the profile. */
export function wholeTimes(profile: CpuProfile, near: number): CpuProfile {
  const whole = (time: number) => time + Math.round((near - time) / 2 ** 32) * 2 ** 32
  return { ...profile, startTime: whole(profile.startTime), endTime: whole(profile.endTime) }
}

/** Between two tries, and how many there are: a start or an end takes some milliseconds. */
const again = { ms: 2, tries: 500 }

/**
 * Asks until the app thread is not in the middle of another start or end.
 *
 * @param ask resolves with `null` where it is
 */
export async function whenFree<T>(ask: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < again.tries; tries++) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise<void>(resolve => setTimeout(resolve, again.ms).unref())
  }
  throw new Error('the app thread is always in the middle of starting or ending another profile')
}
