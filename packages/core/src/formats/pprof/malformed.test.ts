import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../../lib/errors.js'
import { readPprof } from '../../testing/read-pprof.js'
import { callFrame } from '../../testing/v8-profiles.js'
import { heapProfileToPprof } from './heap.js'
import { type PprofKind, toPprof } from './to-pprof.js'

const cpu = {
  nodes: [
    { id: 1, callFrame: callFrame('(root)'), hitCount: 0, children: [2, 3] },
    { id: 2, callFrame: callFrame('a', 'file:///a.js', 1), hitCount: 1, positionTicks: [{ line: 3, ticks: 1 }] },
    { id: 3, callFrame: callFrame('b', 'file:///b.js', 1), hitCount: 2 },
  ],
  startTime: 1000,
  endTime: 9000,
  samples: [2, 3, 3],
  timeDeltas: [1000, 1000, 1000],
}

const heap = {
  head: {
    id: 1,
    callFrame: callFrame('(root)'),
    selfSize: 0,
    children: [{ id: 2, callFrame: callFrame('a', 'file:///a.js', 1), selfSize: 8, children: [] }],
  },
  samples: [{ size: 8, nodeId: 2, ordinal: 1 }],
}

function refusal(convert: () => unknown): AutodumpError {
  try {
    convert()
  } catch (error) {
    if (error instanceof AutodumpError) return error
    throw error
  }
  throw new Error('was converted')
}

const fieldOf = (kind: PprofKind, profile: unknown) => {
  const error = refusal(() => toPprof(kind, JSON.stringify(profile)))
  expect(error.code).toBe('INVALID')
  return error.errors[0]!.field
}

/** Every value within a value, by its path. */
function* paths(value: unknown, path: string[] = []): Generator<string[]> {
  yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* paths(inner, [...path, key])
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  copy[key] = replaced(copy[key], rest, by)
  return copy
}

describe('a malformed profile', () => {
  it.each([
    ['cpu-profile', cpu],
    ['heap-profile', heap],
  ] as const)('is refused as INVALID or converted, whatever single field of a %s is wrong', (kind, profile) => {
    let refused = 0
    for (const path of paths(profile)) {
      for (const wrong of [undefined, null, true, -5, 0, 0.5, 1e300, 4711, '', 'x', [], [null], {}, [[1]]]) {
        const text = JSON.stringify(replaced(profile, path, wrong)) ?? 'null'
        try {
          readPprof(toPprof(kind, text))
        } catch (error) {
          if (!(error instanceof AutodumpError))
            throw new Error(`${path.join('.')} = ${JSON.stringify(wrong)}: ${error}`)
          expect(error.code).toBe('INVALID')
          refused += 1
        }
      }
    }
    expect(refused).toBeGreaterThan(100)
  })

  it.each([
    ['a node that lacks a callFrame', 'nodes.2.callFrame', ['nodes', '2', 'callFrame'], undefined],
    ['a name that is none', 'nodes.1.callFrame.functionName', ['nodes', '1', 'callFrame', 'functionName'], 7],
    ['an id that two nodes have', 'nodes.2.id', ['nodes', '2', 'id'], 2],
    ['a child that is missing', 'nodes', ['nodes', '0', 'children'], [2, 3, 4]],
    ['a child of two parents', 'nodes', ['nodes', '1', 'children'], [3]],
    ['a node that is its own child', 'nodes', ['nodes'], [{ ...cpu.nodes[0], children: [1] }]],
    ['ticks that are no list', 'nodes.1.positionTicks', ['nodes', '1', 'positionTicks'], 3],
    ['a sample of no node', 'samples.1', ['samples', '1'], 9],
    ['fewer distances than samples', 'timeDeltas', ['timeDeltas'], [1000]],
    ['a distance that is null, as NaN is in JSON', 'timeDeltas', ['timeDeltas', '1'], null],
    ['an end before its start', 'endTime', ['endTime'], 1],
    ['an end years later', 'endTime', ['endTime'], 1e15],
  ])('of the CPU is refused with the field: %s', (_, field, path, wrong) => {
    expect(fieldOf('cpu-profile', replaced(cpu, path, wrong))).toBe(field)
  })

  it.each([
    ['no head', 'head', ['head'], undefined],
    ['a size below zero', 'head.1.selfSize', ['head', 'children', '0', 'selfSize'], -8],
    ['an id that two nodes have', 'head.1.id', ['head', 'children', '0', 'id'], 1],
    ['children that are no list', 'head.children', ['head', 'children'], {}],
    ['a sample of what is no node', 'samples.0.nodeId', ['samples', '0', 'nodeId'], 'root'],
  ])('of the heap is refused with the field: %s', (_, field, path, wrong) => {
    expect(fieldOf('heap-profile', replaced(heap, path, wrong))).toBe(field)
  })

  it('is refused where a node is its own child', () => {
    const head = structuredClone(heap.head)
    head.children.push(head as never)
    expect(refusal(() => heapProfileToPprof({ head })).code).toBe('INVALID')
  })

  it.each(['', '{', 'null', '[]', '"x"', '{"nodes":'])('is refused as text: %s', text => {
    expect(refusal(() => toPprof('cpu-profile', text)).code).toBe('INVALID')
    expect(refusal(() => toPprof('heap-profile', text)).code).toBe('INVALID')
  })
})
