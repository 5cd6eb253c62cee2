import { describe, expect, it } from 'vitest'
import type { Threshold } from '../model/threshold.js'
import { feed } from '../testing/feed.js'
import { collectedHeap, type HeapOptions, heapReading, type Life, MiB } from '../testing/heaps.js'
import { normal, random } from '../testing/random.js'
import { defaultThreshold } from './defaults.js'
import { captureEnded, fired, retuned } from './memory.js'

const rule = { leak: 4 * 3_600_000, cooldown: 60_000 }

/** The second in which each dump begins. A dump takes five seconds, as a CPU profile does. */
function leaks(readings: (number | null)[], threshold: Partial<Threshold> = rule, limit?: number): number[] {
  const heap = feed(threshold, {}, 'heap')
  const dumps: number[] = []
  readings.forEach((bytes, second) => {
    const last = dumps.at(-1)
    const capturing = last !== undefined && second - last < 5
    if (last !== undefined && second - last === 5) heap.apply(state => captureEnded(state, true))
    const { fire } = heap.one(1, capturing, heapReading(bytes, limit))
    if (fire !== 'leak') return
    dumps.push(second)
    heap.apply(state => fired(state, 'leak', heap.at))
  })
  return dumps
}

const heapOf = (alive: Life, seconds: number, options?: HeapOptions) => leaks(collectedHeap(alive, seconds, options))

const seeds = Array.from({ length: 30 }, (_, index) => index + 1)

describe('a leak', () => {
  it.each([
    [1, 130],
    [4, 90],
    [20, 90],
  ])('of %i MB/s is found within %i seconds of the start, once', (rate, within) => {
    for (const seed of seeds) {
      const dumps = heapOf(second => 14e6 + rate * 1e6 * second, 400, { seed })
      expect(dumps.length, `seed ${seed}`).toBe(1)
      expect(dumps[0], `seed ${seed}`).toBeLessThan(within)
    }
  })

  it('is found when it begins after hours, long before the limit', () => {
    for (const seed of seeds) {
      const began = 7200
      const alive: Life = second => (120 + Math.max(0, second - began)) * MiB
      const [first] = heapOf(alive, began + 900, { seed, churn: 2 * MiB })
      expect(first, `seed ${seed}`).toBeGreaterThan(began)
      // 4 GiB are reached after 66 minutes.
      expect((first as number) - began, `seed ${seed}`).toBeLessThan(600)
    }
  })

  it('that is slow is found when the limit is as near as the threshold says', () => {
    // 3 MiB a minute fill 512 MiB in 2 hours and 50 minutes.
    const alive: Life = second => (14 + second / 20) * MiB
    const readings = collectedHeap(alive, 3 * 3600, { churn: MiB / 2 })
    const [first] = leaks(readings, { leak: 3_600_000 }, 512 * MiB)
    const room = (512 * MiB - alive(first as number)) / ((3 * MiB) / 60)
    expect(room).toBeLessThan(3700)
    expect(room).toBeGreaterThan(3000)
  })

  it('says what grew, how fast, since when and how long it can go on', () => {
    const heap = feed(rule, {}, 'heap')
    const reasons = [14, 30, 46, 62, 78].map(mib => {
      heap.at += 15_000
      return heap.one(1, false, heapReading(mib * MiB)).rules.leak
    })
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'quiet: live heap 1 of 4 points are there',
      'quiet: live heap 2 of 4 points are there',
      'quiet: live heap 3 of 4 points are there',
      'fires: live heap grew by 60 MiB per minute over the last 48 s (from 14 MiB to 62 MiB, rising in 6 of 6 pairs of 4 points, r² 1): the limit is 67 min away, leak needs at most 4 h',
      'fires: live heap grew by 60 MiB per minute over the last 64 s (from 14 MiB to 78 MiB, rising in 10 of 10 pairs of 5 points, r² 1): the limit is 67 min away, leak needs at most 4 h',
    ])
    expect(reasons[3]).toMatchObject({ state: 'firing', threshold: null })
  })

  it('fires below min: how small it still is says nothing', () => {
    expect(
      leaks(
        collectedHeap(second => second * 4 * MiB, 100),
        { ...rule, min: 99 },
      ).length,
    ).toBe(1)
  })

  it('stays spent while it goes on, and fires again after it had stopped', () => {
    const on = (second: number) => Math.min(second, 300) + Math.max(0, second - 4000)
    const dumps = heapOf(second => (30 + on(second)) * MiB, 5000, { churn: 4 * MiB })
    expect(dumps.length).toBe(2)
    expect(dumps[1]).toBeGreaterThan(4000)
  })

  it('is dumped once, although it wavers', () => {
    for (const seed of seeds) {
      const u = random(seed)
      const wavering = Array.from({ length: 3600 }, (_, second) =>
        second % 10 ? null : (20 + second + 6 * normal(u)) * MiB,
      )
      expect(leaks(wavering).length, `seed ${seed}`).toBe(1)
    }
  })

  it('goes before a spike, and after a watermark', () => {
    const fire = (watermark: number | null) => {
      const heap = feed({ ...rule, spike: 25, watermark }, {}, 'heap')
      for (let second = 0; second < 60; second++)
        heap.one(10, false, heapReading(second % 15 ? null : (14 + second) * MiB))
      return heap.one(90, false, heapReading(74 * MiB)).fire
    }
    expect(fire(null)).toBe('leak')
    expect(fire(80)).toBe('watermark')
  })
})

describe('no leak', () => {
  const hour = 3600
  const cases: [string, Life, HeapOptions?][] = [
    ['a steady heap', () => 40 * MiB],
    ['a steady heap with much in flight', () => 40 * MiB, { noise: 0.2, churn: 8 * MiB }],
    ['a large heap with much in flight', () => 900 * MiB, { noise: 0.1, churn: 40 * MiB }],
    ['much garbage that gets old', () => 30 * MiB, { churn: 20 * MiB }],
    ['a start', second => (60 - 46 * Math.exp(-second / 12)) * MiB],
    ['a start in steps', second => (second < 3 ? 14 : second < 20 ? 35 : 55) * MiB],
    ['a cache that fills in half a minute', second => (30 + 2 * Math.min(30, second)) * MiB, { churn: 3 * MiB }],
    ['a cache that is hit ever more often', second => (30 + 120 * (1 - Math.exp(-second / 40))) * MiB],
    ['one step up', second => (second < 600 ? 50 : 250) * MiB],
    ['two steps up', second => (50 + (second > 600 ? 100 : 0) + (second > 1800 ? 100 : 0)) * MiB],
    ['days and nights', second => (100 + 40 * Math.sin(second / 300)) * MiB],
    ['a heap that shrinks', second => Math.max(40, 400 - second / 5) * MiB],
    ['a slow growth with hours to go', second => (60 + second / 120) * MiB],
  ]
  it.each(cases)('is %s', (_, alive, options) => {
    for (const seed of seeds) expect(heapOf(alive, hour, { ...options, seed }), `seed ${seed}`).toEqual([])
  })

  it('is a job that comes again, after the first time', () => {
    const alive: Life = second => (80 + (second % 900 < 300 ? second % 900 : 0)) * MiB
    const dumps = heapOf(alive, 2 * hour, { churn: 6 * MiB })
    expect(dumps.filter(second => second > 900)).toEqual([])
  })

  it('is memory outside the heap that wanders', { tags: ['full'] }, () => {
    for (const seed of seeds) {
      const u = random(seed)
      const rss = feed(defaultThreshold('rss'), {}, 'rss')
      for (let second = 0, bytes = 70 * MiB; second < hour; second++) {
        bytes = Math.max(50 * MiB, bytes + normal(u) * MiB - (bytes - 120 * MiB) / 20)
        const live = { what: 'memory', bytes, room: 2048 * MiB - bytes, sticky: true }
        expect(rss.one(5, false, live).fire, `seed ${seed}, second ${second}`).toBe(null)
      }
    }
  })

  it('is what captures of our own leave behind', () => {
    const rss = feed({ leak: 12 * 3_600_000 }, {}, 'rss')
    for (let second = 0, bytes = 60 * MiB; second < hour; second++) {
      const capturing = second % 60 < 5
      if (second % 60 === 5) {
        bytes += 20 * MiB
        rss.apply(state => captureEnded(state, true))
      }
      const live = { what: 'memory', bytes, room: 8192 * MiB, sticky: true }
      expect(rss.one(5, capturing, live).fire, `second ${second}`).toBe(null)
    }
  })
})

describe('the trend', () => {
  const climb = (heap: ReturnType<typeof feed>, steps: number, from = 14) =>
    Array.from({ length: steps }, (_, step) => {
      heap.at += 14_000
      return heap.one(1, false, heapReading((from + 16 * step) * MiB)).fire
    })

  it('shows in its newest points where these are far apart and it has doubled since', () => {
    const far = (...levels: number[]) => {
      const heap = feed(rule, {}, 'heap')
      // Quiet until now.
      heap.one(1, false, heapReading(12 * MiB))
      return levels.map(mib => {
        heap.at += 20_000
        return heap.one(1, false, heapReading(mib * MiB)).fire
      })
    }
    // A straight line from the second on; the first, before it began, makes it none.
    expect(far(12, 80, 148, 216)).toEqual([null, null, null, 'leak'])
    expect(far(120, 160, 200, 230)).toEqual([null, null, null, null])
  })

  it('leaves out what was read during a capture', () => {
    const heap = feed(rule, {}, 'heap')
    climb(heap, 3)
    heap.at += 14_000
    expect(heap.one(1, true, heapReading(62 * MiB)).rules.leak.state).toBe('capturing')
    expect(heap.state.trend.last?.bytes).toBe(46 * MiB)
  })

  it('goes over gaps by the clock', () => {
    const heap = feed(rule, {}, 'heap')
    climb(heap, 3)
    // Ten hours later it has grown as much as in the quarter of a minute before: no steady growth.
    heap.at += 36_000_000
    expect(heap.one(1, false, heapReading(62 * MiB)).fire).toBe(null)
  })

  it('begins anew when the clock is set back, and after a restart', () => {
    const heap = feed(rule, {}, 'heap')
    climb(heap, 3)
    heap.at -= 3_600_000
    expect(climb(heap, 3, 62)).toEqual([null, null, null])
    expect(climb(heap, 1, 110)).toEqual(['leak'])
    expect(climb(feed(rule, {}, 'heap'), 3, 62)).toEqual([null, null, null])
  })

  it('is kept when the thresholds are changed', () => {
    const heap = feed({ leak: 60_000 }, {}, 'heap')
    expect(climb(heap, 6)).toEqual([null, null, null, null, null, null])
    expect(heap.one(1, false, null).rules.leak.reason).toContain('away, leak needs it within 60 s')
    heap.threshold = { ...heap.threshold, ...rule }
    heap.apply(retuned)
    expect(heap.one(1, false, null).fire).toBe('leak')
  })

  it('holds at most 36 points, whatever the interval', () => {
    const heap = feed(rule, {}, 'heap')
    for (let index = 0; index < 20_000; index++) {
      heap.at -= 800
      heap.one(1, false, heapReading((50 + (index % 7)) * MiB))
    }
    expect(heap.state.trend.scales.map(slots => slots.length)).toEqual([12, 12, 12])
  })
})

describe('off', () => {
  it('is off without a number, for other metrics, and before there is a reading', () => {
    expect(feed({}, {}, 'heap').one(1, false, null).rules.leak.reason).toBe('off: no leak is set')
    expect(feed(rule).one(1).rules.leak.reason).toBe('off: only heap and rss are watched for leaks')
    expect(feed({ ...rule, enabled: false }, {}, 'heap').one(1, false, null).rules.leak.state).toBe('off')
    expect(feed(rule, {}, 'heap').one(1, false, null).rules.leak).toMatchObject({
      state: 'warming-up',
      reason: 'warming up: there has been no full garbage collection yet',
    })
  })
})
