import { describe, expect, it } from 'vitest'
import { findBefore, findPast, sayBefore } from './before.js'
import type { CpuAnalysis, FunctionTime } from './cpu.js'
import { sayCpu } from './say-cpu.js'

function took(name: string, ownMs: number): FunctionTime {
  return { name, file: 'app.js', line: 12, column: 1, owner: 'app', selfMs: ownMs, ownMs, totalMs: ownMs }
}

function analysisOf(windowMs: number, busyMs: number, functions: FunctionTime[]): CpuAnalysis {
  return { windowMs, busyMs, gcMs: 0, programMs: 0, functions, culprit: null } as unknown as CpuAnalysis
}

const idle = analysisOf(5000, 20, [])

describe('what ran before the trigger and does no more', () => {
  it('is the function that fell the most, not the one that always runs', () => {
    const before = analysisOf(12_000, 6000, [took('always', 3600), took('hot', 2000)])
    const during = analysisOf(5000, 1600, [took('always', 1500)])
    expect(findPast(before, during)).toMatchObject({ function: { name: 'hot' }, share: 1 / 3, loadDuring: 0 })
    expect(sayBefore(before, during)).toBe('in the 12.0 s before hot (app.js:12) took 33% of the busy time')
  })

  it('is nobody where what ran before still runs', () => {
    const before = analysisOf(12_000, 6000, [took('always', 6000)])
    expect(sayBefore(before, analysisOf(5000, 2500, [took('always', 2500)]))).toBe(null)
  })

  it('is nobody where too little ran to prove anything', () => {
    expect(sayBefore(analysisOf(12_000, 90, [took('startUp', 90)]), idle)).toBe(null)
    expect(sayBefore(analysisOf(12_000, 6000, [took('one of many', 150)]), idle)).toBe(null)
    expect(sayBefore(analysisOf(0, 0, []), idle)).toBe(null)
  })

  it('has a finding with the figures then and now, beside how idle the process was', () => {
    const [hot, wasIdle] = findBefore(analysisOf(10_000, 2500, [took('hot', 2000)]), idle)
    expect(hot?.kind).toBe('hot-before')
    expect(hot?.text).toBe(
      'in the 10.0 s before the trigger hot (app.js:12) took 80% of the busy time itself, which is 20% of all the time; during the capture it took 0%',
    )
    expect(wasIdle?.text).toBe('in the 10.0 s before the trigger the process was 75% idle')
    expect(findBefore(analysisOf(10_000, 0, []), idle).map(({ kind }) => kind)).toEqual(['idle-before'])
  })

  it('is blamed with its runtime function and its caller', () => {
    const hot = took('parseRows', 2000)
    const culprit = { function: { ...hot }, share: 0.9, through: 'JSON.parse', calledBy: null }
    const before = { ...analysisOf(10_000, 2200, [hot]), culprit }
    expect(sayBefore(before, idle)).toContain('parseRows (app.js:12), mostly in JSON.parse, took 91%')
  })

  it('counts by the time over the line: what filled one second of twelve explains that second', () => {
    const before = analysisOf(12_000, 800, [took('exportAll', 360)])
    expect(sayCpu(idle, before, true, 1000)).toBe(
      'the process was 100% idle during the profile, but in the 12.0 s before exportAll (app.js:12) took 45% of the busy time',
    )
    expect(sayCpu(idle, before, true, 12_000)).toBe(
      'the process was 100% idle during the profile, so no function stands out',
    )
  })
})
