import { expect, test } from 'vitest'
import type { Manifest, Sample } from '../api/types.ts'
import { chartOf, intervalOf } from './chart-of.ts'

const createdAt = '2026-11-28T20:00:10.000Z'
const at = Date.parse(createdAt)
const trigger: Manifest['trigger'] = {
  metric: 'cpu',
  rule: 'spike',
  value: 80,
  mean: 10,
  threshold: 40,
  unit: 'percent',
  history: [],
  reason: '',
}
const sample = (offset: number, cpu: number | null, rest: Partial<Sample> = {}): Sample => ({
  at: at + offset,
  values: { cpu, heap: 5 },
  ...rest,
})
const dumpOf = (samples: Sample[]) => ({ createdAt, trigger, samples, summary: { text: '', findings: [] } })

test('the trigger is marked, the line and the mean are drawn where it is their metric', () => {
  const dump = dumpOf([sample(-1000, 10), sample(0, 80), sample(1000, 90, { capturing: true })])
  const { overlay, span, columns } = chartOf(dump, 'cpu')
  expect(span).toEqual({ from: at - 1000, to: at + 1000 })
  expect(columns[3]).toEqual([10, 80, 90])
  expect(overlay.marks).toEqual([{ at, tone: 'strong' }])
  expect(overlay.levels.map(({ label }) => label)).toEqual(['spike 40%', 'mean 10%'])
  expect(overlay.captures).toEqual([{ from: at, to: at + 1000 }])
  expect(chartOf(dump, 'heap').overlay.levels).toEqual([])
})

test('a mean that lies upon the line is left out', () => {
  const dump = dumpOf([sample(-1000, 10), sample(0, 80)])
  const close = { ...dump, trigger: { ...trigger, threshold: 11 } }
  expect(chartOf(close, 'cpu').overlay.levels.map(({ label }) => label)).toEqual(['spike 11%'])
})

test('no line bridges a gap', () => {
  const dump = dumpOf([sample(-9000, 10), sample(-8000, 10), sample(-1000, 20), sample(0, 80)])
  expect(chartOf(dump, 'cpu').columns[3]).toEqual([10, 10, null, 20, 80])
})

test('it is told in words what the curve shows', () => {
  const dump = dumpOf([sample(-2000, 10), sample(-1000, 15), sample(0, 80), sample(1000, 90)])
  expect(chartOf(dump, 'cpu').label).toBe('CPU: before the trigger 10% to 15%, from then on 80% to 90%')
  expect(chartOf(dumpOf([sample(0, null)]), 'cpu').label).toBe(
    'CPU: before the trigger no reading, from then on no reading',
  )
})

test('the interval is the usual step', () => {
  expect(intervalOf([{ at: 0 }, { at: 500 }, { at: 9000 }, { at: 9500 }])).toBe(500)
  expect(intervalOf([])).toBe(1000)
})
