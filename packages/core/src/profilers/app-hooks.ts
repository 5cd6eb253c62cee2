import { performance } from 'node:perf_hooks'
import type { Hooks } from '../thread/hooks.js'
import type { AppEngine } from './app-engine.js'
import { interruptedStack } from './app-stack.js'
import { nodeV8Engine } from './node-v8.js'
import type { ProfilerEngine } from './profiler.js'
import type { StackReply } from './stack-watch.js'
import { loadV8ProfilerNext } from './v8-profiler-next.js'

export interface ProfilerHooks {
  /** The best engine that this process has. */
  engine: ProfilerEngine
  hooks: Hooks
  /** Ends a profile that nobody will fetch, because the monitor thread that started it has died. */
  abandon(): void
  /** Ends what runs and refuses to start again. */
  dispose(): void
}

/** What the app thread's side of a profile answers. Both times are milliseconds in which the thread stood still. */
export interface StartReply {
  pauseMs: number
  /** Microseconds, on the clock that V8's profiles use. */
  at: number
}
export interface StopReply {
  /** The raw profile. As a string it costs the app thread half of what the object does. */
  json: string
  pauseMs: number
}

/**
 * The app thread's side of the profilers that run on the thread they profile. At most one profile runs at a time, and
 * each is ended exactly once: v8-profiler-next takes the process down otherwise.
 *
 * - `profiler.engine()`: the name of the engine
 * - `profiler.now()`: milliseconds, to measure how long commands of the inspector held the thread
 * - `profiler.stack()`: what the thread was doing when it was interrupted, as JSON
 * - `profiler.start(sampleInterval)`, in microseconds
 * - `profiler.stop()`
 */
export function createProfilerHooks(options: {
  onError(what: string, error: unknown): void
  /** @default v8-profiler-next if it is installed, else node:v8 if it is good enough */
  engine?: AppEngine | null
}): ProfilerHooks {
  const engine = options.engine === undefined ? bestEngine(options.onError) : options.engine
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
      'profiler.stack': function stack(): string {
        return JSON.stringify({ at: profileClock(), frames: interruptedStack(stack) } satisfies StackReply)
      },
      'profiler.start': (sampleInterval: number): StartReply => {
        if (disposed) throw new Error('the monitor has stopped')
        if (!engine) throw new Error('there is no profiler but the inspector')
        const began = performance.now()
        abandon()
        finish = engine.start(sampleInterval)
        return { pauseMs: performance.now() - began, at: profileClock() }
      },
      'profiler.stop': (): StopReply => {
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

/** v8-profiler-next if it is there, else node:v8 if it is good enough, else `null`. */
export function bestEngine(onError: (what: string, error: unknown) => void): AppEngine | null {
  try {
    return loadV8ProfilerNext()
  } catch (error) {
    // Not installed, or not built for this version of Node: that is what "optional" means. Anything else is news.
    const code = (error as { code?: string }).code
    if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_DLOPEN_FAILED') onError('loading v8-profiler-next', error)
    return nodeV8Engine()
  }
}

function profileClock(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e6 + nanoseconds / 1e3
}
