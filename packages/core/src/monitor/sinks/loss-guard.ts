import type { Block } from '../../link/block.js'

/**
 * Remembers in shared memory what sinks are at work, so that the thread after one that was lost (it stood still, or had
 * no memory left) knows which of them was the cause. One in the middle of a call, which keeps the thread to itself, is.
 * One that merely waited for something is if it did so twice. It is not loaded again as long as the process lives.
 */
export interface LossGuard {
  isSuspended(index: number): boolean
  /** A call has begun, or ended, be it late. */
  began(index: number): void
  ended(index: number): void
  /** Does what a sink does at once. */
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

/** A bit for each sink; `inCall` is the number of one, from 1, or 0. */
export function judgeLoss(lost: { inCall: number; atWork: number; suspected: number; suspended: number }): {
  suspected: number
  suspended: number
} {
  const guilty = lost.inCall > 0 ? 1 << (lost.inCall - 1) : lost.atWork & lost.suspected
  const others = lost.inCall > 0 ? 0 : lost.atWork
  return { suspected: lost.suspected | others, suspended: lost.suspended | guilty }
}
