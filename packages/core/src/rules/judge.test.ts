import { describe, expect, it } from 'vitest'
import { feed, times } from '../testing/feed.js'
import { captureEnded, fired, retuned } from './memory.js'

const noisy = [46.4, 33.6, 44, 36, 46.4, 33.6, 44, 36, 46.4, 33.6]

const minute = 60_000

describe('watermark', () => {
  it('fires at the watermark, and not below it', () => {
    const cpu = feed({ watermark: 80 })
    expect(cpu.one(79.97)).toMatchObject({
      fire: null,
      rules: { watermark: { state: 'quiet', reason: 'quiet: 79.97% is below the watermark 80%', threshold: 80 } },
    })
    expect(cpu.one(80)).toMatchObject({
      fire: 'watermark',
      rules: { watermark: { state: 'firing', reason: 'fires: 80% is at or above the watermark 80%', threshold: 80 } },
    })
  })

  it('fires on the very first sample: only the spike has to warm up', () => {
    expect(feed({ watermark: 80, spike: 25 }).one(97)).toMatchObject({
      fire: 'watermark',
      rules: { spike: { state: 'warming-up', reason: 'warming up: 0 of 10 samples', threshold: null } },
    })
  })

  it('does not fire below min, even above the watermark', () => {
    const cpu = feed({ watermark: 30, min: 40 })
    expect(cpu.one(31).rules.watermark.reason).toBe('quiet: 31% is below min 40%')
    expect(cpu.one(40).fire).toBe('watermark')
  })

  it('fires once for as long as the value stays up, and again after it has fallen back', () => {
    const cpu = feed({ watermark: 80 })
    expect(cpu.one(90).fire).toBe('watermark')
    cpu.apply(state => fired(state, 'watermark', cpu.at))
    expect(cpu.one(97).rules.watermark).toEqual({
      state: 'spent',
      reason: 'spent: 97% is at or above the watermark 80%, and has not fallen back since the last capture',
      threshold: 80,
    })
    expect(cpu.all(times(100, 99)).every(decision => decision.fire === null)).toBe(true)
    expect(cpu.all([79, 81]).map(decision => decision.fire)).toEqual([null, 'watermark'])
  })

  it('speaks for a block that goes on: what lasts longer is no spike', () => {
    const delay = feed({ watermark: 1000, spike: 100, min: 500 }, {}, 'eventLoopDelay')
    delay.all(times(20, 5))
    delay.goesOn = true
    expect(delay.one(1500).fire).toBe('watermark')
    delay.apply(state => captureEnded(fired(state, 'watermark', delay.at), true))
    const longer = delay.all(Array.from({ length: 90 }, (_, second) => 2500 + 1000 * second))
    expect(longer.filter(({ fire }) => fire !== null)).toEqual([])
    expect(longer.at(-1)?.rules.spike.state).toBe('spent')
  })

  it('asks again with the next sample when its dump was not admitted', () => {
    const cpu = feed({ watermark: 80, cooldown: minute })
    expect(cpu.all([90, 91, 92]).map(decision => decision.fire)).toEqual(['watermark', 'watermark', 'watermark'])
  })
})

describe('spike', () => {
  it('compares with the mean of the samples before', () => {
    const cpu = feed({ spike: 25 })
    cpu.all(times(10, 50))
    const quiet = cpu.one(52)
    expect(quiet).toMatchObject({ mean: 50, deviation: 0, history: times(10, 50), fire: null })
    expect(quiet.rules.spike.reason).toBe('quiet: 52% is 4% above the mean 50% of 10 samples, spike needs 25%')
  })

  it('needs more than its percentage', () => {
    const cpu = feed({ spike: 25 })
    cpu.all(times(10, 40))
    expect(cpu.one(50).rules.spike.reason).toBe('quiet: 50% is 25% above the mean 40% of 10 samples, spike needs 25%')
    const close = feed({ spike: 25 })
    close.all(times(10, 40))
    expect(close.one(50.004)).toMatchObject({
      fire: 'spike',
      rules: {
        spike: {
          threshold: 50,
          reason:
            'fires: 50.004% is 25.01% above the mean 40% of 10 samples, spike needs 25% and more than the noise (6 × 0 above it is 40%)',
        },
      },
    })
  })

  it('says when the value has not risen at all', () => {
    const cpu = feed({ spike: 25 })
    cpu.all(times(10, 40))
    expect(cpu.one(30).rules.spike.reason).toBe('quiet: 30% is not above the mean 40% of 10 samples')
  })

  it('stays quiet within the noise of the history, and fires beyond it', () => {
    const cpu = feed({ spike: 25 })
    cpu.all(noisy)
    expect(cpu.one(52).rules.spike).toEqual({
      state: 'quiet',
      reason: 'quiet: 52% is 30% above the mean 40% of 10 samples, but within the noise (6 × 5.87 above it is 75.2%)',
      threshold: expect.closeTo(75.2, 2),
    })
    const burst = feed({ spike: 25 })
    burst.all(noisy)
    expect(burst.one(76)).toMatchObject({ fire: 'spike', rules: { spike: { threshold: expect.closeTo(75.2, 2) } } })
  })

  it('does not fire below min', () => {
    const cpu = feed({ spike: 25, min: 20 })
    cpu.all(times(10, 1))
    expect(cpu.one(19.99).rules.spike).toMatchObject({ state: 'quiet', reason: 'quiet: 19.99% is below min 20%' })
    expect(feedAfter(times(10, 1), 20, { metric: 'gc' }).fire).toBe('spike')
  })

  it('waits for the warm-up, and for two samples whatever the warm-up says', () => {
    const cpu = feed({ spike: 25 }, { warmup: 3 })
    expect(cpu.all([1, 90, 1]).map(decision => decision.rules.spike.reason)).toEqual([
      'warming up: 0 of 3 samples',
      'warming up: 1 of 3 samples',
      'warming up: 2 of 3 samples',
    ])
    expect(cpu.one(1).rules.spike.state).toBe('quiet')
    const eager = feed({ spike: 25 }, { warmup: 0 })
    expect(eager.all([1, 1]).map(decision => decision.rules.spike.state)).toEqual(['warming-up', 'warming-up'])
    expect(eager.one(90).fire).toBe('spike')
  })

  it('fires from a mean of 0, without dividing by it', () => {
    expect(feedAfter(times(10, 0), 50).rules.spike.reason).toBe(
      'fires: 50% is above the mean 0% of 10 samples, spike needs 25% and more than the noise (6 × 0 above it is 0%)',
    )
    expect(feedAfter(times(10, 0), 0, { min: 0 }).rules.spike.state).toBe('quiet')
  })

  it('does not take a negative mean for a line below it', () => {
    expect(feedAfter(times(10, -100), -100, { min: 0 }).fire).toBe(null)
    expect(feedAfter(times(10, -100), 0, { min: 0 }).fire).toBe('spike')
  })

  it('re-arms when the history has absorbed a new plateau', () => {
    const cpu = feed({ spike: 25 })
    cpu.all(times(10, 20))
    expect(cpu.one(50).fire).toBe('spike')
    cpu.apply(state => captureEnded(fired(state, 'spike', cpu.at), true))
    cpu.all(times(20, 50))
    expect(cpu.one(90).fire).toBe('spike')
  })

  it('sees a pile-up although it widens its own deviation', () => {
    const inFlight = feed({ spike: 100, min: 20, hold: 2 }, {}, 'inFlight')
    inFlight.all([1, 0, 2, 1, 0, 1, 2, 1, 0, 1])
    const decisions = inFlight.all([5, 9, 14, 18, 23, 27, 32])
    expect(decisions.map(decision => decision.rules.spike.state)).toEqual([
      ...times(4, 'quiet'),
      'holding',
      'firing',
      expect.anything(),
    ])
    expect(decisions[5]?.rules.spike.reason).toContain('step deviation')
  })
})

describe('hold', () => {
  it('needs as many matching samples in a row, for each rule of its own', () => {
    const cpu = feed({ watermark: 80, hold: 3 })
    expect(cpu.all([90, 90, 70, 90, 90, 90]).map(decision => decision.fire)).toEqual([...times(5, null), 'watermark'])
    expect(feed({ watermark: 80, hold: 3 }).one(97).rules.watermark.reason).toBe(
      'holding: 97% is at or above the watermark 80%, 1 of 3 samples in a row',
    )
  })

  it('keeps a holding spike out of its own history, so that a plateau holds', () => {
    const cpu = feed({ spike: 25, hold: 3 })
    cpu.all(times(10, 20))
    const decisions = cpu.all([50, 50, 50])
    expect(decisions.map(decision => decision.fire)).toEqual([null, null, 'spike'])
    expect(decisions[2]?.history).toEqual(times(10, 20))
    expect(cpu.state.history).toEqual([...times(7, 20), 50, 50, 50])
  })

  it('gives the samples it kept back to the history when the streak breaks', () => {
    const cpu = feed({ spike: 25, hold: 3 })
    cpu.all([...times(10, 20), 50, 51, 21])
    expect(cpu.state.history).toEqual([...times(7, 20), 50, 51, 21])
    expect(cpu.state.held).toEqual([])
  })

  it('goes on over a reading that is missing or falls into a capture', () => {
    const cpu = feed({ watermark: 80, hold: 2 })
    cpu.one(90)
    cpu.one(null)
    cpu.one(10, true)
    expect(cpu.one(90).fire).toBe('watermark')
  })
})

describe('cooldown', () => {
  it('lasts its time from the last dump of the metric, whichever rule it was', () => {
    const cpu = feed({ watermark: 80, spike: 25, cooldown: minute })
    cpu.one(90)
    cpu.apply(state => fired(state, 'spike', cpu.at))
    cpu.one(10)
    cpu.at += 17_000
    expect(cpu.one(97).rules.watermark).toMatchObject({
      state: 'cooling-down',
      reason: 'cooling down: 97% is at or above the watermark 80%, 41 s left of the 60 s after a dump',
    })
    cpu.at += 39_999
    expect(cpu.one(97).rules.watermark.reason).toContain('1 ms left')
    cpu.at -= 999
    expect(cpu.one(97).fire).toBe('watermark')
  })

  it('is over at once when a patch ends it', () => {
    const cpu = feed({ watermark: 80, cooldown: minute })
    cpu.apply(state => fired(state, 'watermark', cpu.at))
    cpu.one(10)
    expect(cpu.one(97).fire).toBe(null)
    cpu.threshold = { ...cpu.threshold, cooldown: 0 }
    expect(cpu.one(97).fire).toBe('watermark')
  })

  it('neither freezes nor ends when the clock is set back', () => {
    const cpu = feed({ watermark: 80, cooldown: minute })
    cpu.apply(state => fired(state, 'watermark', cpu.at))
    cpu.at -= 24 * 3_600_000
    expect(cpu.all([10, 97]).map(decision => decision.rules.watermark.state)).toEqual(['quiet', 'cooling-down'])
    cpu.at += minute
    expect(cpu.one(97).fire).toBe('watermark')
  })

  it('does not mind a gap', () => {
    const cpu = feed({ watermark: 80, spike: 25, cooldown: minute })
    cpu.all(times(12, 20))
    cpu.at += 8 * 3_600_000
    expect(cpu.one(30)).toMatchObject({ fire: 'spike', mean: 20 })
  })
})

describe('two rules', () => {
  it('puts the watermark before the spike', () => {
    const cpu = feed({ watermark: 80, spike: 25 })
    cpu.all(times(10, 20))
    expect(cpu.one(95)).toMatchObject({
      fire: 'watermark',
      rules: { watermark: { state: 'firing' }, spike: { state: 'firing' } },
    })
  })

  it('makes one dump of one event', () => {
    const cpu = feed({ watermark: 80, spike: 25, hold: 1 })
    cpu.all(times(10, 20))
    cpu.one(95)
    cpu.apply(state => fired(state, 'watermark', cpu.at))
    // Still rising, and far enough for a spike of its own.
    expect(cpu.one(200).rules.spike.state).toBe('spent')
    expect(cpu.all(times(30, 200)).filter(decision => decision.fire !== null)).toEqual([])
  })

  it('still dumps when a spike grows up to the watermark', () => {
    const cpu = feed({ watermark: 80, spike: 25 })
    cpu.all(times(10, 20))
    expect(cpu.one(60).fire).toBe('spike')
    cpu.apply(state => fired(state, 'spike', cpu.at))
    expect(cpu.one(90).fire).toBe('watermark')
  })
})

describe('off', () => {
  it('is off where the number is null, and altogether where the metric is disabled', () => {
    const none = feed({ spike: null, watermark: null }).one(1e9)
    expect(none.fire).toBe(null)
    expect(none.rules.spike).toEqual({ state: 'off', reason: 'off: no spike is set', threshold: null })
    expect(none.rules.watermark).toEqual({ state: 'off', reason: 'off: no watermark is set', threshold: null })
    const disabled = feed({ enabled: false, spike: 1, watermark: 1 })
    expect(disabled.all(times(30, 99)).every(decision => decision.fire === null)).toBe(true)
    expect(disabled.one(99).rules.spike.reason).toBe('off: the metric is disabled')
    expect(disabled.state.history).toEqual(times(10, 99))
  })
})

describe('no reading', () => {
  it.each([null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('takes %s for none', value => {
    const cpu = feed({ watermark: 80, spike: 25 })
    cpu.all(times(10, 20))
    const before = cpu.state
    expect(cpu.one(value)).toMatchObject({
      value: null,
      mean: 20,
      fire: null,
      rules: {
        watermark: { state: 'no-reading' },
        spike: { state: 'no-reading', reason: 'no reading: the metric has no value' },
      },
    })
    expect(cpu.state).toEqual(before)
  })
})

describe('capture', () => {
  it('judges nothing while it lasts, and leaves the state as it was', () => {
    const cpu = feed({ watermark: 80, spike: 25 })
    cpu.all(times(10, 20))
    const before = cpu.state
    expect(cpu.one(99, true)).toMatchObject({
      value: 99,
      fire: null,
      rules: { watermark: { state: 'capturing', reason: 'capturing: not judged while a capture is in progress' } },
    })
    expect(cpu.state).toEqual(before)
  })

  it('a dump does not trigger a dump: a rise right after it must have been seen to end', () => {
    const rss = feed({ spike: 25 })
    rss.all(times(10, 20))
    rss.apply(state => captureEnded(state, true))
    expect(rss.one(40).rules.spike.state).toBe('spent')
    expect(rss.one(20).rules.spike.state).toBe('quiet')
    rss.all(times(10, 20))
    expect(rss.one(40).fire).toBe('spike')
  })

  it('changes nothing for a metric that no capture moves', () => {
    const inFlight = feed({ spike: 100 }, {}, 'inFlight')
    inFlight.all(times(10, 20))
    const before = inFlight.state
    inFlight.apply(state => captureEnded(state, false))
    expect(inFlight.state).toBe(before)
    expect(inFlight.one(60).fire).toBe('spike')
  })

  it('stays in force over the warm-up', () => {
    const cpu = feed({ spike: 25 }, { warmup: 4 })
    cpu.all([10, 10])
    cpu.apply(state => captureEnded(state, true))
    cpu.all([10, 10])
    expect(cpu.one(90).rules.spike.state).toBe('spent')
  })
})

describe('retuned', () => {
  it('re-arms and starts the hold anew, but keeps history and cooldown', () => {
    const cpu = feed({ watermark: 80, hold: 2, cooldown: minute })
    cpu.all([90, 90])
    cpu.apply(state => fired(state, 'watermark', cpu.at))
    cpu.apply(retuned)
    expect(cpu.all([90, 90]).map(decision => decision.rules.watermark.state)).toEqual(['holding', 'cooling-down'])
    expect(cpu.state.history).toEqual(times(4, 90))
  })

  it('fires at once when the new watermark is below the value', () => {
    const cpu = feed({ watermark: 50 })
    cpu.one(60)
    cpu.apply(state => fired(state, 'watermark', cpu.at))
    cpu.threshold = { ...cpu.threshold, watermark: 55 }
    cpu.apply(retuned)
    expect(cpu.one(60).fire).toBe('watermark')
  })
})

function feedAfter(before: number[], value: number, { min = 20, metric = 'cpu' } = {}) {
  const fed = feed({ spike: 25, min }, {}, metric)
  fed.all(before)
  return fed.one(value)
}

describe('while the program starts', () => {
  it('only the watermark of what kills it is judged', () => {
    const cpu = feed({ watermark: 80, spike: 25 })
    cpu.starting = true
    expect(cpu.one(97)).toMatchObject({
      fire: null,
      rules: {
        watermark: { state: 'starting', reason: 'starting: not judged until the program listens or comes to rest' },
        spike: { state: 'starting' },
      },
    })
    cpu.starting = false
    expect(cpu.one(97).fire).toBe('watermark')
    for (const metric of ['heap', 'rss', 'memory', 'fds']) {
      const fatal = feed({ watermark: 80, spike: 25 }, {}, metric)
      fatal.starting = true
      const { fire, rules } = fatal.one(97)
      expect([fire, rules.spike.state]).toEqual(['watermark', 'starting'])
    }
  })

  it('nothing is learned', () => {
    const cpu = feed({ spike: 25 })
    cpu.all(times(10, 50))
    cpu.starting = true
    cpu.one(99)
    cpu.starting = false
    expect(cpu.one(50)).toMatchObject({ mean: 50, history: times(10, 50) })
  })
})
