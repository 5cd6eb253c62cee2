import { expect, it } from 'vitest'
import { createBlock } from '../../link/block.js'
import { createAwakeClock } from './awake.js'
import { createLoopReader } from './event-loop.js'
import { createStopFinder, monitorThread } from './stand-still.js'

const period = 100

/** A reader of a loop that a test moves: each step gives the time of the sample and of the last heartbeat. */
function setUp() {
  const block = createBlock({ customCount: 0 })
  const clock = createAwakeClock()
  const findStop = createStopFinder(monitorThread)
  const { read } = createLoopReader(block, period)
  block.set('loopIdle', 0)
  return {
    block,
    sample(now: number, heartbeat: number, cpuTime: number | null = null): number {
      block.set('heartbeat', heartbeat)
      const stop = findStop({ now, cpuTime })
      if (stop) clock.stop(stop)
      return read(clock.at(now), clock).blockedTime
    },
  }
}

it('blocked time grows while a block lasts, and the end of the block adds nothing to it', () => {
  const { block, sample } = setUp()
  expect([sample(1000, 1000), sample(2000, 1200), sample(3000, 1200)]).toEqual([0, 700, 1700])
  // The sum of the app thread when it is back: 2.2 s late.
  block.set('blockedTime', 2200)
  block.raise('worstDelay', 2_200_000)
  expect([sample(4000, 3950), sample(5000, 4950)]).toEqual([2200, 2200])
  expect(sample(6000, 5100)).toBe(3000)
})

it('blocked time never goes back, and does not count what is no block', () => {
  const { block, sample } = setUp()
  expect(sample(1000, 800)).toBe(0)
  expect(sample(2000, 1200)).toBe(700)
  block.set('blockedTime', 690)
  expect(sample(3000, 2950)).toBe(700)
})

it('blocked time does not count the time in which the whole process stood still', () => {
  const { block, sample } = setUp()
  sample(1000, 950, 10)
  const stopped = 3600_000
  block.set('blockedTime', stopped)
  block.raise('worstDelay', 2_000_000_000)
  // It was as long as its samples, awake, were apart.
  expect(sample(2000 + stopped, 1950 + stopped, 12)).toBeLessThan(2000)
  expect(sample(3000 + stopped, 2950 + stopped, 900)).toBeLessThan(2000)
})
