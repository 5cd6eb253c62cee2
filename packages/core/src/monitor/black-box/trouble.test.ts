import { describe, expect, it } from 'vitest'
import type { RuleState } from '../../model/decision.js'
import type { Sample } from '../../model/sample.js'
import { runOf } from '../../testing/runs.js'
import { findTrouble } from './trouble.js'

const series = (metric: string, readings: number[]): Sample[] =>
  readings.map((value, index) => ({ at: 100_000 + (index - readings.length + 1) * 1000, values: { [metric]: value } }))

const inFlight = (readings: number[]) => findTrouble(runOf({ samples: series('inFlight', readings) }), false)

const ruleIn = (state: RuleState, rule = 'watermark') =>
  findTrouble(runOf({ rules: [{ metric: 'cpu', rule, state, reason: '97% is at watermark 80%' }] }), false)

describe('nothing was wrong', () => {
  it('with a process at rest', () => expect(findTrouble(runOf(), false)).toEqual([]))

  it('before the first sample', () => expect(findTrouble(runOf({ samples: [] }), false)).toEqual([]))

  it('with a heartbeat that was a little late', () => {
    expect(findTrouble(runOf({ samples: [{ at: 100_000, values: {}, blockedFor: 180 }] }), false)).toEqual([])
  })

  it('with a program that was loading its modules', () => {
    const samples = [{ at: 100_000, values: {}, blockedFor: 3000, starting: true as const }]
    expect(findTrouble(runOf({ samples }), false)).toEqual([])
  })

  it('with a block that was over', () => {
    const samples = [{ at: 99_000, values: {}, blockedFor: 3000 }, ...series('cpu', [3])]
    expect(findTrouble(runOf({ samples }), false)).toEqual([])
  })

  it('with a steady load, or a few requests in flight', () => {
    expect(inFlight([120, 130, 118, 125, 131, 127])).toEqual([])
    expect(inFlight([0, 0, 0, 3, 3, 3])).toEqual([])
    expect(inFlight([2, 1, 2, 3, 1, 40])).toEqual([])
  })

  it.each(['quiet', 'warming-up', 'off', 'no-reading', 'holding', 'starting', 'capturing'] as const)(
    'with a rule that is %s',
    state => expect(ruleIn(state)).toEqual([]),
  )

  it('with a leak that would take hours', () => expect(ruleIn('spent', 'leak')).toEqual([]))
})

describe('something was wrong', () => {
  it('where the event loop was blocked', () => {
    const samples = [{ at: 100_000, values: {}, blockedFor: 3000 }]
    expect(findTrouble(runOf({ samples }), false)).toEqual(['its event loop was blocked for 3.0 s'])
  })

  it('where memory was nearly full', () => {
    expect(findTrouble(runOf({}, { heap: 84 }), false)).toEqual(['the JavaScript heap was 84% full'])
    expect(findTrouble(runOf({}, { rss: 92 }), false)).toEqual(['resident memory was 92% full'])
  })

  it('where requests piled up, within seconds or for minutes', () => {
    expect(inFlight([2, 1, 2, 1, 30, 60])).toEqual(['requests piled up (60 in flight, usually 2)'])
    expect(inFlight(Array.from({ length: 300 }, (_, index) => index))).toHaveLength(1)
    expect(inFlight([0, 12, 12])).toHaveLength(1)
  })

  it('where requests hung for so long that their number is the usual one', () => {
    const row = {
      method: 'GET',
      url: '/',
      route: '/',
      remoteAddress: null,
      protocol: 'http/1.1',
      waitsOn: [],
      linked: true,
    }
    const rows = (state: 'handling' | 'streaming', ageMs: number) =>
      Array.from({ length: 12 }, () => ({ ...row, state, ageMs }))
    const outbound = { total: 0, truncated: false, rows: [] }
    const hung = (state: 'handling' | 'streaming', ageMs: number) => {
      const table = { total: 12, truncated: false, rows: rows(state, ageMs), staleMs: 0, outbound }
      return findTrouble(runOf({ app: { at: 100_000, handledSignals: [], table } }), false)
    }
    expect(hung('handling', 180_000)).toEqual(['requests hung (the oldest for 3 min)'])
    expect([...hung('handling', 30_000), ...hung('streaming', 180_000)]).toEqual([])
  })

  it.each(['firing', 'spent', 'cooling-down'] as const)('where a rule is %s', state =>
    expect(ruleIn(state)).toEqual(['the watermark of cpu spoke (97% is at watermark 80%)']),
  )

  it('where an exception was survived a moment before, or a capture cut short', () => {
    const error = {
      at: 90_000,
      origin: 'uncaughtException',
      handled: true,
      name: 'TypeError',
      message: '',
      stack: '',
    } as const
    expect(findTrouble(runOf({ error }), false)).toEqual(['it had survived an exception (TypeError) 10.0 s before'])
    expect(findTrouble(runOf({ error: { ...error, at: 1000 } }), false)).toEqual([])
    expect(findTrouble(runOf(), true)).toEqual(['a dump was being captured'])
  })
})
