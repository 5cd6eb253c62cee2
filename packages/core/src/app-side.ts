import { isMainThread } from 'node:worker_threads'
import { createAsyncStacksHooks } from './async-stacks/app-hooks.js'
import { createAsyncWaitHooks } from './async-wait/app-hooks.js'
import { createBlackBox } from './black-box/app-side.js'
import { reportHooks } from './captures/report.js'
import { beforeExit } from './exit-hooks.js'
import type { InFlight } from './in-flight/in-flight.js'
import { createHeapSampling } from './memory/heap-sampling.js'
import { createPublisher } from './metrics/publisher.js'
import type { Options, ResolvedOptions } from './options.js'
import { bestEngine, createProfilerHooks } from './profilers/app-hooks.js'
import { createAppRecorder, type RecordedWindow } from './recorder/app-recorder.js'
import { createBlock } from './thread/block.js'
import { type Hooks, registerHooks } from './thread/hooks.js'

export interface AppSideParts {
  /** Distinguishes monitors within one process. */
  monitorId: number
  options: ResolvedOptions
  customMetrics: Options['metrics']
  inFlight: InFlight
  /** A window of the flight recorder is complete. */
  onWindow(window: RecordedWindow): void
  onError(what: string, error: unknown): void
}

/** What works on the app thread while the monitor runs: it publishes figures, records, and answers the monitor thread. */
export function createAppSide({ monitorId, options, customMetrics, inFlight, onWindow, onError }: AppSideParts) {
  // A worker thread that is terminated with a profile going takes the whole process down (SIGSEGV).
  const engine = isMainThread ? bestEngine(onError) : null
  const profilers = createProfilerHooks({ onError, engine })
  const recorder = createAppRecorder({ ...options.recorder, engine, onWindow, onError })
  const recording = recorder.start()
  const asyncStacks = createAsyncStacksHooks()
  const asyncWait = createAsyncWaitHooks()
  const block = createBlock({ customCount: options.customMetrics.length })
  const heapSampling = createHeapSampling({ ...options.heapProfile, block, onError })
  const hooks: Hooks = {
    ...profilers.hooks,
    ...heapSampling.hooks,
    ...recorder.hooks,
    ...asyncStacks.hooks,
    ...asyncWait.hooks,
    ...reportHooks,
    requests: inFlight.table,
  }
  const publisher = createPublisher({
    block,
    interval: options.interval,
    customMetrics: customMetrics ?? {},
    inFlight: {
      scan: inFlight.scan,
      beat() {
        inFlight.follow(block.load('following') === 1)
        inFlight.beat()
      },
    },
    onError,
  })
  const blackBox = options.blackBox.enabled
    ? createBlackBox({
        dir: options.dir,
        table: limit => inFlight.table(options.captures.requests ? limit : 0),
        onError,
      })
    : null
  let unregister = () => {}
  let forgetExit = () => {}

  return {
    block,
    hooks,
    /** The CPU profiler that this thread offers. */
    profiler: profilers.engine,
    recording,
    blackBox: blackBox?.data ?? null,
    publishNow: publisher.publishNow,
    /** The monitor thread is gone: ends what it has left running. */
    abandon: profilers.abandon,
    start() {
      unregister = registerHooks(monitorId, hooks)
      forgetExit = beforeExit(profilers.dispose)
      heapSampling.start()
      inFlight.start()
      publisher.start()
      blackBox?.start()
    },
    /** Leaves nothing behind. */
    release() {
      blackBox?.stop()
      publisher.stop()
      heapSampling.stop()
      inFlight.stop()
      unregister()
      asyncStacks.dispose()
      asyncWait.dispose()
      forgetExit()
      profilers.dispose()
      recorder.stop()
    },
  }
}
