import { describe, expect, it } from 'vitest'
import type { StackFrame } from '../../link/replies.js'
import type { CpuProfile, CpuProfileNode } from '../../model/cpu-profile.js'
import { addHiddenFrames } from './hidden-frames.js'
import type { InterruptedStack } from './stack-watch.js'

const url = 'file:///app/server.js'

const lines: Record<string, number> = { handler: 10, loop: 20, helper: 30, other: 40 }

function node(id: number, name: string, children: number[] = []): CpuProfileNode {
  const line = lines[name]
  const place = line === undefined ? { url: '', lineNumber: -1 } : { url, lineNumber: line }
  return { id, callFrame: { functionName: name, scriptId: '1', ...place, columnNumber: 16 }, hitCount: 0, children }
}

/** A sample each millisecond, as node ids. */
function profileOf(samples: number[], nodes: CpuProfileNode[]): CpuProfile {
  for (const id of samples) {
    const hit = nodes.find(n => n.id === id) as CpuProfileNode
    hit.hitCount = (hit.hitCount ?? 0) + 1
  }
  const at = { startTime: 5e6, endTime: 5e6 + 1000 * samples.length }
  return { nodes, ...at, samples, timeDeltas: samples.map((_, index) => (index === 0 ? 0 : 1000)) }
}

const frame = (name: string): StackFrame => ({ name, url, line: lines[name] as number, column: 0, runningLine: 25 })

/** The same stack every 20 ms. */
const stacksOf = (count: number, ...names: string[]): InterruptedStack[] =>
  Array.from({ length: count }, (_, index) => ({ at: 5e6 + 10_000 + 20_000 * index, frames: names.map(frame) }))

function namesOf({ nodes, samples }: CpuProfile): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const id of samples) {
    const name = nodes.find(n => n.id === id)?.callFrame.functionName as string
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

describe('a function that V8 does not see', () => {
  const nodes = () => [node(1, '(root)', [2, 3, 4]), node(2, 'handler'), node(3, '(idle)'), node(4, '(program)')]

  it('gets the samples that went to its caller, below that caller', () => {
    const profile = addHiddenFrames(profileOf(Array(100).fill(2), nodes()), stacksOf(5, 'handler', 'loop'))
    expect(namesOf(profile)).toEqual({ loop: 100 })
    const loop = profile.nodes.find(n => n.callFrame.functionName === 'loop') as CpuProfileNode
    expect(loop).toMatchObject({ hitCount: 100, callFrame: { url, lineNumber: 20 } })
    expect(loop.positionTicks).toEqual([{ line: 25, ticks: 100 }])
    expect(profile.nodes.find(({ id }) => id === 2)).toMatchObject({ hitCount: 0, children: [loop.id] })
  })

  it('gets what V8 could not put down to anybody', () => {
    const profile = addHiddenFrames(profileOf(Array(100).fill(4), nodes()), stacksOf(5, 'loop'))
    expect(namesOf(profile)).toEqual({ loop: 100 })
  })

  it('gets neither idle time nor samples far from any stack', () => {
    const samples = [...Array(100).fill(2), ...Array(100).fill(3), ...Array(100).fill(2)]
    const profile = addHiddenFrames(profileOf(samples, nodes()), stacksOf(5, 'handler', 'loop'))
    expect(namesOf(profile)).toEqual({ loop: 100, '(idle)': 100, handler: 100 })
  })

  it('takes nothing away from another function', () => {
    const all = [node(1, '(root)', [2, 5]), node(2, 'handler'), node(5, 'other')]
    const samples = Array.from({ length: 100 }, (_, index) => (index % 2 ? 2 : 5))
    const profile = addHiddenFrames(profileOf(samples, all), stacksOf(5, 'handler', 'loop'))
    expect(namesOf(profile)).toEqual({ other: 50, loop: 50 })
  })

  it('has to be in three stacks', () => {
    const profile = profileOf(Array(100).fill(2), nodes())
    expect(addHiddenFrames(profile, stacksOf(2, 'handler', 'loop'))).toBe(profile)
  })
})

it('the search for hidden frames changes nothing where V8 sees the function too, though the stacks hold it more often', () => {
  const all = [node(1, '(root)', [2]), node(2, 'handler', [3]), node(3, 'helper')]
  const samples = Array.from({ length: 100 }, (_, index) => (index % 4 ? 2 : 3))
  const profile = profileOf(samples, all)
  expect(addHiddenFrames(profile, stacksOf(5, 'handler', 'helper'))).toBe(profile)
})

it('the search for hidden frames leaves the profile it was given alone', () => {
  const profile = profileOf(Array(100).fill(2), [node(1, '(root)', [2]), node(2, 'handler')])
  const before = structuredClone(profile)
  addHiddenFrames(profile, stacksOf(5, 'handler', 'loop'))
  expect(profile).toEqual(before)
})

it('the search for hidden frames needs no stacks', () => {
  const profile = profileOf([2], [node(1, '(root)', [2]), node(2, 'handler')])
  expect(addHiddenFrames(profile, [])).toBe(profile)
})
