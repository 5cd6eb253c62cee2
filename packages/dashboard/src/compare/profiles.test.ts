import { expect, test } from 'vitest'
import { type CpuProfile, cpuFigures, heapFigures, shortFile } from './profiles.ts'

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber, columnNumber: 4 })
const app = 'file:///srv/app/server.js'

/** `hash` runs 6 ms itself and 3 ms of `JSON.parse`; 1 ms is garbage collection, 10 ms are idle. */
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 4] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('hash', app, 6), children: [5] },
    { id: 4, callFrame: frame('(garbage collector)') },
    { id: 5, callFrame: frame('parse') },
  ],
  startTime: 0,
  endTime: 20_000,
  samples: [2, 3, 5, 4],
  timeDeltas: [0, 10_000, 6000, 3000],
}

test('a function has its own time and that of the runtime functions it calls, as a share of the busy time', () => {
  const { windowMs, busyMs, functions } = cpuFigures(profile)
  expect({ windowMs, busyMs }).toEqual({ windowMs: 20, busyMs: 10 })
  const shares = functions.map(({ name, value }) => [name, value])
  expect(shares).toEqual([
    ['hash', 0.6],
    ['hash', 0.3],
    ['(garbage collector)', 0.1],
  ])
  expect(functions[0]).toMatchObject({ place: 'srv/app/server.js:7' })
})

test('a function that called another of the app does not have its time', () => {
  const { functions } = cpuFigures({
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2] },
      { id: 2, callFrame: frame('outer', app, 1), children: [3] },
      { id: 3, callFrame: frame('inner', app, 9) },
    ],
    startTime: 0,
    endTime: 4000,
    samples: [2, 3],
    timeDeltas: [0, 1000],
  })
  expect(functions.map(({ name, value }) => [name, value])).toEqual([
    ['outer', 0.25],
    ['inner', 0.75],
  ])
})

test('a profile without samples has no figures', () => {
  const empty = { nodes: [], startTime: 0, endTime: 0, samples: [], timeDeltas: [] }
  expect(cpuFigures(empty)).toEqual({ windowMs: 0, busyMs: 0, functions: [] })
})

test('stacks of any depth are read', () => {
  const depth = 50_000
  const nodes = Array.from({ length: depth }, (_, index) => ({
    id: index + 1,
    callFrame: frame(`f${index}`, app, index),
    children: index + 1 < depth ? [index + 2] : [],
  }))
  const { functions } = cpuFigures({ nodes, startTime: 0, endTime: 1000, samples: [depth], timeDeltas: [0] })
  expect(functions).toMatchObject([{ name: `f${depth - 1}`, value: 1 }])
})

test('what the runtime allocates belongs to the function that called it', () => {
  const figures = heapFigures({
    head: {
      callFrame: frame('(root)'),
      selfSize: 10,
      children: [
        {
          callFrame: frame('remember', app, 22),
          selfSize: 100,
          children: [{ callFrame: frame('from'), selfSize: 50, children: [] }],
        },
        { callFrame: frame('load', 'node:internal/modules', 3), selfSize: 7, children: [] },
      ],
    },
  })
  const byName = figures.map(({ name, value }) => [name, value])
  expect(byName).toEqual([
    ['(root)', 10],
    ['remember', 100],
    ['load', 7],
    ['remember', 50],
  ])
})

test('files are named so that they fit beside each other', () => {
  expect(shortFile('file:///srv/app/releases/7/src/orders/load.js')).toBe('src/orders/load.js')
  expect(shortFile('file:///srv/app/node_modules/.pnpm/ajv@8/node_modules/ajv/lib/core.js')).toBe('ajv/lib/core.js')
  expect(shortFile('node:internal/timers')).toBe('node:internal/timers')
  expect(shortFile('C:\\app\\node_modules\\ajv\\core.js')).toBe('ajv\\core.js')
})

test('our own frames are left out, installed or in a checkout, and those of another program with such folders are not', () => {
  const of = (...urls: string[]) => {
    const { functions } = cpuFigures({
      nodes: [
        { id: 1, callFrame: frame('(root)'), children: urls.map((_, index) => index + 2) },
        ...urls.map((url, index) => ({ id: index + 2, callFrame: frame(`f${index}`, url, 1) })),
      ],
      startTime: 0,
      endTime: urls.length * 1000,
      samples: urls.map((_, index) => index + 2),
      timeDeltas: urls.map((_, index) => (index === 0 ? 0 : 1000)),
    })
    return functions.map(({ name }) => name)
  }
  const installed = 'file:///srv/node_modules/@autodump/fastify/dist/index.js'
  const [core, fastify] = ['core/dist/app/mid-block/hooks.js', 'fastify/dist/index.js'].map(
    path => `file:///home/me/autodump/packages/${path}`,
  ) as [string, string]
  expect(of(app, installed)).toEqual(['f0'])
  expect(of(app, core, fastify)).toEqual(['f0'])
  expect(of(app, core.replace('app/mid-block/hooks.js', 'bundle/both.js'), fastify)).toEqual(['f0'])
  expect(of(app, 'file:///srv/other/packages/fastify/dist/index.js')).toEqual(['f0', 'f1'])
})
