// @module-tag full
import { describe, expect, it, vi } from 'vitest'
import type { CpuProfile } from '../../model/cpu-profile.js'
import type { Evidence } from '../../model/evidence.js'
import { type FakeHooks, fakeLink } from '../../testing/hooks.js'
import { runProfiledApp } from '../../testing/run-profiled-app.js'
import { takeCapture } from '../../testing/take-capture.js'
import type { CaptureContext } from './capture.js'
import { cpuProfileCapture } from './cpu-profile.js'

const root = { id: 1, callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 } }

const profile = { nodes: [root], startTime: 1, endTime: 2, samples: [1], timeDeltas: [1] }

/** An app thread with these hooks, which answers the inspector from a table; functions are called. */
function fakeContext(hooks: FakeHooks, answers: Record<string, unknown> = {}) {
  const asked: string[] = []
  const link = fakeLink(hooks, {
    async post(method) {
      asked.push(method)
      const found = answers[method]
      return typeof found === 'function' ? found() : found
    },
  })
  const context = {
    link: async () => link,
    duration: 5000,
    options: { cpuProfile: { sampleInterval: 1000 } },
    wait: async () => ({ cutShort: true }),
    pending: () => {},
  } as unknown as CaptureContext
  return { context, asked }
}

const refuse = (): never => {
  throw new Error('it refuses')
}

it('the CPU profile writes what it has when it is cut short', async () => {
  const { context } = fakeContext({
    'profiler.engine': () => 'v8-profiler-next',
    'profiler.start': () => ({ pauseMs: 3, at: 1 }),
    'profiler.stop': () => ({ pauseMs: 4, json: JSON.stringify(profile) }),
  })
  const [evidence] = await takeCapture(cpuProfileCapture, context)
  expect(evidence).toMatchObject({ file: 'cpu.cpuprofile', phase: 'during', engine: 'v8-profiler-next', pauseMs: 7 })
  expect(JSON.parse(evidence?.content as string)).toEqual(evidence?.value)
})

it('in a container that is nearly full the CPU profile is what the recorder has', async () => {
  const { context, asked } = fakeContext({ 'profiler.engine': () => 'v8-profiler-next', 'profiler.start': refuse })
  const kept: Evidence[] = []
  const recording = async () => ({ profile, pauseMs: 1, engine: 'v8-profiler-next' as const })
  const taken = cpuProfileCapture.take({
    ...context,
    memoryLeft: () => 19 * 1024 ** 2,
    recording: recording as unknown as NonNullable<CaptureContext['recording']>,
    keep: piece => void kept.push(piece),
  })
  await expect(taken).rejects.toThrow('it may take 20 MiB of memory, and 19 MiB are left')
  expect([kept.map(({ file }) => file), asked]).toEqual([['cpu-before.cpuprofile'], []])
})

it('the CPU profile falls back to the inspector and names it', async () => {
  const { context, asked } = fakeContext(
    { 'profiler.engine': () => 'v8-profiler-next', 'profiler.start': refuse, 'profiler.now': () => 1 },
    { 'Profiler.stop': { profile } },
  )
  const [evidence] = await takeCapture(cpuProfileCapture, context)
  expect(evidence?.engine).toBe('inspector')
  expect(asked).toContain('Profiler.disable')
})

it('the CPU profile says why both failed', async () => {
  const { context } = fakeContext(
    { 'profiler.engine': () => 'node:v8', 'profiler.start': refuse, 'profiler.now': () => 1 },
    { 'Profiler.start': refuse },
  )
  await expect(takeCapture(cpuProfileCapture, context)).rejects.toThrow('node:v8: it refuses; inspector: it refuses')
})

it('the CPU profile shows the function that blocks the event loop, though it was optimised before the profile began', async () => {
  const { told } = await runProfiledApp<Evidence[]>('capture')
  const [evidence] = told
  expect(counts(evidence?.value as CpuProfile).hotLoop).toBeGreaterThan(0.8)
  expect(JSON.parse(evidence?.content as string)).toEqual(evidence?.value)
})

it('the CPU profile does not accuse the function that comes after a native call', async () => {
  const { told } = await runProfiledApp<Evidence[]>('bias')
  const shares = counts(told[0]?.value as CpuProfile)
  expect(shares.parseMuch).toBeGreaterThan(0.6)
  expect(shares.countCall ?? 0).toBeLessThan(0.1)
})

it('the CPU profile says that it waits while the app thread is in a native call, and stops saying so', async () => {
  const { told } = await runProfiledApp<(string | null)[]>('pending')
  expect(told).toEqual(['profiler reply', null])
})

/** Shares of the samples by the name of the function. */
function counts({ nodes, samples }: CpuProfile): Record<string, number> {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]))
  const shares: Record<string, number> = {}
  for (const id of samples) {
    const name = names.get(id) as string
    shares[name] = (shares[name] ?? 0) + 1 / samples.length
  }
  return shares
}

describe('the CPU profile while v8-profiler-next records', () => {
  const recording = async () => ({ profile, engine: 'v8-profiler-next' as const, pauseMs: 0.5 })
  const hooks: FakeHooks = {
    'profiler.engine': () => 'v8-profiler-next',
    'profiler.start': () => ({ pauseMs: 3, at: 1 }),
    'profiler.stop': () => ({ pauseMs: 4, json: JSON.stringify(profile) }),
    'profiler.now': () => 1,
  }
  const answers = { 'Profiler.stop': { profile } }
  const take = async (sampleInterval: number | null) => {
    const { context } = fakeContext(hooks, answers)
    return takeCapture(cpuProfileCapture, {
      ...context,
      options: { cpuProfile: { sampleInterval } },
      recording,
    } as never)
  }

  it('goes at the rate of the recorder, and adds what was recorded', async () => {
    expect(await take(null)).toMatchObject([
      { file: 'cpu.cpuprofile', phase: 'during', engine: 'v8-profiler-next' },
      { file: 'cpu-before.cpuprofile', phase: 'before', engine: 'v8-profiler-next', pauseMs: 0.5 },
    ])
  })

  it('keeps what is there of the recording before an app thread that does not answer is waited for', async () => {
    vi.useFakeTimers()
    try {
      const { context } = fakeContext(hooks, answers)
      const keep = vi.fn()
      const whole = { profile: { ...profile, endTime: 9 }, engine: 'v8-profiler-next' as const, pauseMs: 1 }
      let answer: (recording: typeof whole) => void = () => {}
      const taken = cpuProfileCapture.take({
        ...context,
        keep,
        options: { cpuProfile: { sampleInterval: null } },
        recorded: () => ({ profile, engine: 'v8-profiler-next' as const, pauseMs: 0 }),
        recording: () => new Promise(resolve => (answer = resolve)),
      } as never)
      await vi.advanceTimersByTimeAsync(1000)
      expect(keep.mock.calls).toMatchObject([[{ file: 'cpu-before.cpuprofile', value: profile }]])
      answer(whole)
      await vi.advanceTimersByTimeAsync(1000)
      await taken
      expect(keep.mock.calls.slice(1)).toMatchObject([
        [{ phase: 'before', value: whole.profile }],
        [{ file: 'cpu.cpuprofile' }],
      ])
    } finally {
      vi.useRealTimers()
    }
  })

  it('leaves a rate that was asked for to the inspector', async () => {
    const [during] = await take(1000)
    expect(during?.engine).toBe('inspector')
  })
})
