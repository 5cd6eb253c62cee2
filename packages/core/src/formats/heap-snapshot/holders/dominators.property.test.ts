import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tries } from '../../../testing/damage.js'
import { EDGE_TYPES, NodeType, openGraph } from '../graph.js'
import { createStringTable } from '../string-table.js'
import { findDominators } from './dominators.js'

/** A heap of objects that refer to each other so. */
function graphOf(targets: number[][]) {
  const edges = targets.flat()
  const firstEdge = new Uint32Array(targets.length + 1)
  targets.forEach((to, node) => {
    firstEdge[node + 1] = firstEdge[node]! + to.length
  })
  return openGraph({
    nodeType: new Uint8Array(targets.length).fill(NodeType.object!),
    nodeName: new Uint32Array(targets.length),
    nodeSize: Float32Array.from(targets, (_, node) => node + 1),
    detached: { count: 0, bytes: 0 },
    firstEdge,
    edgeType: new Uint8Array(edges.length).fill(EDGE_TYPES.indexOf('property')),
    edgeName: new Uint32Array(edges.length),
    edgeTo: Uint32Array.from(edges),
    locations: [],
    strings: createStringTable(() => true).finish(),
    nodeCount: targets.length,
    edgeCount: edges.length,
  })
}

/** By the definition: what cannot be reached without a node is dominated by it. */
function reachable(targets: number[][], without?: number): Set<number> {
  const seen = new Set<number>()
  const todo = without === 0 ? [] : [0]
  for (const node of todo) {
    if (seen.has(node) || node === without) continue
    seen.add(node)
    todo.push(...targets[node]!)
  }
  return seen
}

function retainedByDefinition(targets: number[][]): Map<number, number> {
  const all = reachable(targets)
  const sum = (nodes: Iterable<number>) => [...nodes].reduce((sum, node) => sum + node + 1, 0)
  return new Map([...all].map(node => [node, sum(all) - sum(reachable(targets, node))]))
}

const anyGraph = fc
  .integer({ min: 1, max: 24 })
  .chain(count => fc.array(fc.array(fc.nat(count - 1), { maxLength: 4 }), { minLength: count, maxLength: count }))

test('a node retains exactly the nodes that cannot be reached without it', async () => {
  await fc.assert(
    fc.asyncProperty(anyGraph, async targets => {
      const { count, node, retained } = await findDominators(graphOf(targets))
      const found = Array.from({ length: count }, (_, at) => [node[at]!, retained[at]!] as const)
      expect(new Map(found)).toEqual(retainedByDefinition(targets))
    }),
    tries(300),
  )
})

test('a linked list of 300,000 nodes that all refer to one thing is done in one go', async () => {
  const length = 300_000
  const targets = Array.from({ length }, (_, node) => (node === length - 1 ? [0] : [node + 1, length]))
  const { retained, numberOf } = await findDominators(graphOf([...targets, []]))
  expect(retained[numberOf(length)!]).toBe(length + 1)
  expect(retained[numberOf(length - 1)!]).toBe(length)
})

test('garbage has no number', async () => {
  expect((await findDominators(graphOf([[1], [], [1]]))).numberOf(2)).toBeUndefined()
})
