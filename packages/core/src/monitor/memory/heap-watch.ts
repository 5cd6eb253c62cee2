import { monotonic } from '../../lib/clock/monotonic.js'
import type { AppLink } from '../../link/app-link.js'
import type { Block } from '../../link/block.js'

/** Milliseconds between two reads of the block. */
const lookEvery = 100

/** The same while the event loop is blocked: a loop that only allocates can fill 200 MiB within a second or two. */
const askEvery = 50

/**
 * Milliseconds. The watch asks the app thread itself once its heartbeat is this late; until then the block is fresh.
 */
const stale = 300

/** The innermost frames: a call of the app's code is among them. */
const framesLooked = 10

export interface HeapWatchParts {
  block: Block
  openLink(): Promise<AppLink>
  /**
   * Called with the heap's percentage of its limit, fresh also while the event loop is blocked, and with the
   * milliseconds of the block (0: it is not blocked). Must not throw.
   */
  onReading(percent: number, blockedFor: number): void
  /**
   * Called with the time (monotonic milliseconds) of each answer in a block, and whether its own code sleeps there. Must
   * not throw. @default nobody asks
   */
  onAnswer?(at: number, isAsleep: boolean): void
  onError(what: string, error: unknown): void
}

export interface HeapWatch {
  /** Releases the app thread and stops the watch. */
  stop(): void
}

/**
 * Monitor thread: watches the heap between the samples. While the event loop is blocked, nobody publishes how full the
 * heap is; then the watch attaches to the app thread, asks V8 (0.1 to 0.5 ms, or as long as the collection in progress)
 * and writes the answer into the block, so that the samples have it too. It detaches when the loop turns again.
 */
export function startHeapWatch({ block, openLink, onReading, onAnswer, onError }: HeapWatchParts): HeapWatch {
  let link: AppLink | undefined
  let following = false
  let stopped = false

  const silence = () => monotonic() - block.get('heartbeat')
  const isBlocked = () => !stopped && silence() > stale // Without a heartbeat it is NaN: never.

  function report(blockedFor: number): void {
    const percent = (block.get('heapUsedBytes') / block.get('heapLimitBytes')) * 100
    if (Number.isFinite(percent)) onReading(percent, blockedFor)
  }

  async function follow(): Promise<void> {
    following = true
    try {
      link = await openLink()
      const isAsleep = await sleeps(link)
      while (isBlocked()) {
        const { usedSize } = (await link.post('Runtime.getHeapUsage')) as { usedSize: number }
        // The answer about a block that has ended is stale.
        if (!isBlocked()) break
        onAnswer?.(monotonic(), isAsleep)
        block.set('heapUsedBytes', usedSize)
        report(silence())
        await pause(askEvery)
      }
    } catch (error) {
      // Closed because the process is exiting or the monitor stops: no news.
      if (!stopped && block.load('exiting') === 0) onError('watch the heap', error)
    } finally {
      link?.close()
      link = undefined
      following = false
    }
  }

  const timer = setInterval(() => {
    if (!isBlocked()) report(0)
    else if (!following) void follow()
  }, lookEvery)
  timer.unref()

  return {
    stop() {
      stopped = true
      clearInterval(timer)
      link?.close()
    },
  }
}

/** Whether its code waits in the one native call in which V8 serves the inspector. */
async function sleeps(link: AppLink): Promise<boolean> {
  try {
    const { inCall } = await link.call('frames.look', framesLooked)
    return inCall === 'Atomics.wait'
  } catch {
    return false
  }
}

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms).unref())
