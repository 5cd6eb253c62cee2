import type { Hooks } from '../../../link/hooks.js'
import type { WaitOptions } from '../../../link/replies.js'
import type { WaitReply } from '../../../model/async-wait.js'
import { type WaitWatch, watchWaits } from './wait-watch.js'

export interface AsyncWaitHooks {
  hooks: Hooks
  /** Ends whatever runs. */
  dispose(): void
}

/**
 * The app thread's side of the async-wait profile.
 *
 * - `asyncWait.watch(options)`: begins to watch what the thread waits for
 * - `asyncWait.collect()`: ends that, and returns what was found, as JSON
 */
export function createAsyncWaitHooks(): AsyncWaitHooks {
  let watch: WaitWatch | null = null
  let disposed = false
  return {
    dispose() {
      disposed = true
      watch?.stop()
      watch = null
    },
    hooks: {
      'asyncWait.watch': (options: WaitOptions): boolean => {
        if (disposed) throw new Error('the monitor has stopped')
        watch?.stop()
        watch = watchWaits(options)
        return true
      },
      'asyncWait.collect': (): string => {
        const running = watch
        watch = null
        if (!running) throw new Error('waits are not being watched')
        return JSON.stringify(running.collect() satisfies WaitReply)
      },
    },
  }
}
