import { describe, expect, it } from 'vitest'
import { defaultThreshold } from '../rules/defaults.js'
import { createEarlySample } from './early-sample.js'

/** A monitor thread that looks each 100 ms and samples each second; the app thread blocks from `blockedAt` on. */
function setUp(threshold = {}, { blockedAt = 300, isArmed = (): boolean => true } = {}) {
  let now = 0
  const taken: number[] = []
  const early = createEarlySample({
    overdue: () => Math.max(0, now - blockedAt),
    threshold: () => ({ ...defaultThreshold('eventLoopDelay'), ...threshold }),
    isArmed,
    take() {
      taken.push(now)
      early.sampled()
    },
    now: () => now,
  })
  return {
    taken,
    pass(ms: number, { sampling = true } = {}) {
      for (const end = now + ms; now < end; ) {
        now += 100
        if (sampling && now % 1000 === 0) early.sampled()
        early.look()
      }
    },
  }
}

describe('a sample before its turn', () => {
  it('is taken once, at the watermark, however long the block lasts', () => {
    const { taken, pass } = setUp()
    pass(5000)
    expect(taken).toEqual([1300])
  })

  it('is not taken where the last sample has seen the watermark passed', () => {
    const { taken, pass } = setUp({}, { blockedAt: 0 })
    pass(5000)
    expect(taken).toEqual([])
  })

  it('goes by `min` where that is higher', () => {
    const { taken, pass } = setUp({ min: 3000 })
    pass(5000)
    expect(taken).toEqual([3300])
  })

  it.each([
    ['the watermark is off', { watermark: null }, undefined],
    ['the metric is off', { enabled: false }, undefined],
    ['the rule counts samples', { hold: 2 }, undefined],
    ['the rule would not fire', {}, { isArmed: () => false }],
    ['the app is not blocked', {}, { blockedAt: 1e9 }],
  ])('is not taken where %s', (_, threshold, more) => {
    const { taken, pass } = setUp(threshold, more)
    pass(5000)
    expect(taken).toEqual([])
  })
})
