import { performance } from 'node:perf_hooks'
import { flagFor, isGranted } from '../runtime/permission.js'
import { runtimeName, runtimeOf } from '../runtime/runtime.js'
import type { Hooks } from '../thread/hooks.js'
import type { AppEngine } from './app-engine.js'
import { interruptedStack } from './app-stack.js'
import { nodeV8Engine } from './node-v8.js'
import type { ProfilerEngine } from './profiler.js'
import { proven } from './proven.js'
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
 *
 * The last two answer `null` where they have come in the middle of another start or end, and are to be called again.
 */
export function createProfilerHooks(options: {
  onError(what: string, error: unknown): void
  /** @default v8-profiler-next if it is installed, else node:v8 if it is good enough */
  engine?: AppEngine | null
}): ProfilerHooks {
  const engine = options.engine === undefined ? (appEngines(options.onError)[0] ?? null) : options.engine
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
      'profiler.start': (sampleInterval: number): StartReply | null => {
        if (disposed) throw new Error('the monitor has stopped')
        if (!engine) throw new Error('there is no profiler but the inspector')
        if (engine.isBusy?.()) return null
        const began = performance.now()
        abandon()
        finish = engine.start(sampleInterval)
        return { pauseMs: performance.now() - began, at: profileClock() }
      },
      'profiler.stop': (): StopReply | null => {
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

/** The engines that this process may have, the best first. Each proves that it works when it is first used. */
export function appEngines(onError: (what: string, error: unknown) => void): AppEngine[] {
  return [loadAddon(onError), nodeV8Engine()].filter(engine => engine !== null).map(proven)
}

/** Why v8-profiler-next is not even tried, `null` where it is. */
export function whyNoAddon(): string | null {
  if (runtimeOf() !== 'node') return `${runtimeName()} has no profiler that may run all the time`
  return isGranted('addon') ? null : `Node's permission model grants addons by ${flagFor('addon')} only`
}

/** Addons are compiled against Node and V8, so that no other runtime may load them, whatever version it says that it is. */
function loadAddon(onError: (what: string, error: unknown) => void): AppEngine | null {
  if (whyNoAddon() !== null) return null
  try {
    return loadV8ProfilerNext()
  } catch (error) {
    // Not installed, or not built for this version of Node: that is what "optional" means. Anything else is news.
    if (!absent.has((error as { code?: string }).code ?? '')) onError('loading v8-profiler-next', error)
    return null
  }
}

/** The last one: with v8-profiler-next not built, the search for its binary starts a process to find out what to say. */
const absent = new Set(['MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED', 'ERR_DLOPEN_DISABLED', 'ERR_ACCESS_DENIED'])

function profileClock(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e6 + nanoseconds / 1e3
}
