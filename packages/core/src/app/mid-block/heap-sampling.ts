import { Session } from 'node:inspector'
import { heapLimitOfThread } from '../../lib/heap-limit.js'
import { whyNoInspector } from '../../lib/runtime/inspector.js'
import { runtimeOf } from '../../lib/runtime/runtime.js'
import type { HooksOf } from '../../link/app-hooks.js'
import type { Block } from '../../link/block.js'
import type { SamplingState } from '../../link/replies.js'

export interface HeapSampling {
  start(): void
  stop(): void
  hooks: HooksOf<'memory'>
}

/**
 * V8's sampling heap profiler on the app thread, from start to stop: it can only name objects that it sampled at their
 * allocation. It remembers one object in so many bytes with the stack that made it, and forgets the object at its
 * collection.
 */
export function createHeapSampling(options: {
  enabled: boolean
  /** Bytes between two samples, on average. */
  sampleInterval: number
  block: Block
  onError(what: string, error: unknown): void
}): HeapSampling {
  const { sampleInterval, block, onError } = options
  const off: SamplingState = { running: false, why: 'heapProfile.enabled is false' }
  let state: SamplingState = options.enabled ? { running: false, why: 'the monitor does not run' } : off
  let session: Session | undefined
  let snapshots = 0

  function start(): SamplingState {
    if (!options.enabled) return state
    const refused = whyNoInspector()
    if (refused !== null) {
      state = { running: false, why: refused }
      return state
    }
    try {
      session ??= connected()
      // V8 does not say so when a second start was ignored. Asking forces a collection only if somebody does sample.
      const foreign = state.running === false && isSampling(session)
      if (!foreign) post(session, 'HeapProfiler.startSampling', { samplingInterval: sampleInterval })
      state = foreign
        ? { running: true, by: 'another tool', sampleInterval: null }
        : { running: true, by: 'autodump', sampleInterval }
    } catch (error) {
      state = { running: false, why: `heap sampling cannot be started: ${messageOf(error)}` }
      // Elsewhere the start has said already which kinds there are.
      if (runtimeOf() === 'node') onError('start heap sampling', error)
    }
    return state
  }

  return {
    start: () => void start(),
    stop() {
      // Ends the sampling that this session started, and without the collection that `stopSampling` would force.
      session?.disconnect()
      session = undefined
      if (options.enabled) state = { running: false, why: 'the monitor does not run' }
    },
    hooks: {
      'memory.sampling': () => state,
      'memory.resume': () => {
        if (!session) return state
        state = { running: false, why: 'another tool has ended it' }
        return start()
      },
      'memory.usage': () => ({ ...process.memoryUsage(), heapLimit: heapLimitOfThread() }),
      'memory.countSnapshot': max => {
        if (snapshots >= max) return false
        snapshots += 1
        return true
      },
      'memory.hold': ms => holdThread(block, ms),
    },
  }
}

function connected(): Session {
  const session = new Session()
  session.connect()
  return session
}

/** The thread's own session answers before `post` returns. */
function post(session: Session, method: string, params?: object): void {
  let failure: unknown
  session.post(method, params, error => {
    failure = error
  })
  if (failure) throw new Error(messageOf(failure))
}

function isSampling(session: Session): boolean {
  try {
    post(session, 'HeapProfiler.getSamplingProfile')
    return true
  } catch {
    return false
  }
}

/** How often a held thread looks whether it may go on, in milliseconds. */
const lookEvery = 2

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4))

/**
 * Keeps the app thread where it is until the block's `holding` is 0, but no longer than `ms`: with the heap nearly
 * full, any next step could be the last. Returns for how long, in milliseconds.
 */
export function holdThread(block: Pick<Block, 'load'>, ms: number): number {
  const began = performance.now()
  while (block.load('holding') === 1 && performance.now() - began < ms) Atomics.wait(nobodyWakes, 0, 0, lookEvery)
  return performance.now() - began
}

/** Protocol errors come as `Error`s or as plain objects, depending on the version of Node. */
function messageOf(error: unknown): string {
  return (error as { message?: string } | null)?.message ?? String(error)
}
