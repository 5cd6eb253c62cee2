import type { AsyncStacksEvidence } from '@autodump/core'
import { expect, test } from 'vitest'
import { outboundFigures, requestFigures, stackFigures } from './counts.ts'
import { compareFigures } from './figures.ts'

const requests = (orders: number) => ({
  total: orders + 1,
  groups: [
    { method: 'GET', route: '/orders/:id', count: orders },
    { method: 'POST', route: '/orders/:id', count: 1 },
  ],
  outbound: { groups: [{ kind: 'http', target: 'db:5432', count: orders }] },
})

test('requests are compared by method and route', () => {
  expect(compareFigures(requestFigures(requests(3)), requestFigures(requests(80)))).toEqual([
    { name: 'GET /orders/:id', place: '', a: 3, b: 80, change: 77 },
    { name: 'POST /orders/:id', place: '', a: 1, b: 1, change: 0 },
  ])
})

test('outbound calls are compared by target; older dumps have none', () => {
  const { outbound, ...old } = requests(3)
  expect(compareFigures(outboundFigures(old), outboundFigures(requests(80)))).toEqual([
    { name: 'db:5432', place: 'http', a: 0, b: 80, change: 80 },
  ])
})

test('async calls are compared by their whole stack and what it waits on, wherever it has moved', () => {
  const stack = (line: number, count: number, type: 'http' | 'timer'): AsyncStacksEvidence['groups'][number] => ({
    count,
    waitsOn: { type },
    frames: ['load', 'handler'].map((name, index) => ({
      function: name,
      file: 'file:///srv/app/orders.js',
      line: line + index,
      column: 1,
      kind: 'async' as never,
    })),
  })
  const rows = compareFigures(
    stackFigures({ groups: [stack(5, 2, 'http'), stack(5, 1, 'timer')] }),
    stackFigures({ groups: [stack(7, 40, 'http')] }),
  )
  expect(rows).toEqual([
    { name: 'load ← handler', place: 'srv/app/orders.js:7', a: 2, b: 40, change: 38 },
    { name: 'load ← handler', place: 'srv/app/orders.js:5', a: 1, b: 0, change: -1 },
  ])
})
