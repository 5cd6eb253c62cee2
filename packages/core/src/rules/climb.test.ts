import { describe, expect, it } from 'vitest'
import { feed } from '../testing/feed.js'
import { collectedHeap, type HeapOptions, heapReading, type Life, MiB } from '../testing/heaps.js'
import { random } from '../testing/random.js'
import { type Climb, climbDumped, climbed, climbRaised, findClimb, noClimb } from './climb.js'
import { captureEnded, fired } from './memory.js'

const minute = 60_000

/** Readings ten seconds apart, in MiB; each level lasts for so many minutes. */
function climbOver(levels: number[], minutes = 6, from: Climb = noClimb, start = 0): { climb: Climb; at: number } {
  let climb = from
  let at = start
  for (const level of levels)
    for (let reading = 0; reading < minutes * 6; reading++) {
      at += 10_000
      climb = climbed(climb, level * MiB, at)
    }
  return { climb, at }
}

const find = ({ climb, at }: { climb: Climb; at: number }) => findClimb(climb, at)

const nothing = { slope: null, words: null }

describe('a new high-water mark that is twice the last one', () => {
  it('is said with its figures, and proves a climb after four steps and twenty minutes', () => {
    expect(find(climbOver([50, 70, 90]))).toEqual(nothing)
    expect(find(climbOver([50, 70, 90, 110]))).toEqual({
      slope: null,
      words: '110 MiB is a new high-water mark and 2.2 times the 50 MiB when it had warmed up',
    })
    const { climb, at } = climbOver([50, 70, 90, 110])
    const { slope, words } = find(climbOver([130], 1, climb, at))
    expect(words).toBe(
      '130 MiB is a new high-water mark and 2.6 times the 50 MiB when it had warmed up, in 4 steps within 24 min, none of them given back',
    )
    // 20 MiB each six minutes.
    expect((slope as number) / (MiB / minute)).toBeGreaterThan(2.5)
    expect((slope as number) / (MiB / minute)).toBeLessThan(4)
  })

  it('counts from the last dump, and says so', () => {
    const { climb, at } = climbOver([50, 70, 90, 110, 130])
    const after = climbDumped(climb, at)
    expect(findClimb(after, at)).toEqual(nothing)
    expect(find(climbOver([150, 170, 200, 240], 6, after, at))).toEqual(nothing)
    expect(find(climbOver([150, 170, 200, 240, 300], 6, after, at)).words).toMatch(
      /^300 MiB is a new high-water mark and 2\.3 times the 130 MiB at the last dump, in 5 steps/,
    )
  })

  it('counts from where it has fallen to, but is new only above what was given back', () => {
    const up = [60, 80, 100, 130]
    expect(find(climbOver([...up, 40, ...up]))).toEqual(nothing)
    expect(find(climbOver([...up, 40, ...up, 170])).words).toMatch(
      /^170 MiB is a new high-water mark and 4\.3 times the 40 MiB to which it had fallen since/,
    )
  })

  it('is not what one reading shows', () => {
    const { climb, at } = climbOver([50])
    const once = climbed(climb, 200 * MiB, at + 10_000)
    expect(findClimb(once, at + 10_000)).toEqual(nothing)
    expect(once.marks).toHaveLength(1)
  })

  it('is not what a capture of our own left behind', () => {
    const { climb } = climbOver([50, 70, 90])
    const raised = climbRaised(climb, 60 * MiB)
    expect(raised.marks.map(({ bytes }) => bytes / MiB)).toEqual([110, 130, 150])
  })

  it('is proof of nothing where it levels off', () => {
    expect(find(climbOver([50, 90, 120, 140, 160, 160, 160, 160])).words).toMatch(
      /times the 50 MiB when it had warmed up, of which only 0 MiB came within the last 16 min$/,
    )
  })

  it('takes a few numbers, however long it climbs', () => {
    const { climb } = climbOver(
      Array.from({ length: 200 }, (_, index) => 50 * 1.13 ** index),
      2,
    )
    expect(climb.marks.length).toBeLessThanOrEqual(24)
    expect(climb.marks[0]?.bytes).toBe(50 * MiB)
  })
})

/** The seconds in which the leak rule of `heap` has a dump made, as it ships. */
function leaks(alive: Life, seconds: number, limit: number, options?: HeapOptions): number[] {
  const heap = feed({ leak: 4 * 3_600_000, cooldown: minute }, {}, 'heap')
  const dumps: number[] = []
  collectedHeap(alive, seconds, options).forEach((bytes, second) => {
    const ago = second - (dumps.at(-1) ?? Number.NEGATIVE_INFINITY)
    if (ago === 5) heap.apply(state => captureEnded(state, true))
    const { fire } = heap.one(1, ago < 5, heapReading(bytes, limit))
    if (fire !== 'leak') return
    dumps.push(second)
    heap.apply(state => fired(state, 'leak', heap.at))
  })
  return dumps
}

const seeds = Array.from({ length: 12 }, (_, index) => index + 1)

const hour = 3600

const GiB = 1024 * MiB

/** A level that rises by the next of `sizes` (in MiB) every so many seconds. */
const steps =
  (every: number, ...sizes: number[]): Life =>
  second => {
    let level = 50
    for (let step = 0; step < Math.floor(second / every); step++) level += sizes[step % sizes.length] as number
    return level * MiB
  }

describe('a leak in uneven steps', () => {
  it.each([
    ['a job every 5 minutes', steps(300, 20, 150, 30, 200), 0.6],
    ['a job every 10 minutes', steps(600, 60, 20, 90), 1.2],
    ['a job every 20 minutes', steps(1200, 100, 30), 2.5],
  ])('is found, although it is no straight line: %s', (_, alive, hours) => {
    for (const seed of seeds) {
      const [first] = leaks(alive, 3 * hour, GiB, { seed })
      expect(first, `seed ${seed}`).toBeLessThan(hours * hour)
    }
  })
})

describe('no leak in steps', () => {
  it.each<[string, Life, HeapOptions?]>([
    ['a start in steps', second => (second < 3 ? 14 : second < 20 ? 35 : 55) * MiB],
    ['traffic that comes after 15 minutes', second => (second < 900 ? 20 : second < 960 ? 45 : 70) * MiB],
    ['a cache that fills and stops', second => (30 + 120 * (1 - Math.exp(-second / 40))) * MiB],
    ['one step up', second => (second < 600 ? 50 : 250) * MiB],
    ['two steps up', second => (50 + (second > 600 ? 100 : 0) + (second > 1800 ? 100 : 0)) * MiB],
    ['a sawtooth', second => (60 + ((second % 600) / 600) * 30) * MiB],
    ['much in flight', () => 40 * MiB, { noise: 0.2, churn: 8 * MiB }],
    [
      'bursts, some larger than all before',
      second =>
        (50 + (random(Math.floor(second / 20))() < 0.15 ? 200 * random(Math.floor(second / 20) + 7)() ** 3 : 0)) * MiB,
    ],
  ])('is %s, and a limit of 512 MiB', (_, alive, options) => {
    for (const seed of seeds)
      expect(leaks(alive, 2 * hour, 512 * MiB, { ...options, seed }), `seed ${seed}`).toEqual([])
  })

  it('is a day of traffic after a quiet night', () => {
    const day: Life = second => (100 - 60 * Math.cos((2 * Math.PI * second) / (24 * hour))) * MiB
    for (const seed of seeds.slice(0, 4)) expect(leaks(day, 24 * hour, GiB, { seed }), `seed ${seed}`).toEqual([])
  })

  it('is resident memory: an allocator does not give back what it got under load', () => {
    const rss = feed({ leak: 12 * 3_600_000 }, {}, 'rss')
    const levels = [60, 75, 95, 120, 150]
    let reason = ''
    for (let second = 0; second < 5 * 600; second++) {
      const bytes = (levels[Math.floor(second / 600)] as number) * MiB
      const { fire, rules } = rss.one(5, false, { what: 'memory', bytes, room: 512 * MiB - bytes, sticky: true })
      expect(fire, `second ${second}`).toBe(null)
      reason = rules.leak.reason
    }
    expect(reason).toMatch(/150 MiB is a new high-water mark and 2\.5 times the 60 MiB when it had warmed up/)
  })
})
