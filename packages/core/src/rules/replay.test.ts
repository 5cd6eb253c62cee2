import { describe, expect, it } from 'vitest'
import type { Sample } from '../model/sample.js'
import type { Threshold } from '../model/threshold.js'
import { normal, random } from '../testing/random.js'
import { defaultThresholds } from './defaults.js'
import { judge } from './judge.js'
import { captureEnded, fired, initialState } from './memory.js'
import { replay, resample } from './replay.js'

const series = (cpu: (number | null)[], interval = 1000): Sample[] =>
  cpu.map((value, index) => ({ at: 1_000_000 + index * interval, values: { cpu: value } }))

const settings = { history: 3, warmup: 3, captureDuration: 2000, maxPerHour: 30 }

const cpu = (change: Partial<Threshold>) => {
  const thresholds = defaultThresholds([])
  return { cpu: { ...(thresholds.cpu as Threshold), spike: null, watermark: null, ...change } }
}

describe('a replay', () => {
  it('finds the sample that crosses the watermark, with the reason of a running monitor', () => {
    const found = replay(series([10, 10, 85, 86, 10]), { ...settings, thresholds: cpu({ watermark: 80 }) })
    expect(found).toMatchObject({ samples: 5, from: 1_000_000, to: 1_004_000, totals: { 'cpu-watermark': 1 } })
    expect(found.firings).toMatchObject([
      {
        at: 1_002_000,
        sample: 2,
        metric: 'cpu',
        rule: 'watermark',
        value: 85,
        reason: '85% is at or above the watermark 80%',
      },
    ])
  })

  it('finds a spike once the mean is known, and stays silent on steady load', () => {
    const thresholds = cpu({ spike: 25, min: 20 })
    expect(replay(series([30, 30, 30, 31, 60]), { ...settings, thresholds }).firings).toMatchObject([
      { sample: 4, rule: 'spike', value: 60 },
    ])
    expect(replay(series([30, 31, 30, 29, 31, 30, 31]), { ...settings, thresholds }).firings).toEqual([])
  })

  it('keeps the cooldown, and fires again after the value has fallen back', () => {
    const thresholds = cpu({ watermark: 80, cooldown: 5000 })
    const values = [90, 10, 10, 10, 90, 10, 90, 90, 10, 10]
    expect(replay(series(values), { ...settings, thresholds }).firings.map(({ sample }) => sample)).toEqual([0, 6])
    const none = cpu({ watermark: 80, cooldown: 0 })
    expect(replay(series(values), { ...settings, thresholds: none }).firings.map(({ sample }) => sample)).toEqual([
      0, 4,
    ])
  })

  it('judges nothing while the capture of a firing would have been going on', () => {
    const thresholds = {
      ...cpu({ watermark: 80, cooldown: 0 }),
      queue: { ...(defaultThresholds(['queue']).queue as Threshold), watermark: 5 },
    }
    const both = series([90, 10, 10, 10, 10]).map((sample, index) => ({
      ...sample,
      values: { ...sample.values, queue: index === 0 ? 0 : 9 },
    }))
    const found = replay(both, { ...settings, thresholds })
    expect(found.firings.map(({ metric, sample }) => [metric, sample])).toEqual([
      ['cpu', 0],
      ['queue', 3],
    ])
  })

  it('makes one dump of what fires at the same sample, and names the others in its reason', () => {
    const thresholds = {
      ...cpu({ watermark: 80 }),
      queue: { ...(defaultThresholds(['queue']).queue as Threshold), watermark: 5 },
    }
    const found = replay([{ at: 1, values: { cpu: 95, queue: 7 } }], { ...settings, thresholds })
    expect(found.firings).toHaveLength(1)
    expect(found.firings[0]?.reason).toContain('also queue: 7 is at or above the watermark 5')
  })

  it('says where the quota would have been used up', () => {
    const thresholds = cpu({ watermark: 80, cooldown: 0 })
    const values = Array.from({ length: 12 }, (_, index) => (index % 4 === 0 ? 90 : 10))
    const found = replay(series(values), { ...settings, thresholds, maxPerHour: 2 })
    expect(found.firings.map(({ limited }) => limited)).toEqual([false, false, true])
    expect(found.totals).toEqual({ 'cpu-watermark': 2 })
  })

  it('leaves out samples that were recorded during a capture', () => {
    const samples = series([10, 10, 90, 10]).map((sample, index) => ({ ...sample, capturing: index === 2 }))
    expect(replay(samples, { ...settings, thresholds: cpu({ watermark: 80 }) }).firings).toEqual([])
  })

  it('says what the rules of a running monitor said of each sample, to the word', () => {
    const u = random(8)
    const values = Array.from({ length: 900 }, (_, index) => (index % 90 < 3 ? 70 : 30) * (1 + 0.1 * normal(u)))
    const threshold = defaultThresholds([]).cpu as Threshold
    const info = { metric: 'cpu', unit: 'percent' as const }
    const rules = { history: 10, warmup: 10 }
    const expected: { sample: number; reason: string }[] = []
    let state = initialState()
    let busyUntil = 0
    for (const [sample, value] of values.entries()) {
      const at = 1_000_000 + sample * 1000
      // A capture of two seconds: the sample in which it ends is its own, and then the spike starts anew.
      const capturing = at <= busyUntil || at - 1000 < busyUntil
      if (busyUntil === at) state = captureEnded(state, true)
      const judged = judge(info, threshold, state, { value, at, capturing }, rules)
      state = judged.state
      const { fire } = judged.decision
      if (!fire) continue
      expected.push({ sample, reason: judged.decision.rules[fire].reason.replace('fires: ', '') })
      state = fired(state, fire, at)
      busyUntil = at + 2000
    }
    const { firings } = replay(series(values), { ...settings, ...rules, thresholds: { cpu: threshold } })
    expect(expected.length).toBeGreaterThan(2)
    expect(firings.map(({ sample, reason }) => ({ sample, reason }))).toEqual(expected)
  })

  it('says what it cannot replay', () => {
    const samples = [{ at: 1, values: { heap: 10, mystery: 1 } }]
    const { notes } = replay(samples, { ...settings, thresholds: defaultThresholds([]) })
    expect(notes).toEqual([expect.stringContaining('leaks of heap'), 'there are no thresholds for mystery'])
    expect(replay([], { ...settings, thresholds: {} })).toMatchObject({
      samples: 0,
      from: null,
      firings: [],
      notes: [],
    })
  })
})

describe('a longer interval', () => {
  it('takes the worst delay, the mean of a share and the last of a level', () => {
    const samples = [0, 1000, 2000, 3000, 4000].map((at, index) => ({
      at,
      values: { cpu: index * 10, eventLoopDelay: index === 1 ? 500 : 20, heap: index },
    }))
    expect(resample(samples, 2000)).toEqual([
      { at: 0, values: { cpu: 0, eventLoopDelay: 20, heap: 0 } },
      { at: 2000, values: { cpu: 15, eventLoopDelay: 500, heap: 2 } },
      { at: 4000, values: { cpu: 35, eventLoopDelay: 20, heap: 4 } },
    ])
    expect(resample(samples, 1000)).toHaveLength(5)
  })

  it('takes the mean of where the CPU time was used, if each sample says it', () => {
    const split = (at: number, main: number, helpers?: number) => {
      const others = helpers ?? 0
      return { at, values: { cpu: main + others }, cpuThreads: { main, others, ...(helpers && { helpers }) } }
    }
    const samples = [split(0, 1), split(1000, 10, 30), split(2000, 20)]
    expect(resample(samples, 2000)).toEqual([
      { at: 0, values: { cpu: 1 }, cpuThreads: { main: 1, others: 0 } },
      { at: 2000, values: { cpu: 30 }, cpuThreads: { main: 15, others: 15, helpers: 15 } },
    ])
    expect(resample([split(0, 1), { at: 1000, values: { cpu: 2 } }, split(2000, 3)], 2000)[1]).not.toHaveProperty(
      'cpuThreads',
    )
  })
})
