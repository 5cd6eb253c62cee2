import { messageOf } from '../../lib/errors.js'
import { redactError } from '../../lib/redaction/text.js'
import type { LossGuard } from './loss-guard.js'

/** This many abandoned calls may be unfinished; then the sink gets no more. */
const maxLeft = 3

/** Characters of an error's message to keep. */
const maxMessage = 500

export type CallResult<Value> = { is: 'done'; value: Value } | { is: 'failed'; why: string; retryAfter?: number }

export interface Calls {
  /**
   * Runs the work within its time limit. Never rejects, and ends when the time is over or the monitor stops, even if
   * the work hangs.
   */
  run<Value>(work: (signal: AbortSignal) => Value | Promise<Value>): Promise<CallResult<Value>>
  /** Whether abandoned calls have not ended. */
  isHanging(): boolean
}

/** The calls of one sink: each has a time limit and cannot hurt us. */
export function createCalls(parts: {
  index: number
  /** Milliseconds. */
  timeout: number
  guard: Pick<LossGuard, 'began' | 'ended' | 'during'>
  stopping: AbortSignal
  /** Called with the milliseconds for which a call has blocked the thread. */
  onHeldUp(ms: number): void
}): Calls {
  const { index, timeout, guard, stopping } = parts
  const left = new Set<Promise<unknown>>()

  async function begin<Value>(
    work: (signal: AbortSignal) => Value | Promise<Value>,
    signal: AbortSignal,
  ): Promise<Value> {
    const began = performance.now()
    guard.began(index)
    try {
      const made = guard.during(index, () => work(signal))
      parts.onHeldUp(performance.now() - began)
      return await made
    } finally {
      guard.ended(index)
    }
  }

  return {
    isHanging: () => left.size >= maxLeft,
    async run<Value>(work: (signal: AbortSignal) => Value | Promise<Value>): Promise<CallResult<Value>> {
      if (left.size >= maxLeft) return { is: 'failed', why: `${left.size} calls that were given up have not ended` }
      const controller = new AbortController()
      const limit = createLimit(timeout, stopping)
      const running = begin(work, controller.signal)
      const settled = running.then(
        (value): CallResult<Value> => ({ is: 'done', value }),
        (error): CallResult<Value> => ({ is: 'failed', why: wordsFor(error), retryAfter: retryAfterOf(error) }),
      )
      const result = await Promise.race([settled, limit.reached])
      limit.end()
      if (typeof result !== 'string') return result
      controller.abort(new Error(result))
      left.add(settled)
      void settled.then(() => left.delete(settled))
      return { is: 'failed', why: result }
    },
  }
}

/** Resolves with the reason why a call must end now. */
function createLimit(timeout: number, stopping: AbortSignal): { reached: Promise<string>; end(): void } {
  let end = () => {}
  const reached = new Promise<string>(resolve => {
    const stop = () => resolve('the monitor stops')
    const timer = setTimeout(() => resolve(`it did not end within ${timeout} ms`), timeout)
    timer.unref()
    stopping.addEventListener('abort', stop)
    if (stopping.aborted) stop()
    end = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', stop)
    }
  })
  return { reached, end: () => end() }
}

function wordsFor(error: unknown): string {
  try {
    return redactError(messageOf(error), maxMessage)
  } catch {
    return 'it failed with something that is no error'
  }
}

/** An error may give a time after which another attempt makes sense, in milliseconds. */
function retryAfterOf(error: unknown): number | undefined {
  try {
    const { retryAfter } = Object(error) as { retryAfter?: unknown }
    return typeof retryAfter === 'number' && retryAfter >= 0 ? retryAfter : undefined
  } catch {
    return undefined
  }
}
