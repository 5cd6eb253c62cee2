import { describe, expect, it } from 'vitest'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { TriggerInfo } from '../model/manifest.js'
import type { CpuWait, Sample } from '../model/sample.js'
import { cpu } from '../testing/incidents.js'
import type { Slice } from '../testing/profile-of.js'
import { findStarved, isStarvedAlone } from './starved.js'
import { summarise } from './summary.js'

const at = 1_700_000_000_000

const late = (value: number, more: Partial<TriggerInfo> = {}): TriggerInfo => ({
  metric: 'eventLoopDelay',
  rule: 'watermark',
  value,
  mean: 12,
  threshold: 1000,
  unit: 'ms',
  history: [12, 12],
  reason: `${value} ms is at or above the watermark 1000 ms`,
  ...more,
})

/** One sample a second, the last at the trigger. */
const samplesOf = (...waits: (CpuWait | undefined)[]): Sample[] =>
  waits.map((cpuWait, index) => ({
    at: at - 1000 * (waits.length - 1 - index),
    values: { eventLoopDelay: 10 },
    ...(cpuWait && { cpuWait }),
  }))

const find = (trigger: TriggerInfo, samples: Sample[], quota: number | null = null) =>
  findStarved({ trigger, samples, at, block: { ms: 0, began: at }, quota })

const wait = (waited: number, throttled = 0, pressure?: number): CpuWait => ({
  waited,
  throttled,
  ...(pressure !== undefined && { pressure }),
})

describe('an event loop that is busy', () => {
  const busy = late(100, { metric: 'eventLoopUtilization', unit: 'percent', threshold: 95 })
  /** At 40%, and then over the line for three seconds. */
  const samples = (waited: number, main = 25): Sample[] =>
    [40, 98, 100, 100].map((eventLoopUtilization, index) => ({
      at: at - 1000 * (3 - index),
      values: { eventLoopUtilization },
      cpuThreads: { main: index === 0 ? 25 : main, others: 0 },
      cpuWait: wait(waited, 0, 99),
    }))

  it('was starved where it waited for a CPU most of that time', () => {
    const [found] = find(busy, samples(750))
    expect(found?.kind).toBe('starved')
    expect(found?.text).toBe(
      'the app thread waited 2.3 s of those 3.0 s for a CPU, while something on the machine waited for one 99% of the time: the machine is the cause, not the code',
    )
  })

  it('was busy where it used more CPU time than before: it may spin', () => {
    expect(find(busy, samples(700, 30))[0]?.kind).toBe('starved')
    expect(find(busy, samples(700, 40))[0]?.kind).toBe('cpu-wait')
  })

  it('was busy where it had the CPU for more than a third of it, or was blocked', () => {
    expect(find(busy, samples(500))[0]?.kind).toBe('cpu-wait')
    expect(find(busy, samples(50))).toEqual([])
    const block = { ms: 3000, began: at - 3000 }
    expect(findStarved({ trigger: busy, samples: samples(950), at, block, quota: null })[0]?.kind).toBe('cpu-wait')
    // How busy it was before is not known.
    expect(find(busy, samples(950).slice(1))).toEqual([])
  })
})

describe('an event loop that is late', () => {
  it('was starved by the quota where it would not have been late without', () => {
    const [found] = find(late(1750), samplesOf(undefined, wait(700, 700), wait(750, 700)), 0.2)
    expect(found).toMatchObject({ kind: 'starved', data: { waited: 1450, throttled: 1400, isAlone: true } })
    expect(found?.text).toBe(
      'the app thread waited 1.4 s of those 1.8 s for a CPU, of which throttled for 1.4 s by the quota of 0.2 cores: the quota is the cause, not the code',
    )
  })

  it('was starved by a busy machine', () => {
    const [found] = find(late(2300), samplesOf(undefined, wait(900, 0, 98), wait(900, 0, 99), wait(800, 0, 97)))
    expect(found?.text).toBe(
      'the app thread waited 2.3 s of those 2.3 s for a CPU, while something on the machine waited for one 99% of the time: the machine is the cause, not the code',
    )
  })

  it('was blocked by its code where it ran for long enough itself, and what it waited is said', () => {
    const [found] = find(late(5000), samplesOf(...Array.from({ length: 6 }, () => wait(400))))
    expect(found?.kind).toBe('cpu-wait')
    expect(found?.text).toBe('the app thread waited 2.0 s of those 5.0 s for a CPU')
    expect(isStarvedAlone(found ? [found] : [])).toBe(false)
  })

  it('is judged by the whole block, which may go on after the trigger', () => {
    const samples = [...samplesOf(undefined, wait(600)), { at: at + 4000, values: {}, cpuWait: wait(500) }]
    const block = { ms: 5000, began: at - 1000 }
    expect(findStarved({ trigger: late(1009), samples, at, block, quota: null })[0]?.kind).toBe('cpu-wait')
  })

  it('is not looked into where next to nothing was waited, nor for other metrics without a block', () => {
    expect(find(late(2000), samplesOf(wait(100), wait(100), wait(100)))).toEqual([])
    expect(find(late(2000, { metric: 'inFlight' }), samplesOf(wait(900), wait(900)))).toEqual([])
    // Waits before it do not count.
    expect(find(late(1000), samplesOf(wait(900), wait(900), wait(0)))).toEqual([])
  })

  it('is told beside the load that the quota made of it: that names its code', () => {
    const cpu: TriggerInfo = { ...late(100), metric: 'cpu', unit: 'percent', threshold: 80 }
    const samples = samplesOf(undefined, wait(800, 800), wait(700, 600))
    const block = { ms: 1700, began: at - 1700 }
    const [found] = findStarved({ trigger: cpu, samples, at, block, quota: 0.2 })
    expect(found?.kind).toBe('cpu-wait')
    expect(found?.text).toBe(
      'the app thread waited 1.5 s of those 1.7 s for a CPU, of which throttled for 1.4 s by the quota of 0.2 cores',
    )
  })

  it('is not alone where something else fires too', () => {
    const waits = samplesOf(wait(900), wait(900), wait(900))
    const also = (metric: string) => late(2000, { reason: `2000 ms; also ${metric}: 99% is at or above` })
    expect(isStarvedAlone(find(also('eventLoopUtilization'), waits))).toBe(true)
    expect(isStarvedAlone(find(also('inFlight'), waits))).toBe(false)
  })
})

it('the sentence names no code, and speaks of no block', () => {
  const callFrame = {
    functionName: 'writePayload',
    scriptId: '1',
    url: 'file:///app/reply.js',
    lineNumber: 7,
    columnNumber: 0,
  }
  const root = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 }
  const profile = {
    nodes: [
      { id: 1, callFrame: root, hitCount: 0, children: [2] },
      { id: 2, callFrame, hitCount: 100 },
    ],
    samples: Array.from({ length: 100 }, () => 2),
    timeDeltas: Array.from({ length: 100 }, () => 10_000),
    startTime: 0,
    endTime: 1_000_000,
  } as unknown as CpuProfile
  const input = { trigger: late(2000), at, blockedFor: 1800, failures: [], cwd: '/app' }
  const evidence = new Map([['cpu-profile' as const, [profile]]])
  const say = (samples: Sample[]) => summarise({ ...input, samples, evidence })
  const starved = say(samplesOf(wait(900), wait(950), wait(950)))
  expect(starved.text).toMatch(/^The event loop stood still for at least 1.8 s. Event loop delay rose to 2000 ms/)
  expect(starved.text).toContain('the machine is the cause, not the code')
  expect(starved.text).not.toContain('writePayload')
  expect(starved.findings.map(({ kind }) => kind)).toContain('starved')
  const blocked = say(samplesOf(undefined, undefined, undefined))
  expect(blocked.text).toContain('was blocked')
  expect(blocked.text).toContain('writePayload')
})

it('a shorter wait is the cause too where a profile shows no code that ran for the rest', () => {
  const samples = samplesOf(undefined, wait(350), wait(400))
  const input = { trigger: late(1400), at, blockedFor: 1400, failures: [], cwd: '/app', samples }
  const say = (...slices: Slice[]) => summarise({ ...input, evidence: new Map([cpu(slices)]) }).headline
  const idle: Slice = [960, '(idle)']
  expect(say([20, 'a /app/a.js:1'], [20, 'b /app/b.js:1'], idle)).toBe(
    'Starved by the machine, not blocked by code: the app waited 750 ms of 1.4 s for a CPU',
  )
  expect(say([900, 'a /app/a.js:1'], [100, '(idle)'])).toMatch(/^The event loop stood still for 1.4 s: a \(a.js:1\)/)
  expect(summarise({ ...input, evidence: new Map() }).headline).toBe('The event loop stood still for 1.4 s')
  // The rest alone would have made the rule fire.
  const longer = { ...input, trigger: late(2400), blockedFor: 2400, evidence: new Map([cpu([idle])]) }
  expect(summarise(longer).headline).toBe('The event loop stood still for 2.4 s')
})
