import { expect, it } from 'vitest'
import type { CpuProfile } from '../model/cpu-profile.js'
import { mergeProfiles } from './merge.js'

/** A profile of a chain of functions, sampled by name every `step` microseconds from `startTime` on. */
function profileOf(chain: string[], startTime: number, sampled: string[], step = 10_000): CpuProfile {
  const nodes = ['(root)', ...chain].map((functionName, index, all) => ({
    id: index + 1,
    callFrame: {
      functionName,
      scriptId: '1',
      url: functionName === '(root)' ? '' : 'app.js',
      lineNumber: 3,
      columnNumber: 0,
    },
    hitCount: sampled.filter(name => name === functionName).length,
    ...(index + 1 < all.length && { children: [index + 2] }),
    ...(sampled.includes(functionName) && { positionTicks: [{ line: 4, ticks: 1 }] }),
  }))
  const idOf = (name: string) => nodes.find(({ callFrame }) => callFrame.functionName === name)?.id as number
  return {
    nodes,
    startTime,
    endTime: startTime + step * sampled.length,
    samples: sampled.map(idOf),
    timeDeltas: sampled.map((_, index) => (index === 0 ? 0 : step)),
  }
}

function named({ nodes, samples, timeDeltas, startTime }: CpuProfile) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]))
  let at = startTime
  return samples.map((id, index) => {
    at += timeDeltas[index] as number
    return [names.get(id), at]
  })
}

it('the merge of windows makes one node of functions on the same path and keeps the rest apart', () => {
  const merged = mergeProfiles([profileOf(['a', 'b'], 0, ['b', 'b']), profileOf(['a', 'c'], 20_000, ['c', 'a'])])
  expect(merged.nodes.map(({ callFrame, hitCount }) => [callFrame.functionName, hitCount])).toEqual([
    ['(root)', 0],
    ['a', 1],
    ['b', 2],
    ['c', 1],
  ])
  expect(merged.nodes[1]?.children).toEqual([3, 4])
  expect(named(merged)).toEqual([
    ['b', 0],
    ['b', 10_000],
    ['c', 20_000],
    ['a', 30_000],
  ])
  expect([merged.startTime, merged.endTime]).toEqual([0, 40_000])
})

it('the merge of windows adds up the ticks of lines and leaves its input alone', () => {
  const windows = [profileOf(['a'], 0, ['a']), profileOf(['a'], 10_000, ['a'])]
  const untouched = structuredClone(windows)
  expect(mergeProfiles(windows).nodes[1]?.positionTicks).toEqual([{ line: 4, ticks: 2 }])
  expect(windows).toEqual(untouched)
})

it('the merge of windows counts once what two windows sampled', () => {
  const merged = mergeProfiles([profileOf(['a'], 0, ['a', 'a', 'a']), profileOf(['a'], 20_000, ['a', 'a'])])
  expect(named(merged).map(([, at]) => at)).toEqual([0, 10_000, 20_000, 30_000])
})

it('the merge of windows gives time that no window covers to nobody', () => {
  const merged = mergeProfiles([profileOf(['a'], 0, ['a', 'a']), profileOf(['a'], 500_000, ['a'])])
  expect(named(merged)).toEqual([
    ['a', 0],
    ['a', 10_000],
    ['(root)', 20_000],
    ['a', 500_000],
  ])
})

it('the merge of windows merges stacks of any depth', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) => `f${index}`)
  const merged = mergeProfiles([profileOf(chain, 0, ['f19999']), profileOf(chain, 10_000, ['f19999'])])
  expect(merged.nodes.length).toBe(20_001)
})
