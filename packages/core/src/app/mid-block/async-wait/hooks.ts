import type { HooksOf } from '../../../link/app-hooks.js'
import { toJson } from '../../../link/json.js'
import { type WaitWatch, watchWaits } from './wait-watch.js'

export interface AsyncWaitHooks {
  hooks: HooksOf<'asyncWait'>
  /** Ends the watch. */
  dispose(): void
}

/** The hooks of the async-wait profile. */
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
      'asyncWait.watch'(options) {
        if (disposed) throw new Error('the monitor has stopped')
        watch?.stop()
        watch = watchWaits(options)
        return true
      },
      'asyncWait.collect'() {
        const running = watch
        watch = null
        if (!running) throw new Error('waits are not being watched')
        return toJson(running.collect())
      },
    },
  }
}
