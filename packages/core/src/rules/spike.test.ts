import { describe, expect, it } from 'vitest'
import { feed, times } from '../testing/feed.js'
import { normal, random } from '../testing/random.js'
import { fired } from './memory.js'

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

  it('is told with the mean from before it began', () => {
    const cpu = feed({ spike: 25 })
    const decisions = cpu.all([...times(40, 20), ...growth(0.01, 20, 60)])
    const first = decisions.find(({ fire }) => fire === 'spike')
    expect(first?.rules.spike.reason).toMatch(
      /above the mean 20% of 10 samples before it began to rise, within the last 90, spike needs 25%/,
    )
    expect(first?.rules.spike.threshold).toBeGreaterThanOrEqual(25)
    expect(first?.value).toBeGreaterThan(first?.rules.spike.threshold ?? Number.POSITIVE_INFINITY)
  })

  it('is over once the level stays, also where it was reached while the app warmed up', () => {
    const level = Array.from({ length: 120 }, (_, index) => (index % 10 < 5 ? 3007 : 3005))
    const handles = () => feed({ spike: 100, min: 500, hold: 2 })
    for (const early of [2, 5, 8, 9]) expect(firingsOf(handles(), [...times(early, 6), ...level])).toEqual([])
    expect(firingsOf(handles(), [...times(40, 6), ...level])).toEqual([41])
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

describe('load that comes and goes', () => {
  const u = random(11)
  const about = (level: number, count: number) => times(count, 0).map(() => level * (1 + 0.06 * normal(u)))

  it.each([15, 40, 80])('is no spike when it is back after a pause of %i samples, and says so', pause => {
    const cpu = feed({ spike: 25, min: 20 })
    const values = [...about(50, 200), ...about(2, pause), ...about(50, 100)]
    expect(firingsOf(cpu, values)).toEqual([])
    cpu.all([...about(2, 15)])
    expect(cpu.one(52).rules.spike).toMatchObject({
      state: 'quiet',
      reason: expect.stringMatching(/, but it has only come back: it was at [\d.]+% for 20 of the last 110 samples/),
    })
  })

  it('is a spike when it comes back higher', () => {
    const cpu = feed({ spike: 25, min: 20 })
    expect(firingsOf(cpu, [...about(40, 200), ...about(2, 15), 75])).toEqual([215])
  })

  it('leaves what is noise as it was: the next step is seen', () => {
    const cpu = feed({ spike: 25, min: 20 })
    const values = [...about(40, 1500), ...about(2, 15), ...about(40, 200), ...about(70, 5)]
    expect(firingsOf(cpu, values)).toEqual([1715])
  })

  it.each([5, 15, 60])('by the clock, every %i minutes, is dumped three times and no more', minutes => {
    const cpu = feed({ spike: 25, min: 20, cooldown: 60_000 })
    const period = minutes * 60
    const values = Array.from({ length: 8 * period }, (_, second) => (second % period >= period - 8 ? 70 : 30))
    const fires = firingsOf(cpu, values)
    expect(fires).toEqual([1, 2, 3].map(time => time * period - 8))
    const before = about(30, period - 8)
    cpu.all(before)
    expect(cpu.one(70).rules.spike.reason).toContain(
      `but 3 spikes at intervals of ${minutes} min reached 90% of that (70%, 70%, 70%)`,
    )
  })

  it('at no certain time is dumped each time', () => {
    const cpu = feed({ spike: 25, min: 20, cooldown: 60_000 })
    const pauses = [700, 1900, 1100, 2600, 800, 1500]
    expect(
      firingsOf(
        cpu,
        pauses.flatMap(pause => [...times(pause, 30), ...times(8, 70)]),
      ),
    ).toHaveLength(pauses.length)
  })

  it.each([
    ['a square', (hour: number) => (hour >= 9 && hour < 18 ? 80 : 20)],
    ['stairs', (hour: number) => (hour < 9 ? 20 : hour < 11 ? 70 : hour < 18 ? 80 : hour < 19 ? 32 : 20)],
    ['a square that drifts', (hour: number) => (hour >= 9 && hour < 18 ? 80 : 20) + hour / 8],
    ['a curve', (hour: number) => 50 - 30 * Math.cos((Math.PI * hour) / 12)],
  ])('once a day without noise, as %s, is dumped once a day at most', (_, load) => {
    const series = feed({ spike: 25, cooldown: 12_000 })
    const values = Array.from({ length: 14 * 288 }, (_, index) => load((index % 288) / 12))
    expect(firingsOf(series, values).length).toBeLessThanOrEqual(14)
  })
})

describe('noise with a heavy tail', () => {
  it('is measured by how far it went before', () => {
    const u = random(3)
    const load = () => 30 * Math.exp(0.3 * normal(u))
    const cpu = feed({ spike: 25, min: 20, cooldown: 60_000 })
    firingsOf(cpu, times(6000, 0).map(load))
    const fires = firingsOf(cpu, times(20_000, 0).map(load))
    expect(fires.length).toBeLessThan(10)
    expect(cpu.one(200)).toMatchObject({
      rules: { spike: { reason: expect.stringContaining('the largest distance') } },
    })
  })
})
