import { describe, expect, it } from 'vitest'
import type { OutboundGroup, RequestGroup, RequestsEvidence } from '../model/request-table.js'
import { asItIs } from './places.js'
import { findInRequests, namePile, onlyRoute, sayInFlight, sayOutbound } from './requests.js'

const stalled: RequestGroup = {
  method: 'GET',
  route: '/stall/:order',
  guessed: false,
  count: 80,
  oldestAgeMs: 4100,
  medianAgeMs: 4000,
  states: { handling: 80 },
}

const upstream: OutboundGroup = {
  kind: 'http',
  target: '127.0.0.1:5001',
  count: 80,
  oldestAgeMs: 4100,
  medianAgeMs: 4000,
  states: { waiting: 80 },
  linked: 0,
  routes: [],
}

function evidence(groups: RequestGroup[], outbound: OutboundGroup[], staleMs = 50): RequestsEvidence {
  const sum = (all: { count: number }[]) => all.reduce((total, { count }) => total + count, 0)
  return {
    takenAt: '2026-11-24T00:00:00.000Z',
    total: sum(groups),
    streams: groups.reduce((total, { states }) => total + (states.streaming ?? 0), 0),
    tunnels: 0,
    truncated: false,
    staleMs,
    groups,
    requests: [],
    outbound: { total: sum(outbound), truncated: false, groups: outbound, requests: [] },
  }
}

describe('what the process waits for', () => {
  it('is named with its count and age', () => {
    expect(sayOutbound(evidence([stalled], [upstream]), false)).toBe(
      '80 outbound requests wait for 127.0.0.1:5001, the oldest for 4.1 s',
    )
    const one = evidence([{ ...stalled, count: 1 }], [{ ...upstream, count: 1, states: { connecting: 1 } }])
    expect(sayOutbound(one, false)).toBe('1 outbound request waits for 127.0.0.1:5001, the oldest for 4.1 s')
  })

  it('is what the requests wait for, where another route makes as many calls to somebody else', () => {
    const of = (route: string) => ({ linked: 80, routes: [{ method: 'GET', route, count: 80 }] })
    const other = { ...upstream, target: '127.0.0.1:3000', ...of('/break') }
    const table = evidence([stalled], [other, { ...upstream, ...of('/stall/:order') }])
    expect(namePile(table, 'inFlight', '/srv', asItIs)[0]?.('')).toContain('wait for 127.0.0.1:5001,')
    expect(sayOutbound(table, true)).toContain('wait for 127.0.0.1:5001,')
    expect(namePile(evidence([stalled], [other]), 'inFlight', '/srv', asItIs)[0]?.('')).not.toContain(' for 127')
  })

  it('is named with the routes that call it, where they are known and not the only ones', () => {
    const linked = { ...upstream, linked: 80, routes: [{ method: 'GET', route: '/stall/:order', count: 80 }] }
    const other = { ...stalled, route: '/', count: 1 }
    expect(sayOutbound(evidence([stalled], [linked]), false)).not.toContain('called by')
    expect(sayOutbound(evidence([stalled, other], [linked]), false)).toContain(', called by GET /stall/:order')
    const routes = ['/a', '/b', '/c', '/d'].map(route => ({ method: 'GET', route, count: 20 }))
    expect(sayOutbound(evidence([stalled], [{ ...linked, routes }]), false)).toMatch(
      /called by GET \/a \(20\), GET \/b \(20\), GET \/c \(20\) and 1 more$/,
    )
  })

  it('is said in the terms of what it is', () => {
    const receiving = { ...upstream, states: { receiving: 80 } }
    expect(sayOutbound(evidence([stalled], [receiving]), false)).toContain('receive from 127.0.0.1:5001')
    const queries = { ...upstream, kind: 'mysql2:query', target: 'db:3306', states: { pending: 80 } }
    expect(sayOutbound(evidence([stalled], [queries]), false)).toContain('80 mysql2:query operations wait for db:3306')
    const nameless = { ...queries, target: 'mysql2:query' }
    expect(sayOutbound(evidence([stalled], [nameless]), false)).toContain(
      '80 mysql2:query operations are pending, the oldest',
    )
  })

  it('is not blamed for what it did not do', () => {
    expect(sayOutbound(evidence([stalled], []), false)).toBeNull()
    expect(sayOutbound(evidence([stalled], [{ ...upstream, count: 2 }]), false)).toBeNull()
    expect(sayOutbound(evidence([stalled], [{ ...upstream, oldestAgeMs: 40 }]), false)).toBeNull()
    // Answers that came during a block were not read.
    const blocked = evidence([stalled], [upstream], 3000)
    expect(sayOutbound(blocked, false)).toBeNull()
    expect(sayOutbound(blocked, true)).not.toBeNull()
    expect(sayOutbound(evidence([stalled], [upstream], 300), false)).not.toBeNull()
    expect(sayOutbound(evidence([], [{ ...upstream, count: 1 }]), false)).toBeNull()
    expect(sayOutbound(evidence([], [upstream]), false)).not.toBeNull()
  })

  it('is among the findings, whether or not it is the cause', () => {
    const findings = findInRequests(evidence([stalled], [{ ...upstream, count: 2 }]))
    expect(findings.map(({ kind }) => kind)).toEqual(['request-group', 'outbound-group'])
    expect(findings[1]?.text).toBe('2 outbound requests wait for 127.0.0.1:5001, the oldest for 4.1 s')
  })

  it('is told with the function of the app that began it, as it was written', () => {
    const row = (stack?: string[]) => ({
      kind: 'http',
      method: 'GET',
      target: upstream.target,
      path: '/',
      ageMs: 100,
      state: 'waiting' as const,
      linked: false,
      ...(stack && { stack }),
    })
    const inPackage = 'request (/app/node_modules/axios/axios.js:3:9)'
    const table = evidence([stalled], [upstream])
    table.outbound.requests = [
      row(),
      row(['async other (/app/dist/server.js:1:9)']),
      ...[1, 2].map(() => row([inPackage, 'async a (/app/dist/server.js:1:40)', 'b (/app/dist/server.js:1:50)'])),
      row(['not a line of a stack']),
    ]
    expect(sayOutbound(table, true, '/app')).toContain('4.1 s, begun in a (dist/server.js:1)')
    const [, finding] = findInRequests(table, '/app', ({ url, line, column }) =>
      url === '/app/dist/server.js' && line === 1 && column === 40
        ? { name: 'loadOrder', url: 'file:///app/src/orders.ts', line: 12, column: 5 }
        : null,
    )
    expect(finding?.text).toContain(', begun in loadOrder (src/orders.ts:12)')
    expect(finding?.data).toMatchObject({ begunIn: { name: 'loadOrder', generated: 'dist/server.js:1:40' } })
  })
})

describe('a pile beside open streams', () => {
  const events = { ...stalled, route: '/events', count: 520, states: { streaming: 520 } }
  const beside = evidence([events, { ...stalled, count: 60, states: { handling: 60 } }], [])
  const shortest = (metric: string | null) => namePile(beside, metric, '/srv', asItIs).at(-1)?.('')

  it('is of the requests that wait', () => {
    expect(shortest('inFlight')).toBe('60 × GET /stall/:order wait, the oldest for 4.1 s')
    expect(onlyRoute(beside)).toBe('GET /stall/:order')
  })

  it('is of the streams where those are the question', () => {
    expect(shortest('streams')).toBe('520 × GET /events are open, the oldest for 4.1 s')
    expect(namePile(evidence([], []), 'streams', '/srv', asItIs)).toEqual([])
  })
})

it('an answer on its way is no stream, unless streams are the question', () => {
  const answers = (oldestAgeMs: number) =>
    evidence([{ ...stalled, oldestAgeMs, count: 1, states: { streaming: 1 } }], [])
  expect(sayInFlight(answers(48), 'cpu')).toBe(null)
  expect(sayInFlight(answers(4100), 'cpu')).toContain('1 open stream')
  expect(sayInFlight(answers(48), 'streams')).toContain('1 open stream')
})
