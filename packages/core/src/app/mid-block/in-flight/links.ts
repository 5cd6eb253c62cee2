import { AsyncLocalStorage, executionAsyncId, executionAsyncResource, triggerAsyncId } from 'node:async_hooks'
import { captureTrace, type Trace } from './stack.js'

/** Tells which request of ours is behind a call that goes out. */
export interface Links {
  /**
   * Calls that are made synchronously in the context `connectionId` (an `executionAsyncId`), or in a `process.nextTick`
   * from there, belong to the result of `owner`.
   * Returns a function that undoes it.
   */
  open(connectionId: number, owner: () => object | null): () => void
  /** Calls from here on, and from all that is awaited here, belong to `owner`; only while following. */
  enter(owner: object): void
  /** The owner of the running code, `null` where it is unknown. */
  owner(): object | null
  /** The stack of the caller; `null` while not following. */
  trace(): Trace | null
  /** Whether all that was done for this owner since its beginning was followed. */
  isFollowed(owner: object): boolean
  /** Switches following on or off. On, each promise of the application costs a little. */
  follow(on: boolean): void
}

/**
 * Two ways to know, since the good one costs every request 1 to 2 µs:
 *
 * - Always: a handler that calls out before its first `await` does so in the execution context of its connection's
 *   parser, whose id is a number that Node keeps anyway. One tick further is included, because handlers wait that long
 *   for the end of a body, and `node:http` before 22.12 as long to say that a request starts.
 * - While following: by asynchronous context, however late the call.
 */
export function createLinks(): Links {
  const open = new Map<number, () => object | null>()
  const followed = new WeakSet<object>()
  let storage: AsyncLocalStorage<WeakRef<object>> | undefined

  return {
    open(connectionId, owner) {
      // 0 is no context at all, and 1 the main script's.
      if (connectionId <= 1) return () => {}
      open.set(connectionId, owner)
      return () => void open.delete(connectionId)
    },
    enter(owner) {
      if (!storage) return
      followed.add(owner)
      // Weak, because a thing that a request sets up for all later ones, such as a pool, keeps its context for ever.
      storage.enterWith(new WeakRef(owner))
    },
    owner: () => storage?.getStore()?.deref() ?? open.get(executionAsyncId())?.() ?? open.get(tickedFrom())?.() ?? null,
    trace: () => (storage ? captureTrace() : null),
    isFollowed: owner => followed.has(owner),
    follow(on) {
      if (on === (storage !== undefined)) return
      storage?.disable()
      // A new one each time: a connection still carries the store of the last one.
      storage = on ? new AsyncLocalStorage() : undefined
    },
  }
}

/**
 * The context that scheduled the tick that runs, or 0. Of other things than ticks, which live longer, the trigger says
 * nothing: that of a pooled socket is the request that happened to open it.
 */
function tickedFrom(): number {
  return 'callback' in executionAsyncResource() ? triggerAsyncId() : 0
}
