import { describe, expect, it } from 'vitest'
import type { HeapProfile } from '../../model/heap-profile.js'
import { readPprof } from '../../testing/read-pprof.js'
import { callFrame, realHeapProfile } from '../../testing/v8-profiles.js'
import { heapProfileToPprof } from './heap.js'

const app = 'file:///srv/app/server.js'

function smallProfile(): HeapProfile {
  const leaf = (id: number, name: string, selfSize: number, line: number) => ({
    id,
    callFrame: callFrame(name, app, line),
    selfSize,
    children: [],
  })
  return {
    head: {
      id: 1,
      callFrame: callFrame('(root)'),
      selfSize: 0,
      children: [
        {
          id: 2,
          callFrame: callFrame('handle', app, 9),
          selfSize: 0,
          children: [leaf(3, 'cache', 100_000, 19), leaf(4, 'log', 33_000, 29)],
        },
      ],
    },
    samples: [
      { size: 33_000, nodeId: 3, ordinal: 1 },
      { size: 33_000, nodeId: 4, ordinal: 2 },
      { size: 67_000, nodeId: 3, ordinal: 3 },
    ],
  }
}

describe('heapProfileToPprof', () => {
  it('gives sampled objects and live bytes to each stack, innermost frame first', () => {
    const profile = readPprof(heapProfileToPprof(smallProfile()))
    expect(profile.types).toEqual(['inuse_space/bytes', 'inuse_objects/count'])
    expect(profile.defaultType).toBe('inuse_space')
    expect(profile.samples).toEqual([
      { stack: ['cache /srv/app/server.js:20', 'handle /srv/app/server.js:10'], values: [100_000, 2], labels: {} },
      { stack: ['log /srv/app/server.js:30', 'handle /srv/app/server.js:10'], values: [33_000, 1], labels: {} },
    ])
  })

  it('has the interval as the period only where it is told', () => {
    const profile = readPprof(heapProfileToPprof(smallProfile(), { sampleInterval: 524_288, time: 1000 }))
    expect(profile.periodType).toBe('space/bytes')
    expect(profile.period).toBe(524_288)
    expect(profile.timeNanos).toBe(1_000_000_000n)
    expect(readPprof(heapProfileToPprof(smallProfile())).period).toBe(0)
  })

  it('does without samples and ids, as in profiles of v8-profiler-next', () => {
    const { head } = JSON.parse(JSON.stringify(smallProfile(), (key, value) => (key === 'id' ? undefined : value)))
    const { samples } = readPprof(heapProfileToPprof({ head }))
    expect(samples.map(({ values }) => values)).toEqual([
      [100_000, 0],
      [33_000, 0],
    ])
  })

  it('does without samples of nodes that the tree does not have, as V8 lists what it allocates for the tree itself', () => {
    const profile = smallProfile()
    profile.samples?.push({ size: 1, nodeId: 99, ordinal: 4 })
    expect(readPprof(heapProfileToPprof(profile))).toEqual(readPprof(heapProfileToPprof(smallProfile())))
    profile.samples?.push({ size: 1, nodeId: -1, ordinal: 5 })
    expect(() => heapProfileToPprof(profile)).toThrow('`samples.4.nodeId` must be a whole number >= 0')
  })

  it('converts what V8 itself has recorded', async () => {
    const { profile, alive } = await realHeapProfile(() => Array.from({ length: 50_000 }, grow))
    const { samples } = readPprof(heapProfileToPprof(profile))
    const grown = samples.filter(({ stack }) => /^grow .*heap\.test\.ts:\d+$/.test(stack[0]!))
    expect(alive).toHaveLength(50_000)
    // Each element has 16 numbers of 8 bytes, and an object around them.
    expect(grown.reduce((sum, { values }) => sum + values[0]!, 0)).toBeGreaterThan(4_000_000)
    expect(grown.reduce((sum, { values }) => sum + values[1]!, 0)).toBeGreaterThan(100)
  })
})

function grow(_: unknown, index: number): object {
  return { index, numbers: new Array(16).fill(index) }
}
