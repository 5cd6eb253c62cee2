// @module-tag full
import { expect, it } from 'vitest'
import type { CpuProfile, ProfilerEngine } from '../../model/cpu-profile.js'
import { images, runProfiledApp } from '../../testing/run-profiled-app.js'

/** Share of the function of that name in the samples within any function: others may have had the CPU in the rest. */
function shareOf(name: string, { nodes, samples }: CpuProfile): number {
  const idsOf = (names: string[]) =>
    new Set(nodes.filter(({ callFrame }) => names.includes(callFrame.functionName)).map(({ id }) => id))
  const [own, none] = [idsOf([name]), idsOf(['(idle)', '(program)'])]
  return samples.filter(id => own.has(id)).length / samples.filter(id => !none.has(id)).length
}

const named = 'the profiler names the function of a loop that was running when the profile began, with every engine: %s'
it.each(Object.entries(images))(named, async (_, env) => {
  interface Told {
    best: ProfilerEngine
    results: { engine: ProfilerEngine; profile: CpuProfile; pauseMs: number }[]
    tookMs: number
  }
  const { told, stderr } = await runProfiledApp<Told>('engines', { env })
  expect(told.results.map(({ engine }) => engine)).toContain('inspector')
  expect(told.results[0]?.engine).toBe(told.best)
  for (const { engine, profile, pauseMs } of told.results) {
    expect(profile.samples.length, engine).toBeGreaterThan(50)
    expect(profile.timeDeltas, engine).toHaveLength(profile.samples.length)
    expect(shareOf('hotLoop', profile), engine).toBeGreaterThan(0.8)
    const { callFrame } = profile.nodes.find(node => node.callFrame.functionName === 'hotLoop') ?? {}
    expect(callFrame?.url, engine).toMatch(/^file:.*profiled-app\.js$/)
    expect(pauseMs, engine).toBeGreaterThan(0)
    expect(pauseMs, engine).toBeLessThan(1000)
  }
  // Both were made while the app was in its loop of 3 s.
  expect(told.tookMs).toBeLessThan(2900)
  expect(stderr).toBe('')
})

it.each(Object.entries(images))('the profiler survives every wrong order of starts and stops: %s', async (_, env) => {
  const { told, code } = await runProfiledApp<{ failed: boolean[] }>('misuse', { env })
  expect(code).toBe(0)
  const [f, t] = [false, true]
  expect(told.failed).toEqual([t, f, f, f, t, f])
})

it('the profiler works on the thread itself when there is no monitor thread', async () => {
  const { told } = await runProfiledApp<{
    profile: CpuProfile
    second: CpuProfile
    report: object
    late: { error: string }
  }>('local')
  expect(shareOf('hotLoop', told.profile)).toBeGreaterThan(0.1)
  expect(told.second.samples.length).toBeGreaterThan(10)
  expect(told.report).toHaveProperty('javascriptHeap')
  expect(told.late.error).toMatch(/closed/)
})
