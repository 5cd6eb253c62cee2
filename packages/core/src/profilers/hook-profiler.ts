import type { StartReply, StopReply } from './app-hooks.js'
import { normaliseProfile } from './normalise.js'
import type { Profiler } from './profiler.js'

/** v8-profiler-next or node:v8: they profile the thread that calls them, so hooks on the app thread drive them. */
export function hookProfiler(engine: 'v8-profiler-next' | 'node:v8'): Profiler {
  return {
    engine,
    async start(link, { sampleInterval }) {
      const started = await link.call<StartReply>('profiler.start', sampleInterval)
      return {
        async stop() {
          const { json, pauseMs } = await link.call<StopReply>('profiler.stop')
          return { profile: normaliseProfile(JSON.parse(json), engine), pauseMs: started.pauseMs + pauseMs }
        },
      }
    },
  }
}
