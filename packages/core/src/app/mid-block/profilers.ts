import { performance } from 'node:perf_hooks'
import type { HooksOf } from '../../link/app-hooks.js'
import { toJson } from '../../link/json.js'
import type { AppEngine, ProfilerEngine } from '../../model/cpu-profile.js'
import { interruptedStack } from './app-stack.js'

export interface ProfilerHooks {
  /** The best engine that this process has. */
  engine: ProfilerEngine
  hooks: HooksOf<'profiler'>
  /** Ends a profile that the monitor thread will not fetch, because it has died. */
  abandon(): void
  /** Ends a running profile and refuses to start another. */
  dispose(): void
}

/**
 * The app thread's side of the profilers that run on the thread they profile. At most one profile runs at a time, and
 * each is ended exactly once: v8-profiler-next takes the process down otherwise.
 */
export function createProfilerHooks(options: {
  onError(what: string, error: unknown): void
  /** `null`: there is no profiler but the inspector. */
  engine: AppEngine | null
}): ProfilerHooks {
  const { engine } = options
  let finish: (() => string) | null = null
  let disposed = false

  const abandon = () => {
    const end = finish
    finish = null
    try {
      end?.()
    } catch (error) {
      options.onError('ending an abandoned CPU profile', error)
    }
  }

  return {
    engine: engine?.engine ?? 'inspector',
    abandon,
    dispose() {
      disposed = true
      abandon()
    },
    hooks: {
      'profiler.engine': () => engine?.engine ?? 'inspector',
      'profiler.now': () => performance.now(),
      'profiler.stack': function stack() {
        return toJson({ at: profileClock(), frames: interruptedStack(stack) })
      },
      'profiler.start': sampleInterval => {
        if (disposed) throw new Error('the monitor has stopped')
        if (!engine) throw new Error('there is no profiler but the inspector')
        if (engine.isBusy?.()) return null
        const began = performance.now()
        abandon()
        finish = engine.start(sampleInterval)
        return { pauseMs: performance.now() - began, at: profileClock() }
      },
      'profiler.stop': () => {
        if (engine?.isBusy?.()) return null
        const began = performance.now()
        // With nothing in between where the thread could be interrupted: a profile that is ended twice takes the process down.
        const end = finish
        finish = null
        if (!end) throw new Error('no CPU profile is running')
        const json = end()
        return { json, pauseMs: performance.now() - began }
      },
    },
  }
}

function profileClock(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e6 + nanoseconds / 1e3
}
