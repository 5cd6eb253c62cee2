import { expect, it } from 'vitest'
import type { Sample } from '../model/sample.js'
import type { Threshold, Thresholds } from '../model/threshold.js'
import { random } from '../testing/random.js'
import { defaultThresholds } from './defaults.js'
import { mayFire } from './may-fire.js'
import { createMetricStates, firingOf } from './metric-states.js'
import { replay } from './replay.js'

const known = defaultThresholds(['queue'])
const settings = { history: 4, warmup: 4 }

/** Values about the lines of their thresholds, with gaps, captures, missing readings and what is taken off. */
function seriesOf(seed: number) {
  const u = random(seed)
  const pick = <T>(values: T[]): T => values[Math.floor(u() * values.length)] as T
  const thresholds: Thresholds = {}
  for (const metric of ['cpu', 'inFlight', 'streams', 'queue', 'gc'])
    thresholds[metric] = {
      ...(known[metric] as Threshold),
      ...{ enabled: u() > 0.1, min: pick([0, 20, 60]), spike: pick([null, 25]), watermark: pick([null, 50, 80]) },
      ...{ cooldown: pick([0, 20_000]), hold: pick([1, 2]) },
    }
  const gaps = new Set<number>()
  const samples: Sample[] = []
  let height = 20
  for (let index = 0; index < 200; index++) {
    if (u() < 0.05) {
      gaps.add(index)
      height = pick([5, 20, 59.99, 79.995, 100])
    }
    const value = () => pick([null, height * u(), height, height + 0.004, -height, Number.NaN])
    samples.push({
      at: index * 1000,
      values: { cpu: value(), inFlight: value(), streams: value(), queue: value() },
      ...(u() < 0.05 && { capturing: true }),
      ...(u() < 0.5 && { cpuThreads: { main: 1, others: 1, helpers: pick([0.001, 0.01, 3]) } }),
    })
  }
  return { thresholds, gaps, samples }
}

/** The samples that fire when each metric is judged at each sample, and nothing else happens. */
function firstFirings({ thresholds, gaps, samples }: ReturnType<typeof seriesOf>): number[] {
  const states = createMetricStates(settings)
  let wasCapturing = false
  return samples.flatMap((sample, index) => {
    if (gaps.has(index)) states.resumed()
    const capturing = sample.capturing === true
    if (wasCapturing && !capturing) states.captureEnded()
    wasCapturing = capturing
    const decisions = states.judge(thresholds, sample, { capturing, collected: false, live: {} })
    return firingOf(decisions).length > 0 ? [index] : []
  })
}

it('a replay finds the same dumps as one that judges each metric at each sample', () => {
  let dumps = 0
  for (let seed = 1; seed <= 60; seed++) {
    const series = seriesOf(seed)
    const { thresholds, gaps, samples } = series
    // With a quota of none each firing is limited, and so changes nothing that comes after it.
    const options = { ...settings, thresholds, gaps, captureDuration: 5000, maxPerHour: 0 }
    const found = replay(samples, options).firings.map(({ sample }) => sample)
    expect(found, `seed ${seed}`).toEqual(firstFirings(series))
    dumps += found.length
  }
  expect(dumps).toBeGreaterThan(1000)
})

it('a metric that stays below what its rules look at is not judged until a stretch in which it does not', () => {
  const samples = [10, 15, 10, 70, 10].map((cpu, index): Sample => ({ at: index * 1000, values: { cpu, queue: 5 } }))
  const queue = { ...(known.queue as Threshold), spike: null, watermark: null }
  const { watched, metrics } = mayFire(samples, { cpu: { ...(known.cpu as Threshold), min: 20 }, queue }, new Set([2]))
  expect([...metrics]).toEqual(['cpu', 'queue'])
  expect([...watched].map(([start, thresholds]) => [start, Object.keys(thresholds)])).toEqual([
    [0, []],
    [2, ['cpu']],
  ])
})
