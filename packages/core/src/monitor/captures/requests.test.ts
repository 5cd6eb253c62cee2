import { describe, expect, it, vi } from 'vitest'
import type { Evidence } from '../../model/evidence.js'
import type { InFlightRow, InFlightTable, OutboundTable, RequestsEvidence } from '../../model/request-table.js'
import { fakeLink } from '../../testing/hooks.js'
import type { CaptureContext } from './capture.js'
import { groupByRoute, groupByTarget, requestsCapture } from './requests.js'

const row = (over: Partial<InFlightRow>): InFlightRow => ({
  method: 'GET',
  url: '/',
  route: null,
  ageMs: 0,
  remoteAddress: '127.0.0.1',
  state: 'handling',
  protocol: 'http/1.1',
  waitsOn: [],
  linked: false,
  ...over,
})

describe('groupByRoute', () => {
  it('puts the requests of a route together, the biggest group first', () => {
    const groups = groupByRoute([
      row({ url: '/health', ageMs: 9 }),
      row({ url: '/users/1', route: '/users/:name', ageMs: 400 }),
      row({ url: '/users/2', route: '/users/:name', ageMs: 100, state: 'streaming' }),
      row({ url: '/users/3', route: '/users/:name', ageMs: 300 }),
      row({ method: 'POST', url: '/users/1', route: '/users/:name', ageMs: 10 }),
    ])
    expect(groups).toEqual([
      {
        method: 'GET',
        route: '/users/:name',
        guessed: false,
        count: 3,
        oldestAgeMs: 400,
        medianAgeMs: 300,
        states: { handling: 2, streaming: 1 },
      },
      expect.objectContaining({ method: 'POST', route: '/users/:name', count: 1 }),
      expect.objectContaining({ route: '/health', guessed: true, count: 1 }),
    ])
  })

  it('collapses identifiers where no pattern is known, and does not mix that with known ones', () => {
    const groups = groupByRoute([
      row({ url: '/users/1', ageMs: 1 }),
      row({ url: '/users/2', ageMs: 2 }),
      row({ url: '/users/3', ageMs: 3, route: '/users/:id' }),
    ])
    expect(groups).toMatchObject([
      { route: '/users/:id', guessed: true, count: 2, oldestAgeMs: 2, medianAgeMs: 1.5 },
      { route: '/users/:id', guessed: false, count: 1 },
    ])
  })

  it('makes no groups of nothing', () => {
    expect(groupByRoute([])).toEqual([])
  })
})

describe('groupByTarget', () => {
  const call = (over: Partial<OutboundTable['rows'][number]>): OutboundTable['rows'][number] => ({
    kind: 'http',
    method: 'GET',
    target: 'stock:80',
    path: '/',
    ageMs: 0,
    state: 'waiting',
    linked: false,
    ...over,
  })

  it('puts what is waited for at one place together, the biggest group first', () => {
    const groups = groupByTarget(
      [
        call({ target: 'mail:25', ageMs: 9 }),
        call({ ageMs: 400, path: '/1' }),
        call({ ageMs: 300, path: '/2', state: 'connecting' }),
        call({ ageMs: 100, linked: true }),
        call({ kind: 'mysql2:query', state: 'pending', ageMs: 50 }),
      ],
      [],
    )
    expect(groups).toEqual([
      {
        kind: 'http',
        target: 'stock:80',
        count: 3,
        oldestAgeMs: 400,
        medianAgeMs: 300,
        states: { waiting: 2, connecting: 1 },
        linked: 1,
        routes: [],
      },
      expect.objectContaining({ kind: 'mysql2:query', target: 'stock:80', count: 1 }),
      expect.objectContaining({ target: 'mail:25', count: 1 }),
    ])
  })

  it('says of which routes the requests are that wait there, each request once', () => {
    const twice = [call({ linked: true }), call({ linked: true })]
    const [group] = groupByTarget(
      [...twice, ...twice],
      [
        row({ url: '/orders/1', route: '/orders/:id', waitsOn: twice }),
        row({ url: '/users/1', waitsOn: [call({})] }),
        row({ url: '/users/2', waitsOn: [call({})] }),
        row({ url: '/elsewhere', waitsOn: [call({ target: 'mail:25' })] }),
        row({ url: '/nowhere' }),
      ],
    )
    expect(group?.routes).toEqual([
      { method: 'GET', route: '/users/:id', count: 2 },
      { method: 'GET', route: '/orders/:id', count: 1 },
    ])
  })
})

describe('requestsCapture', () => {
  const none = { total: 0, truncated: false, rows: [] }

  function contextWith(answer: () => Promise<InFlightTable>) {
    const pending = vi.fn()
    const called = vi.fn(answer)
    const link = fakeLink({ requests: called })
    const options = { links: { trace: null } }
    const context = { link: async () => link, pending, options } as unknown as CaptureContext
    return { context, pending, called }
  }

  it('writes what the app thread answers, and its groups', async () => {
    const rows = [row({ url: '/a' }), row({ url: '/b/1', ageMs: 5 }), row({ url: '/b/2' })]
    const { context, called } = contextWith(async () => ({
      total: 12_000,
      truncated: true,
      rows,
      staleMs: 70,
      outbound: none,
    }))
    const [evidence] = await requestsCapture.take(context)
    expect(called).toHaveBeenCalledWith(10_000)
    const value = JSON.parse(evidence?.content as string) as RequestsEvidence
    expect(value).toEqual(evidence?.value)
    expect(evidence).toMatchObject({ file: 'requests.json', phase: 'during' })
    expect(value).toMatchObject({ total: 12_000, truncated: true, staleMs: 70, requests: rows })
    expect(value.groups.map(({ route, count }) => [route, count])).toEqual([
      ['/b/:id', 2],
      ['/a', 1],
    ])
    expect(Date.parse(value.takenAt)).toBeGreaterThan(0)
  })

  it('says what it waits for, until it does not', async () => {
    let answer: (table: InFlightTable) => void = () => {}
    const { context, pending } = contextWith(() => new Promise(resolve => (answer = resolve)))
    const taken = requestsCapture.take(context)
    await vi.waitFor(() => expect(pending).toHaveBeenLastCalledWith('request table reply'))
    answer({ ...none, staleMs: 0, outbound: none })
    await taken
    expect(pending).toHaveBeenLastCalledWith(null)
  })

  it('keeps what was noted where the app thread does not answer, and waits on', async () => {
    vi.useFakeTimers()
    try {
      let answer: (table: InFlightTable) => void = () => {}
      const { context } = contextWith(() => new Promise(resolve => (answer = resolve)))
      const table = { total: 1, truncated: false, rows: [row({ url: '/chatty' })], staleMs: 3, outbound: none }
      const keep = vi.fn()
      const noted = () => ({ at: 1_700_000_000_000, handledSignals: [], table })
      const taken = requestsCapture.take({ ...context, keep, noted } as CaptureContext)
      await vi.advanceTimersByTimeAsync(999)
      expect(keep).not.toHaveBeenCalled()
      await vi.advanceTimersByTimeAsync(1)
      expect(keep).toHaveBeenCalledOnce()
      const [[kept]] = keep.mock.calls as [[Evidence]]
      expect(kept).toMatchObject({ file: 'requests-before.json', phase: 'before' })
      expect(kept.value).toMatchObject({ takenAt: '2023-11-14T22:13:20.000Z', total: 1, requests: table.rows })
      answer({ ...none, staleMs: 0, outbound: none })
      expect(await taken).toMatchObject([{ file: 'requests.json' }])
    } finally {
      vi.useRealTimers()
    }
  })

  it('fails with the reason of the link, waiting no more', async () => {
    const { context, pending } = contextWith(async () => Promise.reject(new Error('detached')))
    await expect(requestsCapture.take(context)).rejects.toThrow('detached')
    expect(pending).toHaveBeenLastCalledWith(null)
  })
})
