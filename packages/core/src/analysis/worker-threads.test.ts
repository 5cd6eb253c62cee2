import { describe, expect, it } from 'vitest'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { TriggerInfo } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import { summarise } from './summary.js'
import { isLoadElsewhere } from './worker-threads.js'

const at = 1_000_000

/** A profile of one second in one function. */
function profileOf(functionName: string, url = 'file:///app/src/work.js'): CpuProfile {
  const frame = { functionName, scriptId: '1', url, lineNumber: 9, columnNumber: 0 }
  const root = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 }
  return {
    nodes: [
      { id: 1, callFrame: root, children: [2] },
      { id: 2, callFrame: frame },
    ],
    startTime: 0,
    endTime: 1_000_000,
    samples: Array(100).fill(2),
    timeDeltas: Array(100).fill(10_000),
  }
}

const cpu: TriggerInfo = {
  metric: 'cpu',
  rule: 'watermark',
  value: 196,
  mean: 5,
  threshold: 80,
  unit: 'percent',
  history: [],
  reason: '196% is at or above the watermark 80%',
}

const byHand: TriggerInfo = {
  ...cpu,
  metric: null,
  rule: 'manual',
  value: null,
  mean: null,
  threshold: null,
  unit: null,
  reason: 'by hand',
}

const sample = (main: number, others: number): Sample => ({
  at,
  values: { cpu: main + others },
  cpuThreads: { main, others },
})

const idle = profileOf('(idle)', '')

const say = (trigger: TriggerInfo, samples: Sample[], profiles: unknown[]) =>
  summarise({
    trigger,
    samples,
    at,
    evidence: new Map([['cpu-profile', profiles]]),
    blockedFor: 0,
    failures: [],
    cwd: '/app',
  })

describe('a load outside of the main thread', () => {
  it('is there when the main thread has the smaller part of the CPU time by far', () => {
    expect(isLoadElsewhere(sample(4, 192))).toBe(true)
    expect(isLoadElsewhere(sample(90, 60))).toBe(false)
    expect(isLoadElsewhere(sample(0, 0))).toBe(false)
    expect(isLoadElsewhere({ at, values: {} })).toBe(false)
  })

  it('is not V8’s helper threads, which work for the main thread: they are called by their name', () => {
    const leak: Sample = { at, values: { cpu: 96 }, cpuThreads: { main: 26, others: 70, helpers: 64 } }
    expect(isLoadElsewhere(leak)).toBe(false)
    const { text } = say(cpu, [leak], [profileOf('keepAll')])
    expect(text).toContain(
      "took 100% of the busy time. V8's helper threads (garbage collection, compilation) used 67% of the CPU time.",
    )
    expect(text).not.toMatch(/worker threads|thread pool/)
    expect(say(cpu, [{ ...leak, cpuThreads: { main: 80, others: 16, helpers: 10 } }], [idle]).text).not.toContain('V8')
  })

  it('is said to be, instead of blaming the idle main thread, and the worker’s function is named', () => {
    const worker = { thread: 'worker 3 (resize)', profile: profileOf('scale') }
    const { text, findings } = say(cpu, [sample(4, 192)], [idle, worker])
    expect(text).toContain('The load is not in the main thread, which used 2% of that')
    expect(text).toContain('In worker 3 (resize), scale (src/work.js:10) took 100% of the busy time')
    expect(text).not.toMatch(/idle/)
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'hot-function', data: expect.objectContaining({ thread: worker.thread }) }),
    )
  })

  it('is not put down to workers that waited', () => {
    const pool = 'file:///app/node_modules/piscina/dist/worker.js'
    const waiting = { thread: 'worker 3 (resize)', profile: profileOf('atomicsWaitLoop', pool) }
    const { text } = say(cpu, [sample(4, 192)], [idle, waiting])
    expect(text).not.toContain('atomicsWaitLoop')
  })

  it('may be anywhere when no worker has registered', () => {
    expect(say(cpu, [sample(4, 192)], [idle]).text).toContain('but in worker threads or the thread pool')
  })

  it('is not claimed when the main thread is busy', () => {
    const { text } = say(cpu, [sample(95, 5)], [profileOf('burn')])
    expect(text).toContain('burn (src/work.js:10)')
    expect(text).not.toContain('not in the main thread')
  })
})

describe('a profile of a worker that was asked for', () => {
  it('is what the sentence is about', () => {
    const { text } = say(byHand, [sample(4, 192)], [{ thread: 'worker 3 (resize)', profile: profileOf('scale') }])
    expect(text).toBe('Captured by hand. In worker 3 (resize), scale (src/work.js:10) took 100% of the busy time.')
  })

  it('says so when it had nothing to do', () => {
    const { text } = say(byHand, [], [{ thread: 'worker 3 (resize)', profile: idle }])
    expect(text).toBe('Captured by hand. Worker 3 (resize) had next to nothing to do during the profile.')
  })
})
