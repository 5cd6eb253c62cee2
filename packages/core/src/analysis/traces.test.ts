import { expect, it } from 'vitest'
import type { RequestRow, RequestsEvidence } from '../model/request-table.js'
import { findTrace, sayTrace } from './traces.js'

const row = (url: string, route: string | null, digit?: string): RequestRow => ({
  ...{ method: 'GET', url, route, ageMs: 10, remoteAddress: null, state: 'handling', protocol: 'http/1.1' },
  ...{ waitsOn: [], linked: false },
  ...(digit && { traceId: digit.repeat(32), spanId: digit.repeat(16), traceUrl: `https://t.example/${digit}` }),
})

const evidence = (requests: RequestRow[], more: Partial<RequestsEvidence> = {}): RequestsEvidence => ({
  ...{ takenAt: '2026-11-24T00:00:00.000Z', total: requests.length, truncated: false, staleMs: 0, requests },
  groups: [{ method: 'GET', route: '/stall/:id', guessed: true, count: 2, oldestAgeMs: 9, medianAgeMs: 9, states: {} }],
  outbound: { total: 0, truncated: false, groups: [], requests: [] },
  ...more,
})

it('the sentence blames the trace of the code that ran', () => {
  const activeSpan = { traceId: 'f'.repeat(32), spanId: 'e'.repeat(16), traceUrl: 'https://t.example/f' }
  expect(sayTrace(evidence([row('/a', null, '1')], { activeSpan }))).toBe('trace https://t.example/f')
})

it('else that of the oldest request to the busiest route, whether its pattern is known or guessed', () => {
  const rows = [row('/other', null, '1'), row('/stall/7', null), row('/stall/8', null, '2'), row('/stall/9', null, '3')]
  expect(sayTrace(evidence(rows))).toBe('trace https://t.example/2')
  expect(sayTrace(evidence([row('/other', null, '1'), row('/x', '/stall/:id', '4')]))).toBe('trace https://t.example/4')
})

it('else that of any request; and says nothing where there is none, or no address', () => {
  expect(sayTrace(evidence([row('/other', null, '1')]))).toBe('trace https://t.example/1')
  expect(sayTrace(evidence([row('/stall/7', null)]))).toBeNull()
  const { traceUrl, ...noUrl } = row('/stall/7', null, '5')
  expect(sayTrace(evidence([noUrl]))).toBeNull()
  expect(findTrace(evidence([noUrl]))).toEqual([
    {
      kind: 'trace',
      text: `the trace of GET /stall/:id is ${'5'.repeat(32)}`,
      data: { traceId: '5'.repeat(32), spanId: '5'.repeat(16) },
    },
  ])
})
