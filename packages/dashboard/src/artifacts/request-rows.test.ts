import { expect, test } from 'vitest'
import { callTitle, matchesAll, type RequestRow, statesInWords, textsOf, waitsByRoute } from './request-rows.ts'
import { nextSorting, sorted } from './sorting.ts'

const call = { kind: 'http', method: 'GET', target: '10.0.3.7:5001', path: '/orders/17', ageMs: 10, state: 'waiting' }
const request: RequestRow = {
  method: 'GET',
  url: '/stall/17',
  route: '/stall/:order',
  ageMs: 4100,
  remoteAddress: '10.0.1.4',
  state: 'handling',
  protocol: 'http/1.1',
  linked: true,
  waitsOn: [call],
}

test('the groups say what each route waits on, the most frequent first', () => {
  const group = { ...call, count: 5, oldestAgeMs: 1, medianAgeMs: 1, states: {}, linked: 5 }
  const routes = [{ method: 'GET', route: '/stall/:order', count: 2 }]
  const waits = waitsByRoute({
    outbound: {
      total: 10,
      truncated: false,
      requests: [],
      groups: [
        { ...group, routes },
        {
          ...group,
          kind: 'mysql2:query',
          target: 'db:3306',
          routes: [{ ...routes[0], count: 3 } as (typeof routes)[0]],
        },
      ],
    },
  })
  expect(waits.get('GET /stall/:order')).toEqual([
    { text: 'mysql2:query db:3306', count: 3 },
    { text: '10.0.3.7:5001', count: 2 },
  ])
})

test('a call is told in words', () => {
  expect(callTitle(call)).toBe('GET 10.0.3.7:5001/orders/17')
  expect(callTitle({ kind: 'ioredis:command', method: null, target: 'ioredis:command', path: null })).toBe(
    'ioredis:command',
  )
})

test('states have their numbers where there are several', () => {
  expect(statesInWords({ handling: 80 })).toBe('handling')
  expect(statesInWords({ queued: 2, handling: 80 })).toBe('80 handling, 2 queued')
})

test.each([
  ['', true],
  ['stall 10.0.3.7', true],
  ['GET /stall', true],
  ['post', false],
])('the filter %j on a request: %s', (filter, matches) => {
  expect(matchesAll(filter, textsOf(request))).toBe(matches)
})

test('the table of requests sorts numbers as numbers, texts as texts, and turns round', () => {
  const rows = [
    { n: 9, t: 'b10' },
    { n: 10, t: 'b9' },
  ]
  const columns = { n: (row: { n: number }) => row.n, t: (row: { t: string }) => row.t }
  expect(sorted(rows, columns, { column: 'n', descending: true }).map(({ n }) => n)).toEqual([10, 9])
  expect(sorted(rows, columns, { column: 't', descending: false }).map(({ t }) => t)).toEqual(['b9', 'b10'])
  expect(nextSorting({ column: 'n', descending: true }, 'n', true)).toEqual({ column: 'n', descending: false })
  expect(nextSorting({ column: 'n', descending: true }, 't', false)).toEqual({ column: 't', descending: false })
})
