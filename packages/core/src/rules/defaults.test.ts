import { describe, expect, it } from 'vitest'
import { isThreshold } from '../generated/option-validators.js'
import { feed, times } from '../testing/feed.js'
import { normal, poisson, random } from '../testing/random.js'
import { defaultThreshold, defaultThresholds } from './defaults.js'

const fires = (metric: string, values: number[]) =>
  feed(defaultThreshold(metric), {}, metric)
    .all(values)
    .flatMap(({ fire }) => (fire === null ? [] : [fire]))

describe('default thresholds', () => {
  it('are valid, and each call has its own', () => {
    const thresholds = defaultThresholds(['queueDepth', 'constructor'])
    expect(Object.values(thresholds).every(threshold => isThreshold(threshold))).toBe(true)
    thresholds.cpu?.capture.splice(0)
    expect(defaultThreshold('cpu').capture).toEqual(['cpu-profile', 'requests'])
  })

  it('are those of the contract for cpu', () => {
    expect(defaultThreshold('cpu')).toEqual({
      enabled: true,
      min: 20,
      spike: 25,
      watermark: 80,
      leak: null,
      cooldown: 60_000,
      hold: 1,
      capture: ['cpu-profile', 'requests'],
    })
  })

  it.each([
    ['a cpu burst', 'cpu', [...times(12, 30), 100], ['watermark']],
    ['a cpu burst below the watermark', 'cpu', [...times(12, 30), 60], ['spike']],
    ['a loop blocked for a second', 'eventLoopDelay', [1000], ['watermark']],
    ['a loop blocked for less, but out of the ordinary', 'eventLoopDelay', [...times(12, 11), 600], ['spike']],
    ['a busy loop', 'eventLoopUtilization', [99, 99, 99], ['watermark']],
    ['resident memory near the limit', 'rss', [80], ['watermark']],
    ['the heap near its limit', 'heap', [80], ['watermark']],
    ['garbage collection that does not end', 'gc', [30, 45], ['watermark']],
    ['requests piling up at once', 'inFlight', [...times(12, 1), 35, 35], ['spike']],
  ])('fire for %s', (_, metric, values, expected) => {
    expect(fires(metric, values)).toEqual(expected)
  })

  it.each([5, 10, 20, 40])('fire for requests that pile up by %i per sample, before there are 60', perSample => {
    const u = random(perSample)
    for (let round = 0; round < 50; round++) {
      const counts = Array.from({ length: 20 }, () => poisson(1, u))
      for (let pile = 0, grown = 0; pile < 60 || grown < 2; grown++) {
        pile += poisson(perSample, u)
        counts.push(pile)
      }
      expect(fires('inFlight', counts).length, counts.join(' ')).toBeGreaterThan(0)
    }
  })

  const u = random(14)
  const steady: [string, string, () => number][] = [
    ['cpu, 6% noise', 'cpu', () => 50 + 3 * normal(u)],
    ['cpu, 12% noise', 'cpu', () => 50 + 6 * normal(u)],
    ['cpu of 50 requests a second', 'cpu', () => 0.5 * poisson(50, u)],
    ['event loop delay with collections', 'eventLoopDelay', () => 11 + (u() < 0.1 ? 80 * u() : u())],
    ['event loop utilization', 'eventLoopUtilization', () => 60 + 8 * normal(u)],
    ['collections now and then', 'gc', () => 1 + u() + (u() < 0.05 ? 15 : 0)],
    ['requests in flight, few', 'inFlight', () => poisson(4, u)],
    ['requests in flight, many', 'inFlight', () => poisson(40, u)],
    ['one long collection a minute', 'gc', () => (u() < 1 / 60 ? 40 : 1)],
    ['the sawtooth of a heap', 'heap', sawtooth(17, 8, 16)],
    ['the slow sawtooth of a heap', 'heap', sawtooth(47, 10, 40)],
    ['resident memory', 'rss', () => 30 + normal(u) / 2],
  ]
  it.each(steady)('stay silent for ten minutes of %s', (_, metric, next) => {
    expect(fires(metric, Array.from({ length: 600 }, next))).toEqual([])
  })
})

function sawtooth(period: number, from: number, to: number): () => number {
  let index = 0
  return () => from + ((to - from) * (index++ % period)) / period
}
