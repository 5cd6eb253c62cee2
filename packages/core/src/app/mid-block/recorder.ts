import { performance } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'
import { monotonic } from '../../lib/clock/monotonic.js'
import { beforeExit } from '../../lib/exit-hooks.js'
import type { HooksOf } from '../../link/app-hooks.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import type { AppEngine } from '../../model/cpu-profile.js'
import type { RecorderState } from '../../model/status.js'

export interface AppRecorder {
  /** Begins to record. Never throws: the returned state has the failure. */
  start(): RecorderState
  /** Ends it and drops the window in progress. Safe to call twice. */
  stop(): void
  hooks: HooksOf<'recorder'>
}

/** A window that lasts this many times its length was ended late. */
const patience = 2

/**
 * The app thread's side of the flight recorder: a CPU profile that never ends, cut into windows. The next window begins
 * before the last one ends, so V8 always has a profile going: beginning the first costs a walk over all functions of
 * the app (17 ms for a small one, 200 to 400 ms for 100,000 functions), changing windows 0.2 to 4 ms.
 *
 * The hook may run in the middle of the app's code, where the event loop is blocked and the timer cannot.
 */
export function createAppRecorder(options: {
  /** `null` where no engine can change windows that cheaply. */
  engine: AppEngine | null
  enabled: boolean
  /** Milliseconds. */
  window: number
  /** Microseconds. */
  sampleInterval: number
  onWindow(window: RecordedWindow): void
  onError(what: string, error: unknown): void
}): AppRecorder {
  const { engine, onError } = options
  let running: { end: () => string; startedAt: number } | null = null
  let timer: NodeJS.Timeout | undefined
  let forgetExit = () => {}
  /** The last window handed out on demand, if it lasted so long that its reply may have come too late. */
  let overdue: RecordedWindow | undefined

  function begin(engine: AppEngine) {
    const end = engine.start(options.sampleInterval)
    return { end, startedAt: monotonic() * 1000 }
  }

  function rotate(): RecordedWindow {
    if (!running || !engine) throw new Error('nothing is being recorded')
    const began = performance.now()
    const next = begin(engine)
    const { end, startedAt } = running
    // First, so that each window is ended once in any case: ending one twice takes the process down.
    running = next
    const json = end()
    const pauseMs = performance.now() - began
    return { engine: engine.engine, json, startedAt, endedAt: monotonic() * 1000, pauseMs }
  }

  /** After a long native call the dump that asked may be over. So the next reply has the window again. */
  function rotateNow(): RecordedWindow {
    const window = rotate()
    const earlier = overdue
    overdue = window.endedAt - window.startedAt > patience * options.window * 1000 ? window : undefined
    return earlier ? { ...window, earlier } : window
  }

  const onTimer = () => {
    try {
      if (overdue) options.onWindow(overdue)
      overdue = undefined
      options.onWindow(rotate())
    } catch (error) {
      onError('change the window of the flight recorder', error)
    }
  }

  function stop(): void {
    forgetExit()
    clearInterval(timer)
    timer = undefined
    const last = running
    running = null
    try {
      last?.end()
    } catch (error) {
      onError('stop the flight recorder', error)
    }
  }

  return {
    start() {
      if (!options.enabled) return { engine: null, reason: 'recorder.enabled is false' }
      // A worker thread may be terminated at any moment, and that takes the process down (SIGSEGV) while a profile runs.
      if (!isMainThread) return { engine: null, reason: 'the app runs in a worker thread' }
      if (!engine) return { engine: null, reason: 'no engine works in this process' }
      try {
        running ??= begin(engine)
      } catch (error) {
        onError('start the flight recorder', error)
        return { engine: null, reason: error instanceof Error ? error.message : String(error) }
      }
      // A thread of V8's that samples while the process is torn down takes it down with a signal (decisions/235).
      forgetExit = beforeExit(stop)
      timer ??= setInterval(onTimer, options.window).unref()
      return { engine: engine.engine, reason: null }
    },
    stop,
    hooks: { 'recorder.rotate': () => (running && engine?.isBusy?.() ? null : rotateNow()) },
  }
}
