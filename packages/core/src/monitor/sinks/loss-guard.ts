import type { Block } from '../../link/block.js'

/**
 * Remembers in shared memory which sinks are at work. When a thread is lost (it stood still, or ran out of memory), the
 * next thread can tell which sink was the cause. A sink in the middle of a call, which blocks the thread, is the cause.
 * A sink that merely waited is the cause if it did so twice. It is not loaded again as long as the process lives.
 */
export interface LossGuard {
  isSuspended(index: number): boolean
  /** A call has begun, or ended, even if late. */
  began(index: number): void
  ended(index: number): void
  /** Runs the synchronous work of a sink. */
  during<Result>(index: number, work: () => Result): Result
}

export type LossBlock = Pick<Block, 'load' | 'store'>

export function createLossGuard(block: LossBlock): LossGuard {
  const found = judgeLoss({
    inCall: block.load('sinkInCall'),
    atWork: block.load('sinksAtWork'),
    suspected: block.load('sinksSuspected'),
    suspended: block.load('sinksSuspended'),
  })
  const atWork = new Map<number, number>()
  block.store('sinksSuspected', found.suspected)
  block.store('sinksSuspended', found.suspended)
  block.store('sinkInCall', 0)
  block.store('sinksAtWork', 0)

  function count(index: number, by: number): void {
    atWork.set(index, (atWork.get(index) ?? 0) + by)
    block.store(
      'sinksAtWork',
      [...atWork].reduce((mask, [one, calls]) => (calls > 0 ? mask | (1 << one) : mask), 0),
    )
  }

  return {
    isSuspended: index => (found.suspended & (1 << index)) !== 0,
    began: index => count(index, 1),
    ended: index => count(index, -1),
    during(index, work) {
      block.store('sinkInCall', index + 1)
      try {
        return work()
      } finally {
        block.store('sinkInCall', 0)
      }
    },
  }
}

/** `atWork` has a bit for each sink; `inCall` is the number of one sink, from 1, or 0. */
export function judgeLoss(lost: { inCall: number; atWork: number; suspected: number; suspended: number }): {
  suspected: number
  suspended: number
} {
  const guilty = lost.inCall > 0 ? 1 << (lost.inCall - 1) : lost.atWork & lost.suspected
  const others = lost.inCall > 0 ? 0 : lost.atWork
  return { suspected: lost.suspected | others, suspended: lost.suspended | guilty }
}
