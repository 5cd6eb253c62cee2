import { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { HooksOf } from '../../../link/app-hooks.js'
import { toJson } from '../../../link/json.js'
import { type PromiseWatch, watchPromises } from './promise-watch.js'

export interface AsyncStacksHooks {
  hooks: HooksOf<'asyncStacks'>
  /** Ends the watch and the measurement. */
  dispose(): void
}

/** Sockets that are asked for their peer at most; each takes about two microseconds. */
const maxSockets = 10_000

/** Milliseconds between two looks at the clock, by which a pause is measured. */
const tick = 5

/** Milliseconds after which a measurement ends by itself, because the monitor thread has died and fetches nothing. */
const abandonedAfter = 180_000

// Kept from the start: applications replace them.
const { setInterval, clearInterval } = globalThis

const readPeer = Object.getOwnPropertyDescriptor(Socket.prototype, 'remoteAddress')?.get

/** The hooks of async stacks. */
export function createAsyncStacksHooks(): AsyncStacksHooks {
  let watch: PromiseWatch | null = null
  let endMeasuring: (() => number) | null = null
  let disposed = false

  const dispose = () => {
    disposed = true
    watch?.stop()
    endMeasuring?.()
    watch = null
    endMeasuring = null
  }

  return {
    dispose,
    hooks: {
      'asyncStacks.prepare'() {
        if (disposed) throw new Error('the monitor has stopped')
        endMeasuring?.()
        const sockets = rememberPeers()
        endMeasuring = measurePause()
        return sockets
      },
      'asyncStacks.pause'() {
        const end = endMeasuring
        endMeasuring = null
        return end?.() ?? 0
      },
      'asyncStacks.watch'(options) {
        if (disposed) throw new Error('the monitor has stopped')
        watch?.stop()
        watch = watchPromises(options)
        return true
      },
      'asyncStacks.collect'() {
        const running = watch
        watch = null
        if (!running) throw new Error('promises are not being watched')
        return toJson(running.collect())
      },
    },
  }
}

/** Node asks the operating system for the peer at the first reading, and keeps the answer with the socket. */
function rememberPeers(): number {
  const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles?(): unknown[] }
  if (!handles || !readPeer) return 0
  let sockets = 0
  for (const handle of handles.call(process)) {
    if (!(handle instanceof Socket) || handle.destroyed) continue
    if (++sockets > maxSockets) break
    try {
      readPeer.call(handle)
    } catch {
      // One that closed this very moment: it has no peer any more.
    }
  }
  return sockets
}

/** Returns how to end it, which gives the longest time without a turn of the event loop, up to `tick` too long. */
function measurePause(): () => number {
  const began = performance.now()
  let last = began
  let longest = 0
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (now - began > abandonedAfter) clearInterval(timer)
  }
  const timer = setInterval(look, tick)
  timer.unref()
  return () => {
    clearInterval(timer)
    look()
    return longest
  }
}
