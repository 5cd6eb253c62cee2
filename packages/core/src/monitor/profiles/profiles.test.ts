import { describe, expect, it } from 'vitest'
import { brokenRules } from '../../../../../test/pprof-rules.js'
import { cpuProfileToPprof } from '../../formats/pprof/cpu.js'
import { AutodumpError } from '../../lib/errors.js'
import type { AppLink } from '../../link/app-link.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import type { Manifest } from '../../model/manifest.js'
import { profileOf } from '../../testing/profile-of.js'
import { readPprof } from '../../testing/read-pprof.js'
import { blockedSpan } from './blocked-spans.js'
import { createCollector, withinLimits } from './collector.js'
import { createLiveCpu } from './live-cpu.js'
import { createLiveHeap } from './live-heap.js'
import { seriesLabels } from './series-labels.js'

const second = 1_000_000

/** A window of `seconds` that ends at `end`, on a clock in seconds, in which `name` was on the CPU. */
function windowAt(end: number, name: string, seconds = 5): RecordedWindow {
  const [startedAt, endedAt] = [(end - seconds) * second, end * second]
  const profile = profileOf([seconds * 1000, `${name} file:///app/${name}.js:1`])
  const json = JSON.stringify({ ...profile, startTime: startedAt, endTime: endedAt })
  return { engine: 'node:v8', json, startedAt, endedAt, pauseMs: 0 }
}

const link = { close() {} } as unknown as AppLink
const namesIn = (bytes: Uint8Array) => readPprof(bytes).functions.map(text => text.split(' ')[0])

describe('live CPU profiles', () => {
  function live(now: () => number, more: Partial<Parameters<typeof createLiveCpu>[0]> = {}) {
    let links = 0
    const cpu = createLiveCpu({
      isRecording: () => true,
      window: 5000,
      async openLink() {
        links += 1
        return link
      },
      rotate: async () => {},
      record: async () => profileOf([100, 'recorded file:///app/a.js:1']),
      now: () => now() * second,
      ...more,
    })
    return { cpu, links: () => links }
  }

  it('have the last seconds, without asking the app thread', async () => {
    let now = 5
    const { cpu, links } = live(() => now)
    const hear = (...ends: number[]) => {
      for (now of ends) cpu.hear(windowAt(now, `f${now}`))
    }
    hear(5, 10, 15, 20, 25, 30)
    // Nobody has asked: there are the windows of the recorder.
    expect(namesIn(await cpu.pprof(60))).toEqual(['f25', 'f30'])
    hear(35, 40)
    expect(namesIn(await cpu.pprof(60))).toEqual(['f25', 'f30', 'f35', 'f40'])
    expect(namesIn(await cpu.pprof(10))).toEqual(['f35', 'f40'])
    expect(namesIn(await cpu.pprof(1))).toEqual(['f40'])
    expect(readPprof(await cpu.pprof(14)).durationNanos).toBe(15e9)
    expect(links()).toBe(0)
  })

  it('are the same bytes for all until the next window comes, and forget what is a minute old', async () => {
    let now = 10
    const { cpu } = live(() => now)
    cpu.hear(windowAt(10, 'old'))
    const first = await cpu.pprof(30)
    expect(await cpu.pprof(30)).toBe(first)
    expect(await cpu.pprof(60)).toBe(first)
    now = 80
    cpu.hear(windowAt(80, 'new'))
    expect(namesIn(await cpu.pprof(600))).toEqual(['new'])
  })

  it('ask the app thread once for all where the newest window is overdue', async () => {
    let rotated = 0
    const { cpu } = live(() => 30, {
      async rotate() {
        rotated += 1
        await Promise.resolve()
        cpu.hear(windowAt(30, 'blocked', 20))
      },
    })
    cpu.hear(windowAt(10, 'before'))
    const answers = await Promise.all([cpu.pprof(5), cpu.pprof(5), cpu.pprof(5)])
    expect(new Set(answers).size).toBe(1)
    expect(namesIn(answers[0] as Uint8Array)).toEqual(['blocked'])
    expect(rotated).toBe(1)
  })

  it('are recorded once for all who wait where nothing records', async () => {
    const asked: number[] = []
    const { cpu } = live(() => 0, {
      isRecording: () => false,
      async record(_link, ms) {
        asked.push(ms)
        return profileOf([100, 'recorded file:///app/a.js:1'])
      },
    })
    const [one, two] = await Promise.all([cpu.pprof(10), cpu.pprof(20)])
    expect(one).toBe(two)
    await cpu.pprof(86_400)
    expect(asked).toEqual([10_000, 60_000])
  })

  it('say that there is none yet', async () => {
    await expect(live(() => 0).cpu.pprof(5)).rejects.toMatchObject({ code: 'BUSY' })
  })
})

describe('live heap profiles', () => {
  function heap(pauseMs: number) {
    const state = { now: 0, taken: 0, isCapturing: false, why: null as string | null, error: null as Error | null }
    const live = createLiveHeap({
      refusal: () => state.why,
      isCapturing: () => state.isCapturing,
      async sample() {
        if (state.error) throw state.error
        state.taken += 1
        const callFrame = {
          functionName: 'keep',
          scriptId: '1',
          url: 'file:///app/a.js',
          lineNumber: 0,
          columnNumber: 0,
        }
        const profile = { head: { callFrame, selfSize: 100 * state.taken, id: 1, children: [] } }
        return { profile, at: state.now, sampleInterval: 512, usage: null, pauseMs, engine: 'inspector' }
      },
      now: () => state.now,
    })
    return { state, live }
  }

  it('are taken at most once a minute', async () => {
    const { state, live } = heap(1)
    const first = await live.pprof()
    state.now = 59_999
    expect((await live.pprof()).bytes).toBe(first.bytes)
    state.now = 60_000
    expect((await live.pprof()).bytes).not.toBe(first.bytes)
    expect(state.taken).toBe(2)
  })

  it('take at most a thousandth of the time', async () => {
    const { state, live } = heap(500)
    await live.pprof()
    state.now = 499_999
    await live.pprof()
    expect(state.taken).toBe(1)
    state.now = 500_000
    await live.pprof()
    expect(state.taken).toBe(2)
  })

  it('give way to a dump, and to a failure: the one before is still there', async () => {
    const { state, live } = heap(1)
    state.isCapturing = true
    await expect(live.pprof()).rejects.toMatchObject({ code: 'BUSY' })
    state.isCapturing = false
    const first = await live.pprof()
    state.now = 100_000
    state.error = new Error('another tool has the sampler')
    expect(await live.pprof()).toBe(first)
    state.why = 'heapProfile.enabled is false'
    await expect(live.pprof()).rejects.toThrow(AutodumpError)
  })
})

describe('a collector', () => {
  it('merges the windows since the last time, in their order, and marks the samples of a block', () => {
    const collector = createCollector()
    expect(collector.take([])).toBeNull()
    collector.add(windowAt(10, 'blocked'))
    collector.add(windowAt(5, 'before'))
    const labels = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) }
    const profile = readPprof(collector.take([{ from: 5 * second, to: 10 * second, labels }]) as Uint8Array)
    const seen = profile.samples.map(({ stack, values, labels }) => [stack[0]?.split(' ')[0], values[0], labels])
    expect(seen).toEqual([
      ['before', 5e9, {}],
      ['blocked', 5e9, labels],
    ])
    expect(collector.take([])).toBeNull()
  })

  it('stays within what receivers take, and keeps the sum', () => {
    const slices = Array.from({ length: 20_000 }, (_, index): [number, string] => [
      1 + (index % 3),
      `f${index} file:///app/${'directory/'.repeat(10)}${index}.js:${index + 1}`,
    ])
    const profile = profileOf(...slices)
    const bytes = withinLimits(options => cpuProfileToPprof(profile, { time: Date.now(), ...options }))
    const pushed = { name: 'process_cpu', labels: { service_name: 'shop' }, now: Date.now() }
    expect(brokenRules(bytes, pushed)).toEqual([])
    const { samples } = readPprof(bytes)
    const sum = samples.reduce((total, { values }) => total + (values[0] ?? 0), 0)
    expect(sum).toBe(slices.reduce((total, [ms]) => total + ms * 1e6, 0))
    expect(samples.at(-1)?.stack).toEqual(['(small stacks left out)'])
    const whole = cpuProfileToPprof(profile)
    expect(brokenRules(whole, pushed)).toEqual([
      'at most 16,000 samples',
      'the time is neither an hour ago nor ten minutes ahead',
    ])
  })
})

describe('the time of a block', () => {
  const trace = { kind: 'trace', text: '', data: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) } }
  const dump = (findings: object[], ...samples: object[]) =>
    ({ summary: { findings }, samples }) as unknown as Pick<Manifest, 'summary' | 'samples'>
  const samples = [
    { at: 1000 },
    { at: 4000, blockedFor: 2500 },
    { at: 5000, blockedFor: 3500 },
    { at: 6000, blockedFor: 0 },
  ]

  it('has the ids of the request that its dump blames', () => {
    expect(blockedSpan(dump([trace], ...samples), at => at * 1000)).toEqual({
      ...{ from: 1_500_000, to: 5_000_000 },
      labels: { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) },
    })
  })

  it('is none without a trace, or without a block', () => {
    expect(blockedSpan(dump([], ...samples), at => at)).toBeNull()
    expect(blockedSpan(dump([trace], { at: 1 }), at => at)).toBeNull()
  })
})

describe('labels of a series', () => {
  it('have names that receivers take', () => {
    const given = { service: 'shop', 'k8s.pod/name': 'a', '1st': 'b', __name__: 'c', empty: '', constructor: 'd' }
    const taken = { service_name: 'shop', k8s_pod_name: 'a', _1st: 'b', constructor: 'd' }
    expect(seriesLabels(given, 'node')).toEqual(taken)
  })

  it('always name the service, and are not too many or too long', () => {
    const many = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`l${index}`, 'ü'.repeat(1024 + index)]))
    const labels = seriesLabels({ ...many, version: '1' }, 'server.js')
    expect(labels).toMatchObject({ service_name: 'server.js', version: '1' })
    expect(Object.keys(labels)).toHaveLength(28)
    expect(Object.values(labels).every(value => Buffer.byteLength(value) <= 2048 && !value.includes('\ufffd'))).toBe(
      true,
    )
  })
})
