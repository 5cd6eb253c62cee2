import { describe, expect, it } from 'vitest'
import type { DumpEntry } from '../api/types.ts'
import { groupsOf, marksOf, placeOf } from './marks.ts'

const start = Date.parse('2026-11-28T20:00:00.000Z')
const span = { from: start, to: start + 300_000 }

function dump(second: number, { pid = 42, metric = 'cpu' as string | null, summary = 'it was busy' } = {}): DumpEntry {
  const createdAt = new Date(start + second * 1000).toISOString()
  return {
    id: `${createdAt.replace(/[-:.]/g, '')}-${pid}-${metric ?? 'manual'}-spike`,
    createdAt,
    state: 'complete',
    metric,
    rule: 'spike',
    reason: '80% is above',
    headline: summary,
    summary,
    bytes: 1,
    artifacts: [],
    pinned: false,
  } as DumpEntry
}

describe('marks', () => {
  it('are the dumps of the process within the span, oldest first', () => {
    const marks = marksOf([dump(200), dump(100), dump(-5), dump(150, { pid: 43 })], 42, span)
    expect(marks.map(({ at }) => (at - start) / 1000)).toEqual([100, 200])
  })

  it('have the reason where there is no summary', () => {
    expect(marksOf([dump(1, { summary: '' })], 42, span)[0]?.summary).toBe('80% is above')
  })

  it('too close to tell apart are one group', () => {
    const marks = marksOf([dump(10), dump(15), dump(100)], 42, span)
    expect(groupsOf(marks, 20_000).map(group => group.length)).toEqual([2, 1])
    expect(groupsOf(marks, 1).map(group => group.length)).toEqual([1, 1, 1])
  })

  it('lie where their time does, and never beside the chart', () => {
    expect(placeOf(start + 150_000, span)).toBe(0.5)
    expect(placeOf(start - 1, span)).toBe(0)
    expect(placeOf(start + 999_999, span)).toBe(1)
  })
})
