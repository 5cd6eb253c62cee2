import { expect, it } from 'vitest'
import { createBlock } from '../../link/block.js'
import { createLossGuard, judgeLoss } from './loss-guard.js'

it('the guard suspends the sink that kept the thread to itself when it was lost, at once and for good', () => {
  const block = createBlock({ customCount: 0 })
  const first = createLossGuard(block)
  first.began(0)
  first.began(2)
  // A loop without an end never comes back from here.
  const ends = new Error('the thread is lost')
  let during: number[] = []
  expect(() =>
    first.during(2, () => {
      during = [block.load('sinkInCall'), block.load('sinksAtWork')]
      throw ends
    }),
  ).toThrow(ends)
  expect([during, block.load('sinkInCall')]).toEqual([[3, 0b101], 0])
  block.store('sinkInCall', 3)

  const second = createLossGuard(block)
  expect([0, 1, 2].map(second.isSuspended)).toEqual([false, false, true])
  const third = createLossGuard(block)
  expect([0, 1, 2].map(third.isSuspended)).toEqual([false, false, true])
})

it('the guard suspends a sink that was merely at work only when it was so twice', () => {
  const block = createBlock({ customCount: 0 })
  for (const expected of [false, false, true]) {
    const guard = createLossGuard(block)
    expect(guard.isSuspended(1)).toBe(expected)
    guard.began(1)
  }
})

it('the guard blames no sink that was done', () => {
  const block = createBlock({ customCount: 0 })
  for (let threads = 0; threads < 3; threads++) {
    const guard = createLossGuard(block)
    expect(guard.isSuspended(1)).toBe(false)
    guard.began(1)
    guard.began(1)
    guard.ended(1)
    guard.ended(1)
  }
})

it('the guard knows the sixteen sinks that there may be from each other', () => {
  for (let index = 0; index < 16; index++) {
    const none = { atWork: 0, suspected: 0, suspended: 0 }
    expect(judgeLoss({ ...none, inCall: index + 1 }).suspended).toBe(1 << index)
  }
})
