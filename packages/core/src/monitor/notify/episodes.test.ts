import { describe, expect, it } from 'vitest'
import { decisionOf, dumpId, manifestOf } from '../../testing/fake-monitor.js'
import { dumped, type Episodes, episodeOf, passed, stillMatching } from './episodes.js'
import { startMessage } from './message.js'

const message = (id: string) => startMessage(id, manifestOf(dumpId), { dir: '/d', publicUrl: null })

const minute = 60_000

describe('an episode', () => {
  it('takes together what goes wrong together', () => {
    const name = (metric: string | null, rule: string) => episodeOf({ metric, rule })
    expect(name('cpu', 'spike')).toBe(name('eventLoopDelay', 'watermark'))
    expect(name('heap', 'watermark')).toBe(name('gc', 'spike'))
    expect(name('cpu', 'spike')).not.toBe(name('rss', 'spike'))
    expect(name('heap', 'leak')).not.toBe(name('heap', 'watermark'))
    expect(name('queueDepth', 'watermark')).toBe('queueDepth')
    expect(name(null, 'crash')).toBe('crash')
    expect(name(null, 'manual')).toBeNull()
  })

  it('is told once, however many dumps it has', () => {
    const first = dumped({}, 'load', message('a'), 0)
    const second = dumped(first.episodes, 'load', message('b'), minute)
    expect([first.isNews, second.isNews]).toEqual([true, false])
    expect(second.episodes.load).toMatchObject({ since: 0, seenAt: minute, dumps: 2 })
    expect(dumped(second.episodes, 'memory', message('c'), minute).isNews).toBe(true)
  })

  it('is told once an hour at most where the machine or a quota starved the event loop, and nothing else', () => {
    const late = { metric: 'eventLoopDelay', rule: 'watermark' }
    const starved = (isAlone: boolean) => [{ kind: 'starved', text: 'the machine', data: { isAlone } }]
    const name = episodeOf(late, starved(true)) as string
    expect(name).not.toBe(episodeOf(late))
    expect(episodeOf(late, starved(false))).toBe(episodeOf(late))
    let told = 0
    let episodes: Episodes = {}
    for (let at = 0; at < 300 * minute; at += 5 * minute) {
      const after = dumped(episodes, name, message('a'), at)
      told += Number(after.isNews)
      const { episodes: left, over } = passed(after.episodes, new Set(), at + 4 * minute, 2 * minute)
      for (const episode of over) expect(episode.endsUntold).toBe(true)
      episodes = left
    }
    expect(told).toBe(5)
  })

  it('is told from its fifth minute on where it is of hiccups of the machine, at once where one is no hiccup', () => {
    const name = episodeOf({ metric: 'eventLoopDelay', rule: 'watermark' }, [
      { kind: 'starved', text: 'the machine', data: { isAlone: true } },
    ]) as string
    const toldAt = (...dumps: [at: number, isHiccup: boolean][]) => {
      let episodes: Episodes = {}
      return dumps.flatMap(([at, isHiccup]) => {
        const after = dumped(episodes, name, message('a'), at * minute, null, isHiccup)
        episodes = passed(after.episodes, new Set(), (at + 0.5) * minute, 5 * minute).episodes
        return after.isNews ? [at] : []
      })
    }
    const every = (minutes: number, until: number) =>
      Array.from({ length: until / minutes }, (_, index): [number, boolean] => [index * minutes, true])
    expect(toldAt([0, true])).toEqual([])
    expect(toldAt(...every(2, 130))).toEqual([6, 66, 126])
    expect(toldAt([0, true], [1, false], [2, true])).toEqual([1])
    expect(toldAt([0, false], [1, true])).toEqual([0])
  })

  it('of one hiccup is forgotten when it was quiet', () => {
    const { episodes } = dumped({}, 'starved', message('a'), 0, null, true)
    expect(passed(episodes, new Set(), 5 * minute, 5 * minute)).toMatchObject({ episodes: {}, over: [{ dumps: 1 }] })
  })

  it('is amended once, by a later dump with a surer culprit', () => {
    const blames = (name: string, sureness: number) => ({ name, sureness })
    const after = (told: ReturnType<typeof blames> | null, ...later: (ReturnType<typeof blames> | null)[]) => {
      let { episodes } = dumped({}, 'load', message('a'), 0, told)
      return later.map((culprit, index) => {
        const next = dumped(episodes, 'load', message('b'), (index + 1) * minute, culprit)
        episodes = next.episodes
        expect(next.isNews).toBe(false)
        return next.amends
      })
    }
    expect(after(null, null, blames('f', 0.4), blames('f', 0.9), blames('g', 1))).toEqual([false, false, true, false])
    expect(after(blames('f', 0.3), blames('f', 0.9), blames('g', 0.5), blames('g', 0.6))).toEqual([false, false, true])
    expect(after(blames('f', 0.8), blames('g', 1))).toEqual([false])
  })

  it('may be amended again when it was told again', () => {
    const culprit = { name: 'f', sureness: 0.9 }
    const first = dumped({}, 'load', message('a'), 0)
    const amended = dumped(first.episodes, 'load', message('b'), minute, culprit)
    const again = dumped(amended.episodes, 'load', message('c'), 300 * minute)
    expect(again).toMatchObject({ isNews: true, amends: false })
    expect(dumped(again.episodes, 'load', message('d'), 301 * minute, culprit).amends).toBe(true)
  })

  it('is told again with a dump that comes hours later', () => {
    const { episodes } = dumped({}, 'load', message('a'), 0)
    expect(dumped(episodes, 'load', message('b'), 239 * minute).isNews).toBe(false)
    expect(dumped(episodes, 'load', message('b'), 240 * minute).isNews).toBe(true)
  })

  it('is over when it was quiet, and not while a rule still matches', () => {
    const { episodes } = dumped({}, 'load', message('a'), 0)
    const held = passed(episodes, new Set(['load']), 4 * minute, 5 * minute)
    expect(held.over).toEqual([])
    const quiet = passed(held.episodes, new Set(), 8 * minute, 5 * minute)
    expect(quiet.over).toEqual([])
    const over = passed(quiet.episodes, new Set(), 9 * minute, 5 * minute)
    expect(over.over).toHaveLength(1)
    expect(over.episodes).toEqual({} satisfies Episodes)
  })

  it('goes on while a rule of it waits to be armed again', () => {
    const { value, unit, mean, deviation, history, rules } = decisionOf('cpu', 90)
    const metric = { value, unit, mean, deviation, history, rules }
    expect(stillMatching({ cpu: metric })).toEqual(new Set())
    const spent = { ...metric, rules: { ...rules, spike: { ...rules.spike, state: 'spent' as const } } }
    expect(stillMatching({ cpu: spent })).toEqual(new Set(['load']))
  })
})
