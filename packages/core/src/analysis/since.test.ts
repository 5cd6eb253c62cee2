import { describe, expect, it } from 'vitest'
import type { TriggerInfo } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import { findBlock, findBlocksBefore, findSince, type Since, saySince, sinceWhen } from './since.js'

const at = Date.parse('2026-11-24T01:35:12.000Z')

const second = 1000

/** One sample a second, the last one at the trigger. */
const cpu = (...values: (number | null)[]): Sample[] =>
  values.map((value, index) => ({ at: at - (values.length - 1 - index) * second, values: { cpu: value } }))

const trigger = (more: Partial<TriggerInfo> = {}): TriggerInfo => ({
  metric: 'cpu',
  rule: 'watermark',
  value: 97,
  mean: 12,
  threshold: 80,
  unit: 'percent',
  history: [],
  reason: '',
  ...more,
})

describe('since when', () => {
  it('is the first sample over the line, back from the trigger', () => {
    const since = sinceWhen(trigger(), cpu(90, 10, 85, 95, 97), at) as Since
    expect(since).toEqual({ at: at - 2 * second, after: at - 3 * second, samples: 3 })
    expect(saySince(since, at)).toBe(' since 01:35:10 UTC, for 2.0 s')
    expect(findSince(trigger(), since, at)).toEqual({
      kind: 'since',
      text: 'cpu is over the line since 01:35:10 UTC, for 3 samples in 2.0 s; it was below at 01:35:09 UTC',
      data: {
        metric: 'cpu',
        threshold: 80,
        since: '2026-11-24T01:35:10.000Z',
        after: '2026-11-24T01:35:09.000Z',
        ms: 2000,
      },
    })
  })

  it('is the trigger itself where that is the only sample over the line', () => {
    const since = sinceWhen(trigger(), cpu(90, 10, 97), at)
    expect(saySince(since, at)).toBe(' since 01:35:12 UTC')
  })

  it('is at least so long ago where no sample shows it below the line, and no longer than there are readings', () => {
    expect(saySince(sinceWhen(trigger(), cpu(97, 98), at), at)).toBe(' since at least 01:35:11 UTC, for 1.0 s')
    expect(saySince(sinceWhen(trigger(), cpu(99, null, 98), at), at)).toBe(' since 01:35:12 UTC')
  })

  it('is not the time before a spike whose line is 0, as that of a quiet service is', () => {
    const spike = trigger({ rule: 'spike', mean: 0, value: 60, threshold: 0 })
    expect(sinceWhen(spike, cpu(0, 0, 0, 12, 60), at)).toEqual({ at: at - second, after: at - 2 * second, samples: 2 })
  })

  it('is the trigger itself where a spike has just reached the least that counts', () => {
    const spike = trigger({ rule: 'spike', mean: 0, value: 20, threshold: 20 })
    expect(sinceWhen(spike, cpu(0, 19, 20), at)).toEqual({ at, after: at - second, samples: 1 })
  })

  it('does not look at what came after the trigger', () => {
    const later = { at: at + second, values: { cpu: 3 } }
    expect(sinceWhen(trigger(), [...cpu(10, 97), later], at)?.at).toBe(at)
  })

  it('is not known without samples, by hand, and for a leak, whose reason has it', () => {
    expect(sinceWhen(trigger(), [], at)).toBeNull()
    expect(sinceWhen(trigger(), cpu(10, 20), at)).toBeNull()
    expect(sinceWhen(trigger({ rule: 'leak', threshold: null }), cpu(97), at)).toBeNull()
    expect(sinceWhen(trigger({ metric: null, rule: 'manual', threshold: null }), cpu(97), at)).toBeNull()
    expect(saySince(null, at)).toBe('')
  })
})

describe('blocks of the event loop', () => {
  const blocks = (...ms: number[]): Sample[] =>
    ms.map((blockedFor, index) => ({ at: at - (ms.length - index) * second, values: {}, blockedFor }))

  it('are told with when they began', () => {
    expect(findBlock(2500, at - 2500)).toEqual({
      kind: 'event-loop-block',
      text: 'the event loop was blocked for at least 2.5 s, since 01:35:09 UTC',
      data: { ms: 2500, since: '2026-11-24T01:35:09.500Z' },
    })
  })

  it('that were over before the trigger are counted, each once', () => {
    const [finding] = findBlocksBefore(blocks(0, 800, 1800, 0, 400, 0, 0), at, 0)
    expect(finding?.text).toBe(
      'in the 7.0 s before the trigger the event loop was seen blocked 2 times, the longest for at least 1.8 s until 01:35:07 UTC',
    )
    expect(finding?.data).toMatchObject({ count: 2, longestMs: 1800 })
  })

  it('are told as one, if it was one', () => {
    const [finding] = findBlocksBefore(blocks(0, 800, 0), at, 0)
    expect(finding?.text).toMatch(/seen blocked once, for at least 800 ms until/)
  })

  it('of the capture of an earlier dump are told as such, and only if there are no others', () => {
    const captured = blocks(0, 800, 1800, 0, 0).map((sample, index) => ({ ...sample, capturing: index < 3 }))
    const [only] = findBlocksBefore(captured, at, 0)
    expect(only?.text).toMatch(/once, for at least 1\.8 s until .*, while an earlier dump was captured$/)
    const [other] = findBlocksBefore([...captured.slice(0, 3), ...blocks(400, 0)], at, 0)
    expect(other?.data).toMatchObject({ count: 1, longestMs: 400 })
    expect(other?.text).not.toMatch(/dump/)
  })

  it('do not count the one that the trigger fell into', () => {
    expect(findBlocksBefore(blocks(0, 0, 500, 1500), at, 2500)).toEqual([])
    expect(findBlocksBefore(blocks(0, 0, 0), at, 0)).toEqual([])
    expect(findBlocksBefore([], at, 0)).toEqual([])
  })
})
