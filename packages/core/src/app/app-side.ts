import { isMainThread } from 'node:worker_threads'
import { atHandledSigint, atHandledSigterm, beforeExit } from '../lib/exit-hooks.js'
import type { AppHooks } from '../link/app-hooks.js'
import { createBlock } from '../link/block.js'
import type { Equipment } from '../link/engine-calls.js'
import { registerHooks } from '../link/hooks.js'
import type { RecordedWindow } from '../link/recorded-window.js'
import type { AppEngine } from '../model/cpu-profile.js'
import type { Options, ResolvedOptions } from '../model/options.js'
import { createBlackBox } from './black-box/black-box.js'
import { createPublisher } from './metrics/publisher.js'
import { createAsyncStacksHooks } from './mid-block/async-stacks/hooks.js'
import { createAsyncWaitHooks } from './mid-block/async-wait/hooks.js'
import { createDirectSnapshots } from './mid-block/direct-snapshot.js'
import { createFramesHooks } from './mid-block/frames.js'
import { createHeapSampling } from './mid-block/heap-sampling.js'
import type { InFlight } from './mid-block/in-flight/in-flight.js'
import { activeSpan } from './mid-block/in-flight/trace-context.js'
import { createProfilerHooks, type ProfilerHooks } from './mid-block/profilers.js'
import { type AppRecorder, createAppRecorder } from './mid-block/recorder.js'
import { reportHooks } from './mid-block/report.js'
import { appEngines, whyNoEngine } from './profilers/engines.js'
import { createStartWatch } from './starting.js'

export interface AppSideParts {
  /** Distinguishes monitors within one process. */
  monitorId: number
  options: ResolvedOptions
  /** The program of the process. */
  script: string
  customMetrics: Options['metrics']
  inFlight: InFlight
  /** A window of the flight recorder is complete. */
  onWindow(window: RecordedWindow): void
  /** Whether the program may be waiting for the monitor to start. @default never */
  isAwaited?(): boolean
  /** The process was asked to end, and the app sees to it itself. */
  onEndAsked(): void
  onError(what: string, error: unknown): void
}

/** The part of the monitor on the app thread: it publishes figures, records, and answers the monitor thread. */
export function createAppSide(parts: AppSideParts) {
  const { monitorId, options, script, customMetrics, inFlight, onWindow, isAwaited, onEndAsked, onError } = parts
  const profilersBy = (engine: AppEngine | null) => createProfilerHooks({ onError, engine })
  const recorderBy = (engine: AppEngine | null) => createAppRecorder({ ...options.recorder, engine, onWindow, onError })
  // Until the app has come to rest there is the inspector, which holds it up only when it is asked.
  let profilers: ProfilerHooks = profilersBy(null)
  let recorder: AppRecorder = recorderBy(null)
  let equipment: Equipment = {
    profiler: 'inspector',
    recorder: { engine: null, reason: 'the app has not come to rest since the start' },
  }
  const asyncStacks = createAsyncStacksHooks()
  const asyncWait = createAsyncWaitHooks()
  const snapshots = createDirectSnapshots()
  const block = createBlock({ customCount: options.customMetrics.length })
  const heapSampling = createHeapSampling({ ...options.heapProfile, block, onError })
  // Those of the profiler and the recorder are looked up at the call, because `equip()` replaces them. A getter returns the
  // hook itself: a function around it would stand on the stack that it looks at.
  const hooks: AppHooks = {
    ...heapSampling.hooks,
    ...asyncStacks.hooks,
    ...asyncWait.hooks,
    ...snapshots.hooks,
    ...reportHooks,
    ...createFramesHooks(() => block.get('heartbeat'), options.frames.content),
    requests: limit => {
      // First, as nothing else knows in whose middle it is.
      const span = activeSpan()
      return { ...inFlight.table(limit), ...(span && { activeSpan: span }) }
    },
    get 'profiler.engine'() {
      return profilers.hooks['profiler.engine']
    },
    get 'profiler.now'() {
      return profilers.hooks['profiler.now']
    },
    get 'profiler.stack'() {
      return profilers.hooks['profiler.stack']
    },
    get 'profiler.start'() {
      return profilers.hooks['profiler.start']
    },
    get 'profiler.stop'() {
      return profilers.hooks['profiler.stop']
    },
    get 'recorder.rotate'() {
      return recorder.hooks['recorder.rotate']
    },
  }
  const publisher = createPublisher({
    block,
    interval: options.interval,
    customMetrics: customMetrics ?? {},
    inFlight: {
      scan: inFlight.scan,
      begun: inFlight.begun,
      found: inFlight.found,
      beat() {
        inFlight.follow(block.load('following') === 1)
        inFlight.beat()
        snapshots.turn()
      },
    },
    onError,
  })
  const starting = createStartWatch({ block, cut: publisher.cut, isAwaited, onError })
  const blackBox = options.blackBox.enabled
    ? createBlackBox({
        options,
        script,
        table: limit => inFlight.table(options.captures.requests ? limit : 0),
        onError,
      })
    : null
  let unregister = () => {}
  let forgetExit = () => {}
  let forgetSignals: (() => void)[] = []
  let isEquipped = false

  return {
    block,
    hooks,
    equipment: () => equipment,
    blackBox: blackBox?.data ?? null,
    publishNow: publisher.publishNow,
    /** The monitor thread is gone: ends the profile that it has left running. */
    abandon: () => profilers.abandon(),
    /** The part that the app does not notice. */
    start() {
      unregister = registerHooks(monitorId, hooks)
      forgetExit = beforeExit(() => profilers.dispose())
      // A worker thread gets no signals.
      if (isMainThread && options.bucket && options.bucket.flush > 0)
        forgetSignals = [atHandledSigterm(onEndAsked), atHandledSigint(onEndAsked)]
      inFlight.start()
      publisher.start()
      starting.start()
      blackBox?.start()
    },
    /**
     * The part that holds the app up: loads the profiler and begins to record, which takes a walk over all of the app's
     * functions, and to sample the heap.
     */
    equip(): Equipment {
      if (isEquipped) return equipment
      isEquipped = true
      // Without the publisher, because the metrics must not show this as a block.
      publisher.stop()
      heapSampling.start()
      // A worker thread that is terminated with a profile going takes the whole process down (SIGSEGV).
      const engines = isMainThread ? appEngines(onError) : []
      for (const engine of [...engines, null]) {
        recorder = recorderBy(engine)
        equipment = { profiler: engine?.engine ?? 'inspector', recorder: recorder.start() }
        profilers = profilersBy(engine)
        // Without the recorder nothing has been tried yet: a capture does, and turns to the inspector where it must.
        if (equipment.recorder.engine || !options.recorder.enabled) break
      }
      if (engines.length === 0 && options.recorder.enabled && isMainThread)
        equipment.recorder = { engine: null, reason: whyNoEngine() }
      publisher.start()
      return equipment
    },
    /** The monitor is about to stop. */
    stopping: () => blackBox?.stopping(),
    /** Leaves nothing behind. */
    release() {
      blackBox?.stop()
      starting.stop()
      publisher.stop()
      heapSampling.stop()
      inFlight.stop()
      unregister()
      asyncStacks.dispose()
      asyncWait.dispose()
      snapshots.dispose()
      forgetExit()
      for (const forget of forgetSignals) forget()
      profilers.dispose()
      recorder.stop()
    },
  }
}
