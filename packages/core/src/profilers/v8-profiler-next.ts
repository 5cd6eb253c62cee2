import { join } from 'node:path'
import { loadAddonBinary } from './addon-binary.js'
import type { AppEngine } from './app-engine.js'

interface Addon {
  setGenerateType(type: 0 | 1): void
  /** Microseconds, whatever the types of the package say. Throws while any profile is active. */
  setSamplingInterval(microseconds: number): void
  startProfiling(title: string, recordSamples: boolean): void
  /** The times of a profile are microseconds, as of `process.hrtime`. */
  stopProfiling(title: string): { startTime?: number; delete(): void } | undefined
}

let titles = 0

/** Not by an `import`, which bundlers would look into. In a CommonJS bundle there is no `import.meta.url`: then what is installed for the program serves. */
const requireFromHere = () =>
  process.getBuiltinModule('node:module').createRequire(import.meta.url ?? join(process.cwd(), 'app.js'))

/** The engine, or why it is not there: it is an optional dependency that has to be compiled. */
export function loadV8ProfilerNext(): AppEngine {
  const require = requireFromHere()
  loadAddonBinary(require)
  return v8ProfilerNext(require('v8-profiler-next'))
}

/**
 * The addon remembers by their places in a list which profiles run. The monitor thread may end one in the middle of the end
 * of another, and then the addon forgets a third that goes on (`decisions/252`). To begin it again puts it back into the list
 * and does nothing else, since V8 knows the title.
 */
function endForgotten(addon: Addon, title: string) {
  const now = process.hrtime()
  let profile: ReturnType<Addon['stopProfiling']>
  try {
    addon.startProfiling(title, true)
    profile = addon.stopProfiling(title)
  } catch {
    // It is as lost as it was.
  }
  const isNew = (profile?.startTime ?? 0) >= now[0] * 1e6 + now[1] / 1e3
  if (profile && !isNew) return profile
  profile?.delete()
  throw new Error('somebody else has ended the profile')
}

export function v8ProfilerNext(addon: Addon): AppEngine {
  return {
    engine: 'v8-profiler-next',
    start(sampleInterval) {
      // Profiles of one title are one profile to V8, and the app may use the addon too: the title is ours alone.
      const title = `autodump-${process.pid}-${++titles}`
      try {
        addon.setSamplingInterval(sampleInterval)
      } catch {
        // The app has a profile of its own running, so its interval holds for ours as well.
      }
      addon.startProfiling(title, true)
      return () => {
        // The flat shape of a .cpuprofile; a setting of the whole addon, so set just before it counts.
        addon.setGenerateType(1)
        const profile = addon.stopProfiling(title) ?? endForgotten(addon, title)
        try {
          return JSON.stringify(profile)
        } finally {
          profile.delete()
        }
      }
    },
  }
}
