import { expect, test } from 'vitest'
import { topOfCollapsed, topOfCpu, topOfHeap } from './top-functions.ts'

const frame = (functionName: string, lineNumber = 1) => ({
  functionName,
  url: functionName.startsWith('(') ? '' : 'file:///srv/shop/src/orders.js',
  lineNumber: functionName.startsWith('(') ? -1 : lineNumber,
  columnNumber: 0,
})

test('a CPU profile: own and total time, without what was idle', () => {
  const { sum, functions, unit } = topOfCpu({
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2, 3] },
      { id: 2, callFrame: frame('(idle)') },
      { id: 3, callFrame: frame('handle', 9), children: [4] },
      { id: 4, callFrame: frame('hash', 19) },
    ],
    startTime: 0,
    endTime: 10_000,
    samples: [3, 4, 2],
    timeDeltas: [0, 1000, 3000],
  })
  expect([unit, sum]).toEqual(['ms', 4])
  expect(functions).toEqual([
    { name: 'hash', place: 'shop/src/orders.js:20', self: 3, total: 3 },
    { name: 'handle', place: 'shop/src/orders.js:10', self: 1, total: 4 },
  ])
})

test('a heap profile: bytes, and recursion counted once', () => {
  const { sum, functions } = topOfHeap({
    head: {
      callFrame: frame('(root)'),
      selfSize: 0,
      children: [
        {
          callFrame: frame('walk'),
          selfSize: 10,
          children: [{ callFrame: frame('walk'), selfSize: 30, children: [] }],
        },
        { callFrame: frame('walk'), selfSize: 2, children: [] },
      ],
    },
  })
  expect(sum).toBe(42)
  expect(functions).toEqual([{ name: 'walk', place: 'shop/src/orders.js:2', self: 42, total: 42 }])
})

test('collapsed stacks: counts, with the innermost frame as the one that waits', () => {
  const { sum, functions } = topOfCollapsed('checkout (shop.js:40);lock (mutex.js:11) 57\ncheckout (shop.js:40) 3\n\n')
  expect(sum).toBe(60)
  expect(functions).toEqual([
    { name: 'lock', place: 'mutex.js:11', self: 57, total: 57 },
    { name: 'checkout', place: 'shop.js:40', self: 3, total: 60 },
  ])
})

test('own code only: what packages, Node and V8 took belongs to the function that called them', () => {
  const at = (functionName: string, url: string) => ({ functionName, url, lineNumber: 1, columnNumber: 0 })
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2, 6] },
      { id: 2, callFrame: at('next', 'node:internal/timers'), children: [3] },
      { id: 3, callFrame: at('handle', 'file:///srv/shop/src/orders.js'), children: [4] },
      { id: 4, callFrame: at('parse', 'file:///srv/shop/node_modules/csv/index.js'), children: [5] },
      { id: 5, callFrame: at('row', 'file:///srv/shop/src/orders.js') },
      { id: 6, callFrame: frame('(garbage collector)') },
    ],
    ...{ startTime: 0, endTime: 15_000, samples: [2, 3, 4, 5, 6], timeDeltas: [0, 1000, 2000, 4000, 3000] },
  }
  expect(topOfCpu(profile, true)).toEqual({
    ...{ unit: 'ms', sum: 15 },
    functions: [
      { name: 'handle', place: 'shop/src/orders.js:2', self: 6, total: 9 },
      { name: 'row', place: 'shop/src/orders.js:2', self: 3, total: 3 },
    ],
  })
})

test('what autodump took itself is left out, with what it called of V8, but not the app below it', () => {
  const at = (functionName: string, url = '') => ({ functionName, url, lineNumber: 1, columnNumber: 0 })
  const { sum, functions } = topOfCpu({
    nodes: [
      { id: 1, callFrame: at('(root)'), children: [2] },
      {
        id: 2,
        callFrame: at('count', 'file:///srv/shop/node_modules/@autodump/core/dist/bundle/app.js'),
        children: [3, 4],
      },
      { id: 3, callFrame: at('startProfiling') },
      { id: 4, callFrame: at('handle', 'file:///srv/shop/src/orders.js') },
    ],
    ...{ startTime: 0, endTime: 6000, samples: [2, 3, 4], timeDeltas: [0, 1000, 2000] },
  })
  expect([sum, functions.map(({ name, self }) => [name, self])]).toEqual([
    3,
    [
      ['handle', 3],
      ['count', 0],
    ],
  ])
})

test('stacks of any depth are read', () => {
  const deep = Array.from({ length: 5000 }, (_, depth) => `f${depth} (a.js:1)`).join(';')
  expect(topOfCollapsed(`${deep} 1`).functions[0]).toMatchObject({ name: 'f4999', self: 1 })
})

test('an empty profile has no functions', () => {
  expect(topOfCollapsed('')).toEqual({ unit: 'count', sum: 0, functions: [] })
})
