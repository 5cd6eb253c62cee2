import { describe, expect, it } from 'vitest'
import { feed, times } from '../testing/feed.js'
import { normal, random } from '../testing/random.js'
import { fired } from './judge.js'

/** Feeds what comes, with a dump for each firing, and says at which of the values that was. */
function firingsOf(metric: ReturnType<typeof feed>, values: number[]): number[] {
  return values.flatMap((value, index) => {
    const { fire } = metric.one(value)
    if (fire) metric.apply(state => fired(state, fire, metric.at))
    return fire ? [index] : []
  })
}

const growth = (rate: number, from: number, to: number) =>
  Array.from({ length: Math.ceil(Math.log(to / from) / Math.log(1 + rate)) }, (_, index) => from * (1 + rate) ** index)

describe('slow growth', () => {
  it.each([
    [0.005, 0.06],
    [0.01, 0.03],
    [0.01, 0.06],
    [0.01, 0.1],
    [0.05, 0.06],
  ])('of %f a sample is found long before a watermark, with noise of %f', (rate, noise) => {
    for (let seed = 1; seed <= 20; seed++) {
      const u = random(seed)
      const load = [...times(300, 20), ...growth(rate, 20, 60)].map(value => value * (1 + noise * normal(u)))
      const fires = firingsOf(feed({ spike: 25, min: 20, cooldown: 60_000 }), load)
      expect(fires.length, String(seed)).toBeGreaterThan(0)
      expect(fires[0]).toBeGreaterThanOrEqual(300)
    }
  })

  it('is told with the means of the climb', () => {
    const cpu = feed({ spike: 25 })
    const decisions = cpu.all([...times(40, 20), ...growth(0.01, 20, 60)])
    const first = decisions.find(({ fire }) => fire === 'spike')
    expect(first?.rules.spike.reason).toMatch(
      /above the mean 20% of 10 samples before a steady climb \(20, 20, 21\.3, 23\.6, 26, 28\.8, 31\.8, 35\.1\), spike needs 25%/,
    )
    expect(first?.rules.spike.threshold).toBeGreaterThan(25)
    expect(first?.value).toBeGreaterThan(first?.rules.spike.threshold ?? Number.POSITIVE_INFINITY)
  })

  it('is dumped once for as long as it goes on', () => {
    const cpu = feed({ spike: 25, cooldown: 0 })
    expect(firingsOf(cpu, [...times(40, 20), ...growth(0.01, 20, 400)])).toHaveLength(1)
  })

  it('is no spike within an hour of a day that rises, nor of memory between two collections', () => {
    const day = Array.from({ length: 3600 }, (_, second) => 30 + (20 * second) / 3600)
    expect(firingsOf(feed({ spike: 25 }), day)).toEqual([])
    const u = random(5)
    const filling = Array.from({ length: 900 }, (_, index) => 12 + 0.1 * (index % 300) + 0.1 * normal(u))
    expect(firingsOf(feed({ spike: 25 }, {}, 'heap'), filling)).toEqual([])
    expect(firingsOf(feed({ spike: 25 }, {}, 'cpu'), filling).length).toBeGreaterThan(0)
  })
})

describe('spikes that come again', () => {
  const everyMinute = (minutes: number, height: number) =>
    Array.from({ length: minutes * 60 }, (_, second) => (second % 60 === 59 ? height : 20))

  it('are dumped three times, and say then that they are usual', () => {
    const cpu = feed({ spike: 25, cooldown: 10_000 })
    expect(firingsOf(cpu, everyMinute(20, 60))).toEqual([59, 119, 179])
    cpu.all(times(59, 20))
    expect(cpu.one(60).rules.spike).toMatchObject({
      state: 'quiet',
      reason: expect.stringContaining(', but 3 spikes of the last 300 samples reached 90% of that (60%, 60%, 60%)'),
    })
  })

  it('are news when they are higher, or have not come for long', () => {
    const cpu = feed({ spike: 25, cooldown: 10_000 })
    firingsOf(cpu, everyMinute(10, 60))
    expect(firingsOf(cpu, [...times(59, 20), 70])).toEqual([59])
    expect(firingsOf(cpu, [...times(320, 20), 60])).toEqual([320])
  })

  it('leave the watermark alone', () => {
    const cpu = feed({ spike: 25, watermark: 80, cooldown: 10_000 })
    expect(firingsOf(cpu, everyMinute(10, 90))).toHaveLength(10)
  })

  it('do not count when they are shorter than hold: blips are not what a long spike is', () => {
    const cpu = feed({ spike: 25, hold: 3, cooldown: 10_000 })
    expect(firingsOf(cpu, everyMinute(5, 60))).toEqual([])
    expect(firingsOf(cpu, [...times(30, 20), 60, 60, 60])).toEqual([32])
  })
})
