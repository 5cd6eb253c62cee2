import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CpuProfile } from '../../model/cpu-profile.js'
import { readPprof } from '../../testing/read-pprof.js'
import { callFrame, realCpuProfile, recursionProfile } from '../../testing/v8-profiles.js'
import { cpuProfileToPprof } from './cpu.js'
import { maxFrames } from './encode.js'

const app = 'file:///srv/my%20app/server.js'

/** handle -> parse, render, and V8's own nodes; 10 ms with a sample each millisecond. */
function smallProfile(changes: Partial<CpuProfile> = {}): CpuProfile {
  return {
    nodes: [
      { id: 1, callFrame: callFrame('(root)'), children: [2, 5, 6] },
      { id: 2, callFrame: callFrame('handle', app, 9), children: [3, 4] },
      { id: 3, callFrame: callFrame('parse', app, 19), hitCount: 3 },
      { id: 4, callFrame: callFrame('render', app, 29), hitCount: 1 },
      { id: 5, callFrame: callFrame('(idle)'), hitCount: 4 },
      { id: 6, callFrame: callFrame('(garbage collector)'), hitCount: 1 },
    ],
    startTime: 5_000_000,
    endTime: 5_010_000,
    samples: [3, 3, 3, 4, 5, 5, 5, 5, 6],
    timeDeltas: [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000],
    ...changes,
  }
}

const convert = (profile: CpuProfile, options = {}) => readPprof(cpuProfileToPprof(profile, options))

/** Values of the samples that end in a frame. */
function self(profile: ReturnType<typeof readPprof>, frame: string): number[][] {
  return profile.samples.filter(({ stack }) => stack[0] === frame).map(({ values }) => values)
}

describe('cpuProfileToPprof', () => {
  it('gives samples and nanoseconds to each stack, innermost frame first, with 1-based lines and plain paths', () => {
    const profile = convert(smallProfile())
    expect(profile.types).toEqual(['cpu/nanoseconds', 'samples/count'])
    expect(profile.defaultType).toBe('cpu')
    expect(profile.samples).toEqual([
      {
        stack: ['parse /srv/my app/server.js:20', 'handle /srv/my app/server.js:10'],
        values: [3_000_000, 3],
        labels: {},
      },
      {
        stack: ['render /srv/my app/server.js:30', 'handle /srv/my app/server.js:10'],
        values: [1_000_000, 1],
        labels: {},
      },
      { stack: ['(garbage collector)'], values: [1_000_000, 1], labels: {} },
    ])
  })

  it('knows when it began, how long it took and how far apart the samples were', () => {
    const profile = convert(smallProfile(), { time: 1_700_000_000_123 })
    expect(profile.timeNanos).toBe(1_700_000_000_123_000_000n)
    expect(profile.durationNanos).toBe(10_000_000)
    expect(profile.periodType).toBe('cpu/nanoseconds')
    expect(profile.period).toBe(1_000_000)
    expect(convert(smallProfile()).timeNanos).toBe(0n)
  })

  it('takes the usual distance as the period, whatever the first sample and a pause say', () => {
    const timeDeltas = [70_000, 1000, 1000, 1000, 1000, 900_000, 1000, 1000, 1000]
    expect(convert(smallProfile({ timeDeltas, endTime: 6_000_000 })).period).toBe(1_000_000)
  })

  it('has the time until the next sample, and until the end, stand for a sample', () => {
    const profile = convert(smallProfile({ samples: [3, 4, 3], timeDeltas: [1000, 2000, 500] }))
    expect(self(profile, 'render /srv/my app/server.js:30')).toEqual([[500_000, 1]])
    expect(self(profile, 'parse /srv/my app/server.js:20')).toEqual([[2_000_000 + 6_500_000, 2]])
  })

  it('gives no time away twice where samples are out of order', () => {
    const profile = convert(smallProfile({ samples: [3, 4, 3, 4], timeDeltas: [1000, 3000, -2000, 4000] }))
    const total = profile.samples.reduce((sum, { values }) => sum + values[0]!, 0)
    expect(total).toBe(9_000_000)
  })

  it('puts the innermost frame at the lines that were running', () => {
    const nodes = structuredClone(smallProfile().nodes)
    nodes[2]!.positionTicks = [
      { line: 22, ticks: 1 },
      { line: 21, ticks: 1 },
      { line: 22, ticks: 1 },
    ]
    const profile = convert(smallProfile({ nodes }))
    expect(self(profile, 'parse /srv/my app/server.js:22')).toEqual([[2_000_000, 2]])
    expect(self(profile, 'parse /srv/my app/server.js:21')).toEqual([[1_000_000, 1]])
    expect(profile.functions.filter(name => name.startsWith('parse'))).toEqual(['parse /srv/my app/server.js:20'])
  })

  it('loses no sample and no nanosecond between lines', () => {
    const nodes = structuredClone(smallProfile().nodes)
    nodes[2]!.positionTicks = [21, 22, 23, 24, 25, 26, 27].map(line => ({ line, ticks: line - 20 }))
    const profile = convert(smallProfile({ nodes, timeDeltas: [1000, 333, 333, 335, 1000, 1000, 1000, 1000, 1000] }))
    const lines = profile.samples.filter(({ stack }) => stack[0]!.startsWith('parse'))
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.reduce((sum, { values }) => sum + values[1]!, 0)).toBe(3)
    expect(lines.reduce((sum, { values }) => sum + values[0]!, 0)).toBe(1_001_000)
  })

  it('takes the counts of a profile that lists no samples', () => {
    const profile = convert(smallProfile({ samples: [], timeDeltas: [] }))
    expect(self(profile, 'parse /srv/my app/server.js:20')).toEqual([[3_333_333, 3]])
    expect(profile.period).toBe(1_111_111)
  })

  it('has each function once, whichever way it was called', () => {
    const nodes = structuredClone(smallProfile().nodes)
    nodes.push({ id: 7, callFrame: { ...callFrame('parse', app, 19), scriptId: '77' } })
    nodes[3]!.children = [7]
    const profile = convert(smallProfile({ nodes, samples: [3, 7], timeDeltas: [1000, 1000] }))
    expect(profile.functions).toEqual([
      'parse /srv/my app/server.js:20',
      'handle /srv/my app/server.js:10',
      'render /srv/my app/server.js:30',
    ])
    expect(profile.samples[1]!.stack).toHaveLength(3)
  })

  it('names anonymous functions after their places, so that pprof does not put all of them together', () => {
    const frames = [
      callFrame('', app, 4),
      callFrame('(anonymous)', 'file:///srv/app/node_modules/.pnpm/koa@3/node_modules/koa/lib/index.js', 0),
      callFrame('', app),
      callFrame(''),
    ]
    const ids = frames.map((_, index) => index + 1)
    const nodes = frames.map((frame, index) => ({ id: index + 1, callFrame: frame }))
    const { samples } = convert(smallProfile({ nodes, samples: ids, timeDeltas: ids.map(() => 1000) }))
    expect(samples.map(({ stack }) => stack[0])).toEqual([
      '(anonymous) my app/server.js:5 /srv/my app/server.js:5',
      '(anonymous) koa/lib/index.js:1 /srv/app/node_modules/.pnpm/koa@3/node_modules/koa/lib/index.js:1',
      '(anonymous) my app/server.js /srv/my app/server.js:0',
      '(anonymous)',
    ])
  })

  it('keeps what only looks like an entry of V8', () => {
    const nodes = [
      { id: 1, callFrame: callFrame('(root)', app, 1), children: [2] },
      { id: 2, callFrame: callFrame('(idle)', app, 2) },
    ]
    const { samples } = convert(smallProfile({ nodes, samples: [2], timeDeltas: [1000] }))
    expect(samples[0]!.stack).toEqual(['(idle) /srv/my app/server.js:3', '(root) /srv/my app/server.js:2'])
  })

  it('makes an empty profile of an idle one', () => {
    const profile = convert(smallProfile({ samples: [5, 5], timeDeltas: [1000, 1000] }))
    expect(profile.samples).toEqual([])
    expect(profile.durationNanos).toBe(10_000_000)
  })

  it('carries comments', () => {
    const profile = convert(smallProfile(), { comments: ['dump 1', 'dump 2'] })
    expect(profile.samples).toHaveLength(3)
    expect(profile.comments).toEqual(['dump 1', 'dump 2'])
  })

  it('keeps every frame of a single stack of 100,000', () => {
    const profile = { ...recursionProfile(100_000), samples: [100_000], timeDeltas: [1000] }
    expect(convert(profile).samples.map(({ stack }) => stack.length)).toEqual([100_000])
  })

  it('stays within its bound where each of 10,000 calls of a recursion was sampled', { tags: ['full'] }, () => {
    // A byte for each frame, all of which are the same function; without the bound 50 MB.
    const { length } = gunzipSync(cpuProfileToPprof(recursionProfile(10_000)))
    expect(length).toBeGreaterThan(0.9 * maxFrames)
    expect(length).toBeLessThan(1.1 * maxFrames)
  })

  it('converts what V8 itself has recorded', async () => {
    const recorded = await realCpuProfile(() => outer(Date.now() + 200))
    const profile = convert(recorded)
    const busy = profile.samples.filter(({ stack }) => stack[0]!.startsWith('spin ') && /cpu\.test/.test(stack[0]!))
    expect(busy.length).toBeGreaterThan(0)
    for (const { stack } of busy) expect(stack[1]).toMatch(/^outer .*cpu\.test\.ts:\d+$/)
    const time = busy.reduce((sum, { values }) => sum + values[0]!, 0)
    expect(time).toBeGreaterThan(100_000_000)
    expect(profile.durationNanos).toBeGreaterThanOrEqual(time)
  })
})

function outer(until: number): number {
  return spin(until) + 1
}

function spin(until: number): number {
  let sum = 0
  while (Date.now() < until) for (let i = 0; i < 10_000; i++) sum += Math.sqrt(i)
  return sum
}
