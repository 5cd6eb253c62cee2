import { describe, expect, it } from 'vitest'
import type { Sample } from '../model/sample.js'
import { random } from '../testing/random.js'
import { defaultThreshold } from './defaults.js'
import { judge } from './judge.js'
import { initialState } from './memory.js'
import { seriesOf } from './series.js'

const settings = { history: 10, warmup: 10 }

const threshold = { ...defaultThreshold('cpu'), watermark: null }

const samplesOf = (values: (number | null)[]): Sample[] =>
  values.map((cpu, index) => ({ at: 1000 * (index + 1), values: { cpu } }))

describe('the series of a metric', () => {
  it('has the line above which the spike rule of a monitor matches', () => {
    const next = random(7)
    const base = Array.from({ length: 40 }, () => 25 + 4 * next())
    const point = seriesOf(samplesOf([...base, 30]), 'cpu', threshold, settings).at(-1)
    const line = point?.spikeLine as number
    expect(line).toBeGreaterThan(30)

    let state = initialState()
    const stateFor = { metric: 'cpu', unit: 'percent' } as const
    for (const [index, value] of base.entries())
      state = judge(stateFor, threshold, state, { value, at: 1000 * (index + 1), capturing: false }, settings).state
    const verdict = (value: number) =>
      judge(stateFor, threshold, state, { value, at: 41_000, capturing: false }, settings).decision.rules.spike.state
    expect([verdict(line - 0.001), verdict(line + 0.001)]).toEqual(['quiet', 'firing'])
  })

  it('has none while the rule warms up, is off or is not judged, and the mean as soon as there is one', () => {
    const points = seriesOf(samplesOf([30, 30, null, ...Array(9).fill(30)]), 'cpu', threshold, settings)
    expect(points.map(({ mean }) => mean).slice(0, 3)).toEqual([null, 30, 30])
    expect(points.map(({ spikeLine }) => spikeLine !== null)).toEqual([...Array(11).fill(false), true])
    expect(points[0]?.rules.spike).toMatchObject({ state: 'warming-up', reason: expect.stringContaining('0 of 10') })
    const off = seriesOf(samplesOf(Array(20).fill(30)), 'cpu', { ...threshold, spike: null }, settings)
    expect(off.every(({ spikeLine }) => spikeLine === null)).toBe(true)
    const capturing = samplesOf(Array(20).fill(30)).map(sample => ({ ...sample, capturing: sample.at === 20_000 }))
    expect(seriesOf(capturing, 'cpu', threshold, settings).at(-1)).toMatchObject({ spikeLine: null, mean: 30 })
  })

  it('never goes below min, which a spike has to reach as well', () => {
    const point = seriesOf(samplesOf(Array(20).fill(2)), 'cpu', threshold, settings).at(-1)
    expect(point?.spikeLine).toBe(20)
  })

  it('fires at each sample above the line: no rule is ever spent', () => {
    const values = [...Array(20).fill(30), 90, 400, 30, 9000]
    const states = seriesOf(samplesOf(values), 'cpu', threshold, settings).map(({ rules }) => rules.spike.state)
    expect(states.slice(20, 22)).toEqual(['firing', 'firing'])
    expect(states.slice(-2)).toEqual(['quiet', 'firing'])
  })
})
