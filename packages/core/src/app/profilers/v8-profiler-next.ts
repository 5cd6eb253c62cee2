import { join } from 'node:path'
import type { AppEngine } from '../../model/cpu-profile.js'
import { loadAddonBinary } from './addon-binary.js'
import { alone, isBusy } from './alone.js'

interface Addon {
  setGenerateType(type: 0 | 1): void
  /** Microseconds, other than the types of the package say. Throws while any profile is active. */
  setSamplingInterval(microseconds: number): void
  startProfiling(title: string, recordSamples: boolean): void
  stopProfiling(title: string): { delete(): void } | undefined
}

let titles = 0

/**
 * Bundlers would look into an `import`. A CommonJS bundle has no `import.meta.url`: there the installation of the program
 * serves.
 */
const requireFromHere = () =>
  process.getBuiltinModule('node:module').createRequire(import.meta.url ?? join(process.cwd(), 'app.js'))

/** The engine, or why it is not there: it is an optional dependency that has to be compiled. */
export function loadV8ProfilerNext(): AppEngine {
  const require = requireFromHere()
  loadAddonBinary(require)
  return v8ProfilerNext(require('v8-profiler-next'))
}

/**
 * The addon keeps a list of running profiles. It looks a place in the list up before a call and uses the place after. A
 * start or an end in between makes it remove another profile than the one that ended: so each call is `alone`.
 */
export function v8ProfilerNext(addon: Addon): AppEngine {
  function start(sampleInterval: number): () => string {
    // Profiles of one title are one profile to V8, and the app may use the addon too: the title is ours alone.
    const title = `autodump-${process.pid}-${++titles}`
    try {
      addon.setSamplingInterval(sampleInterval)
    } catch {
      // The app has a profile of its own running, so its interval holds for ours as well.
    }
    addon.startProfiling(title, true)
    return () => alone(() => end(title))
  }

  function end(title: string): string {
    // The flat shape of a .cpuprofile; a setting of the whole addon, so set just before it counts.
    addon.setGenerateType(1)
    const profile = addon.stopProfiling(title)
    if (!profile) throw new Error('somebody else has ended the profile')
    try {
      return JSON.stringify(profile)
    } finally {
      profile.delete()
    }
  }

  return {
    engine: 'v8-profiler-next',
    isBusy,
    start: sampleInterval => alone(() => start(sampleInterval)),
  }
}
