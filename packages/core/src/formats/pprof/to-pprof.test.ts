import { describe, expect, it } from 'vitest'
import { readPprof } from '../../testing/read-pprof.js'
import { callFrame, recursionHeapProfile, recursionProfile } from '../../testing/v8-profiles.js'
import type { CallNode } from './call-node.js'
import { encodePprof, type PprofContent, type StackSample } from './encode.js'
import { maxTextLength, pprofName, toPprof } from './to-pprof.js'

describe('toPprof', () => {
  it('converts the text of both kinds', () => {
    expect(readPprof(toPprof('cpu-profile', JSON.stringify(recursionProfile(3)))).types[0]).toBe('cpu/nanoseconds')
    expect(readPprof(toPprof('heap-profile', recursionHeapProfile(100))).types[0]).toBe('inuse_space/bytes')
  })

  it('converts a heap profile that is 10,000 calls deep', () => {
    const { samples } = readPprof(toPprof('heap-profile', recursionHeapProfile(10_000)))
    expect(samples).toHaveLength(100)
    expect(samples.at(-1)!.stack).toHaveLength(10_000)
  })

  it('converts 100,000 nodes', { tags: ['full'] }, () => {
    const nodes = Array.from({ length: 100_000 }, (_, index) => ({
      id: index + 1,
      callFrame: callFrame(`f${index % 5000}`, `file:///app/${index % 100}.js`, index % 5000),
      // Each node calls ten others.
      children: Array.from({ length: 10 }, (_, child) => index * 10 + child + 2).filter(id => id <= 100_000),
    }))
    const samples = nodes.map(({ id }) => id)
    const text = JSON.stringify({ nodes, startTime: 0, endTime: 1e8, samples, timeDeltas: nodes.map(() => 1000) })
    const profile = readPprof(toPprof('cpu-profile', text))
    expect(profile.samples).toHaveLength(100_000)
    expect(profile.functions).toHaveLength(5000)
  })

  it('refuses a text that would take too much memory', () => {
    expect(() => toPprof('cpu-profile', ' '.repeat(maxTextLength + 1))).toThrow(
      expect.objectContaining({ code: 'FAILED' }),
    )
  })
})

describe('the bound on frames', () => {
  /** One stack of each length from 1 to `longest`, all of the same calls. */
  function stacks(longest: number, budget: number): number[] {
    const samples: StackSample[] = []
    let parent: CallNode | undefined
    for (let depth = 1; depth <= longest; depth++) {
      const node: CallNode = {
        frame: { name: `f${depth}`, url: 'file:///a.js', line: depth },
        parent,
        depth,
        locationId: 0,
      }
      samples.push({ node, values: [1, 1] })
      parent = node
    }
    const content: PprofContent = {
      sampleTypes: [
        ['cpu', 'nanoseconds'],
        ['samples', 'count'],
      ],
      defaultType: 'cpu',
      periodType: ['cpu', 'nanoseconds'],
      period: 1,
      durationNanos: 1,
      samples,
    }
    const profile = readPprof(encodePprof(content, {}, budget))
    for (const { stack } of profile.samples.slice(-1)) {
      expect(stack[0]).toBe(`f${longest} /a.js:${longest}`)
      expect(stack.at(-1)).toBe(stack.length < longest ? '(outer frames left out)' : 'f1 /a.js:1')
    }
    return profile.samples.map(({ stack }) => stack.length)
  }

  it('leaves stacks alone that are within it', () => {
    expect(stacks(5, 15)).toEqual([1, 2, 3, 4, 5])
  })

  it('cuts the longest ones at their outer end, no more than needed', () => {
    expect(stacks(5, 14)).toEqual([1, 2, 3, 4, 4])
    expect(stacks(5, 11)).toEqual([1, 2, 2, 2, 2])
    expect(stacks(5, 12)).toEqual([1, 2, 3, 3, 3])
  })

  it('keeps at least the innermost frame and that something is missing', () => {
    expect(stacks(5, 1)).toEqual([1, 2, 2, 2, 2])
  })
})

describe('pprofName', () => {
  it('has the ending that pprof tools know', () => {
    expect(pprofName('cpu.cpuprofile')).toBe('cpu.pb.gz')
    expect(pprofName('heap-2.heapprofile')).toBe('heap-2.pb.gz')
  })
})
