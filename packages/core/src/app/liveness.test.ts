import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createBlock } from '../link/block.js'
import { createLiveness, type Pulse, watchThread } from './liveness.js'

function thread(interval = 1000) {
  const block = createBlock({ customCount: 0 })
  let clock = 0
  const liveness = createLiveness({ block, interval, now: () => clock, wallClock: () => 1e12 + clock })
  liveness.begin()
  return {
    block,
    liveness,
    /** The app thread looks so often, each time after one period unless it was away for longer. */
    looks(count: number, { busy = false, away = liveness.every, meanwhile = () => {} } = {}): Pulse {
      let pulse: Pulse = 'alive'
      for (let look = 0; look < count; look++) {
        clock += away
        meanwhile()
        pulse = liveness.look(busy)
      }
      return pulse
    },
  }
}

describe('a monitor thread', () => {
  it('that samples is alive, whatever its interval', () => {
    for (const interval of [20, 1000, 60_000, 3_600_000]) {
      const { block, looks, liveness } = thread(interval)
      for (let sample = 0; sample < 5; sample++) {
        expect(looks(Math.ceil(interval / liveness.every))).toBe('alive')
        block.add('samples', 1)
      }
      expect(looks(1)).toBe('alive')
    }
  })

  it('is stalled without a sample for ten seconds or ten intervals, and lost when that lasts', () => {
    const { block, looks, liveness } = thread()
    block.add('samples', 1)
    expect([looks(1), looks(9), looks(1), looks(19), looks(1)]).toEqual([
      'alive',
      'alive',
      'stalled',
      'stalled',
      'lost',
    ])
    expect(liveness.lastSample()).toBe(1e12 + 1000)
    const slow = thread(3_600_000)
    const inAnHour = 3_600_000 / slow.liveness.every
    expect([slow.looks(9 * inAnHour), slow.looks(inAnHour)]).toEqual(['alive', 'stalled'])
  })

  it('is alive again with its next sample', () => {
    const { block, looks } = thread()
    expect(looks(12)).toBe('stalled')
    block.add('samples', 1)
    expect([looks(1), looks(9), looks(1)]).toEqual(['alive', 'alive', 'stalled'])
  })

  it('has six times as long while it starts or captures', () => {
    const { looks } = thread()
    expect([looks(59, { busy: true }), looks(1, { busy: true })]).toEqual(['alive', 'stalled'])
  })

  it('that writes a large file is not lost, but does not sample for ever', () => {
    const { block, looks } = thread()
    const meanwhile = () => block.add('work', 1)
    expect([looks(59, { meanwhile }), looks(1, { meanwhile }), looks(500, { meanwhile })]).toEqual([
      'alive',
      'stalled',
      'stalled',
    ])
  })

  it('is not blamed for the time in which the app thread was blocked, or the machine stood still', () => {
    const { looks } = thread()
    expect(looks(4, { away: 3_600_000 })).toBe('alive')
    expect(looks(1, { away: 3_600_000 })).toBe('stalled')
  })

  it('counts its samples in a slot that wraps around', () => {
    const { block, looks } = thread()
    block.store('samples', 2 ** 31 - 1)
    expect(looks(1)).toBe('alive')
    block.add('samples', 1)
    expect([block.load('samples'), looks(9)]).toEqual([-(2 ** 31), 'alive'])
  })
})

describe('the watch', () => {
  it('tells of each change once, and rests with the thread', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const block = createBlock({ customCount: 0 })
    let clock = 0
    const onPulse = vi.fn()
    const watch = watchThread({ block, interval: 1000, now: () => clock, wallClock: () => clock, onPulse })
    const pass = (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        clock += 1000
        vi.advanceTimersByTime(1000)
      }
    }
    watch.begin()
    expect(watch.isSampling()).toBe(false)
    watch.hear({ ready: true })
    expect(watch.isSampling()).toBe(true)
    watch.hear({ event: 'capture', dump: {} as never })
    pass(50)
    expect(onPulse).not.toHaveBeenCalled()
    watch.hear({ event: 'capture', dump: null })
    pass(5)
    expect([watch.isSampling(), watch.isStalled()]).toEqual([false, true])
    pass(5)
    expect(onPulse.mock.calls).toEqual([['lost', '1970-01-01T00:00:00.000Z']])
    watch.end()
    pass(100)
    expect([onPulse.mock.calls.length, watch.isSampling(), watch.isStalled()]).toEqual([1, false, false])
  })
})
