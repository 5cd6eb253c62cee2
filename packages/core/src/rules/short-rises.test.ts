import { describe, expect, it } from 'vitest'
import type { Sample } from '../model/sample.js'
import { feed, times } from '../testing/feed.js'
import { defaultThreshold, defaultThresholds } from './defaults.js'
import { createMetricStates } from './metric-states.js'
import { replay } from './replay.js'

const cpu = () => feed(defaultThreshold('cpu'))

const firesAt = (values: number[], metric = 'cpu') =>
  feed(defaultThreshold(metric), {}, metric)
    .all(values)
    .findIndex(({ fire }) => fire !== null)

/** A series of an interval, replayed with the default thresholds of `cpu`. */
function replayed(values: (number | Partial<Sample>)[], interval = 1000) {
  const samples = values.map((value, index): Sample => {
    const more = typeof value === 'number' ? { values: { cpu: value } } : value
    return { at: 1_700_000_000_000 + index * interval, values: {}, ...more }
  })
  const thresholds = { cpu: defaultThreshold('cpu') }
  return replay(samples, { thresholds, history: 10, warmup: 10, captureDuration: 5000, maxPerHour: 10 }).firings
}

describe('a rise of cpu from below 20% to less than half a core', () => {
  it.each([
    ['one sample', [42]],
    ['two samples', [30, 45]],
    ['two samples again and again', [30, 45, ...times(18, 2), 31, 44, ...times(18, 2), 28, 47]],
  ])('is no spike if it is over after %s', (_, burst) => {
    expect(firesAt([...times(20, 2), ...burst, ...times(20, 2)])).toBe(-1)
  })

  it('is one if it goes on, and says until then what it waits for', () => {
    const metric = cpu()
    metric.all(times(20, 2))
    const [first, second, third] = metric.all([35, 40, 38])
    expect(first?.rules.spike).toMatchObject({
      state: 'holding',
      reason:
        'holding: 35% is 17.5 times the mean 2% of 10 samples, spike needs 25% and more than the noise (6 × 0 above it is 2%), 1.0 s of the 3.0 s that a rise from below 20% to less than 50% must last',
    })
    expect(second?.rules.spike).toMatchObject({
      state: 'holding',
      reason: expect.stringMatching(/, 2\.0 s of the 3\.0 s/),
    })
    expect(third).toMatchObject({ fire: 'spike', mean: 2, value: 38 })
  })

  it('is counted in time where samples are closer together, each of which covers a second', () => {
    const idle = times(60, 2)
    // 400 ms of CPU time are in each of the five samples of the second after them.
    expect(replayed([...idle, ...times(6, 40), ...idle], 200)).toEqual([])
    expect(replayed([...idle, ...times(20, 40), ...idle], 200)).toMatchObject([{ rule: 'spike', sample: 74 }])
  })

  it('does not become one by coming again, nor makes a longer one usual', () => {
    const metric = cpu()
    const burst = [40, ...times(29, 2)]
    expect(metric.all([...times(20, 2), ...burst, ...burst, ...burst]).every(({ fire }) => fire === null)).toBe(true)
    expect(metric.all([40, 40, 40]).map(({ fire }) => fire)).toEqual([null, null, 'spike'])
  })

  it('is one at once when it reaches half a core, or begins above 20%', () => {
    expect(firesAt([...times(20, 2), 50])).toBe(20)
    expect(firesAt([...times(20, 2), 30, 55])).toBe(21)
    expect(firesAt([...times(20, 21), 45])).toBe(20)
  })

  it('is one at once for whoever set a lower min, for another metric, and where a sample covers more time', () => {
    expect(
      feed({ ...defaultThreshold('cpu'), min: 19 })
        .all([...times(20, 2), 45])
        .at(-1)?.fire,
    ).toBe('spike')
    expect(firesAt([...times(20, 2), 45, 45], 'gc')).toBe(21)
    expect(replayed([...times(20, 2), 45], 300_000)).toMatchObject([{ rule: 'spike', sample: 20 }])
  })

  it('is one at once where the app waited for a CPU for half of the time, and might have used it', () => {
    const after = (waited: number) =>
      replayed([...times(20, 2), { values: { cpu: 30 }, cpuWait: { waited, throttled: 0 } }])
    expect(after(490)).toEqual([])
    expect(after(510)).toMatchObject([{ rule: 'spike', value: 30 }])
  })

  it('waits no longer when the clock of a recorded series was set back', () => {
    const metric = cpu()
    metric.all([...times(20, 2), 40])
    metric.at -= 3_600_000
    expect(metric.one(40).fire).toBe('spike')
  })
})

describe("V8's helper threads", () => {
  const sample = (cpu: number, helpers: number): Partial<Sample> => ({
    values: { cpu },
    cpuThreads: { main: cpu - helpers, others: helpers, helpers },
  })

  it('are no part of a spike of cpu, and the reason says what they used', () => {
    const idle = Array.from({ length: 20 }, () => sample(2, 0))
    expect(replayed([...idle, ...Array.from({ length: 5 }, () => sample(70, 52))])).toEqual([])
    const [firing] = replayed([...idle, sample(75, 20)])
    expect(firing).toMatchObject({ rule: 'spike', value: 55, mean: 2 })
    expect(firing?.reason).toMatch(/^55% is .*; 20% more are V8's helper threads \(garbage collection, compilation\)$/)
  })

  it('count for the watermark: what they use is used', () => {
    const idle = Array.from({ length: 20 }, () => sample(2, 0))
    expect(replayed([...idle, sample(85, 50)])).toMatchObject([{ rule: 'watermark', value: 85, mean: 2 }])
  })

  it('leave the value of the decision whole, and small values without a word', () => {
    const states = createMetricStates({ history: 10, warmup: 10 })
    const judge = (one: Partial<Sample>) =>
      states
        .judge(defaultThresholds([]), { at: 0, values: {}, ...one }, { capturing: false, collected: false, live: {} })
        .find(({ metric }) => metric === 'cpu')
    for (let index = 0; index < 20; index++) judge(sample(2, 1))
    expect(judge(sample(30, 15))).toMatchObject({ value: 30, mean: 1 })
    expect(judge(sample(3, 1))?.rules.spike.reason).toBe('quiet: 2% is below min 20%')
  })

  it('are not asked about where nobody tells them', () => {
    expect(replayed([...times(20, 2), { values: { cpu: 55 }, cpuThreads: { main: 50, others: 5 } }])).toHaveLength(1)
  })
})

it('a metric of the app may be negative', () => {
  const states = createMetricStates({ history: 10, warmup: 10 })
  const thresholds = { depth: { ...defaultThreshold('depth'), watermark: 10 } }
  const [decision] = states.judge(
    thresholds,
    { at: 0, values: { depth: -5 } },
    { capturing: false, collected: false, live: {} },
  )
  expect(decision?.value).toBe(-5)
})
