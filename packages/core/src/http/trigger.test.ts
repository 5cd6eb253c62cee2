import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import { askAdmin, jsonRequest, problem } from '../testing/ask-admin.js'
import { createFakeMonitor, dumpId, manifestOf } from '../testing/fake-monitor.js'
import { parseTrigger } from './trigger-request.js'

describe('POST /trigger', () => {
  it('begins a capture and says where it will be', async () => {
    const { handler, monitor } = askAdmin()
    const body = { capture: ['cpu-profile'], duration: 400, reason: 'by hand' }
    const response = await handler(jsonRequest('POST', '/trigger', body))
    expect([response.status, response.headers.get('location')]).toEqual([202, `/debug/autodump/dumps/${dumpId}`])
    expect(await response.json()).toEqual({ id: dumpId, state: 'capturing' })
    expect(monitor.asked).toEqual([['begin', body]])
  })

  it('needs no body', async () => {
    const { ask, monitor } = askAdmin()
    expect((await ask('/trigger', { method: 'POST' })).status).toBe(202)
    const headers = { 'content-type': 'application/json' }
    expect((await ask('/trigger', { method: 'POST', body: '', headers })).status).toBe(202)
    expect(monitor.asked).toEqual([
      ['begin', {}],
      ['begin', {}],
    ])
  })

  it('waits for the manifest when told to', async () => {
    const { ask } = askAdmin()
    const response = await ask('/trigger?wait=true', { method: 'POST' })
    expect([response.status, response.headers.get('location')]).toEqual([201, `/debug/autodump/dumps/${dumpId}`])
    expect(await response.json()).toEqual(manifestOf(dumpId))
    expect((await ask('/trigger?wait=false', { method: 'POST' })).status).toBe(202)
    expect((await problem(await ask('/trigger?wait=maybe', { method: 'POST' }))).status).toBe(400)
  })

  it('lists every field that is wrong, and begins nothing', async () => {
    const { handler, monitor } = askAdmin()
    const bad = { capture: ['nope'], duration: -1, reason: 'x'.repeat(501), extra: true }
    const { status, errors } = await problem(await handler(jsonRequest('POST', '/trigger', bad)))
    expect(status).toBe(400)
    expect((errors as { field: string }[]).map(({ field }) => field).sort()).toEqual(
      ['capture.0', 'duration', 'extra', 'reason'].sort(),
    )
    expect(monitor.asked).toEqual([])
  })

  it.each([
    ['BUSY', 409, '1'],
    ['LIMITED', 429, '1800'],
    ['STOPPED', 503, '1'],
    ['NO_ROOM', 507, null],
  ] as const)('%s gives %i', async (code, status, retryAfter) => {
    const monitor = createFakeMonitor()
    const wait = code === 'LIMITED' ? 1_799_001 : undefined
    monitor.onBegin = () => Promise.reject(new AutodumpError(code, 'no', { retryAfter: wait }))
    const response = await askAdmin({}, monitor).ask('/trigger', { method: 'POST' })
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter])
    await problem(response)
  })

  it('a capture that fails later is a refusal for who waits, and no unhandled rejection for who does not', async () => {
    const monitor = createFakeMonitor()
    monitor.onBegin = async () => ({ id: dumpId, done: Promise.reject(new AutodumpError('FAILED', 'disk is gone')) })
    const { ask } = askAdmin({}, monitor)
    expect((await ask('/trigger', { method: 'POST' })).status).toBe(202)
    const { status, detail } = await problem(await ask('/trigger?wait=true', { method: 'POST' }))
    expect([status, detail]).toEqual([500, 'disk is gone'])
  })
})

describe('parseTrigger', () => {
  it.each([
    [null],
    [[]],
    ['text'],
    [{ capture: [] }],
    [{ capture: ['requests', 'requests'] }],
    [{ duration: 9 }],
    [{ duration: 300_001 }],
    [{ duration: 50.5 }],
    [{ reason: 1 }],
  ])('refuses %j', value => {
    expect(() => parseTrigger(value)).toThrow(expect.objectContaining({ code: 'INVALID' }))
  })

  it('keeps a reason on one line', () => {
    expect(parseTrigger({ reason: 'a\r\nb\u001b[31mc\u2028d\n' })).toEqual({ reason: 'a b [31mc d' })
  })
})
