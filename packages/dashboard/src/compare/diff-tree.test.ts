import { expect, test } from 'vitest'
import { boxesOf, diffTree } from './diff-tree.ts'
import type { CpuProfile } from './profiles.ts'

/** `own`: milliseconds by name, all called by `handle`. */
function profileOf(own: Record<string, number>, line = 1): CpuProfile {
  const names = Object.keys(own)
  const frame = (functionName: string) => ({
    functionName,
    url: `file:///app/${functionName}.js`,
    lineNumber: line,
    columnNumber: 0,
  })
  const times = Object.values(own).map(ms => ms * 1000)
  return {
    nodes: [
      { id: 1, callFrame: { ...frame('(root)'), url: '' }, children: [2] },
      { id: 2, callFrame: frame('handle'), children: names.map((_, index) => index + 3) },
      ...names.map((name, index) => ({ id: index + 3, callFrame: frame(name) })),
    ],
    startTime: 0,
    endTime: times.reduce((sum, time) => sum + time, 0),
    samples: names.map((_, index) => index + 3),
    timeDeltas: [0, ...times.slice(0, -1)],
  }
}

test('one tree has the shares of both sides, also where lines have moved', () => {
  const tree = diffTree([profileOf({ parse: 20, send: 80 })], [profileOf({ parse: 60, hash: 40 }, 9)])
  const [handle, ...none] = tree.children
  expect(none).toEqual([])
  expect([handle?.name, handle?.a, handle?.b]).toEqual(['handle', 1, 1])
  const shares = Object.fromEntries(handle?.children.map(({ name, a, b }) => [name, [a, b]]) ?? [])
  expect(shares).toEqual({ parse: [0.2, 0.6], send: [0.8, 0], hash: [0, 0.4] })
})

test('what autodump itself took is left out', () => {
  const profile = profileOf({ parse: 50, '../node_modules/@autodump/core/dist/bundle/app': 50 })
  const [handle] = diffTree([profile], [profile]).children
  expect(handle?.children.map(({ name, a }) => [name, a])).toEqual([['parse', 1]])
})

test('profiles of one side count the same, and idle time is left out', () => {
  const tree = diffTree([profileOf({ parse: 1 }), profileOf({ send: 1000 })], [profileOf({ parse: 10, '(idle)': 90 })])
  const shares = Object.fromEntries(tree.children[0]?.children.map(({ name, a, b }) => [name, [a, b]]) ?? [])
  expect(shares).toEqual({ parse: [0.5, 1], send: [0.5, 0] })
})

test('with own code only, the time of packages and of Node belongs to the function that called them', () => {
  const calls = (query: number, json: number): CpuProfile => {
    const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 1, columnNumber: 0 })
    return {
      nodes: [
        { id: 1, callFrame: frame('(root)', ''), children: [2, 6] },
        { id: 2, callFrame: frame('emit', 'node:events'), children: [3] },
        { id: 3, callFrame: frame('handle', 'file:///app/handle.js'), children: [4] },
        { id: 4, callFrame: frame('query', 'file:///app/node_modules/pg/client.js'), children: [5] },
        { id: 5, callFrame: frame('toRow', 'file:///app/rows.js') },
        { id: 6, callFrame: frame('(garbage collector)', '') },
      ],
      ...{ startTime: 0, endTime: 100, samples: [4, 5, 6], timeDeltas: [0, query, json] },
    }
  }
  const tree = diffTree([calls(25, 50)], [calls(50, 25)], true)
  expect(tree).toMatchObject({ name: 'busy', a: 1, b: 1, children: [{ name: 'handle', a: 0.75, b: 0.75 }] })
  expect(tree.children[0]?.children).toMatchObject([{ name: 'toRow', a: 0.5, b: 0.25, children: [] }])
})

test('boxes lie below the ones that called them, and none is outside', () => {
  const boxes = boxesOf(diffTree([profileOf({ parse: 50, send: 50 })], [profileOf({ parse: 100 })]))
  const handle = boxes.find(({ node }) => node.name === 'handle')
  const [parse, send] = ['parse', 'send'].map(name => boxes.find(({ node }) => node.name === name))
  expect([handle?.depth, parse?.depth, handle?.width, parse?.width, send?.left]).toEqual([1, 2, 1, 0.75, 0.75])
  expect(boxesOf(diffTree([], []))).toEqual([])
})
