import { describe, expect, it } from 'vitest'
import { askAdmin, base, jsonRequest, request } from '../testing/ask-admin.js'
import { dumpId } from '../testing/fake-monitor.js'
import { createSessions } from './login-session.js'

function audited(auth: NonNullable<Parameters<typeof askAdmin>[0]>['auth'] = { token: 't0ken' }) {
  const lines: string[] = []
  const logger = { info: (line: string) => void lines.push(line), warn: () => {}, error: () => {} }
  const { handler, monitor } = askAdmin({ auth, logger })
  return { lines, monitor, send: (sent: Request, remoteAddress?: string) => handler(sent, { remoteAddress }) }
}

const login = (token: string) =>
  new Request(`${base}/login`, {
    method: 'POST',
    body: JSON.stringify({ token }),
    headers: { 'content-type': 'application/json' },
  })

describe('the audit log', () => {
  it('has a line for each request that changes something: who, what, and with what result', async () => {
    const { lines, send } = audited()
    await send(jsonRequest('POST', '/trigger', { capture: ['requests'] }), '10.0.0.7')
    await send(jsonRequest('PATCH', '/thresholds', { cpu: { watermark: 33 } }), '10.0.0.7')
    await send(request(`/dumps/${dumpId}`, { method: 'DELETE' }), '10.0.0.7')
    await send(request(`/dumps/${dumpId}`, { method: 'DELETE' }))
    await send(login('t0ken'), '10.0.0.7')
    await send(login('wrong'), '10.0.0.8')
    expect(lines).toEqual([
      `autodump: audit: capture by 10.0.0.7 (bearer): POST /debug/autodump/trigger {"capture":["requests"]}: 202 ${dumpId}`,
      'autodump: audit: configure by 10.0.0.7 (bearer): PATCH /debug/autodump/thresholds {"cpu":{"watermark":33}}: 200',
      `autodump: audit: delete by 10.0.0.7 (bearer): DELETE /debug/autodump/dumps/${dumpId}: 204`,
      `autodump: audit: delete by a local socket (bearer): DELETE /debug/autodump/dumps/${dumpId}: 404`,
      'autodump: audit: login by 10.0.0.7: POST /debug/autodump/login: 204',
      'autodump: audit: login by 10.0.0.8: POST /debug/autodump/login: 401',
    ])
  })

  it('tells of what was refused, without what it said', async () => {
    const { lines, send } = audited({ authorize: (_, action) => action !== 'delete' })
    await send(request('/dumps/x', { method: 'DELETE' }), '10.0.0.7')
    await send(jsonRequest('PATCH', '/thresholds', { nothing: 'hunter2' }), '10.0.0.7')
    expect(lines).toEqual([
      'autodump: audit: delete by 10.0.0.7: DELETE /debug/autodump/dumps/x: 403',
      'autodump: audit: configure by 10.0.0.7: PATCH /debug/autodump/thresholds: 400',
    ])
  })

  it('has nothing of whoever proves nothing, of reading, and of logins that no token came with', async () => {
    const { lines, send } = audited()
    await send(new Request(`${base}/trigger`, { method: 'POST' }), '10.0.0.7')
    await send(request('/status'), '10.0.0.7')
    await send(new Request(`${base}/login`, { method: 'POST' }), '10.0.0.7')
    await send(request('/logout', { method: 'POST' }), '10.0.0.7')
    expect(lines).toEqual([])
  })

  it('has no token and no session in it, and says by which of them it was', async () => {
    const { lines, send } = audited()
    const session = createSessions('t0ken').begin()
    const headers = { cookie: `autodump_session=${session}` }
    await send(new Request(`${base}/trigger?wait=true`, { method: 'POST', headers }), '10.0.0.7')
    await send(request('/trigger?wait=true', { method: 'POST' }), '10.0.0.7')
    expect(lines.map(line => /\((\w+)\)/.exec(line)?.[1])).toEqual(['cookie', 'bearer'])
    expect(lines.join()).not.toContain(session)
    expect(lines.join()).not.toContain('t0ken')
  })

  it('keeps to one short line, whatever a request says', async () => {
    const { lines, send } = audited()
    const evil = 'a\n\r\u001b[31m\u2028\u0085\u202eautodump: audit: delete by root'
    await send(jsonRequest('POST', '/trigger', { reason: evil }), `1.2.3.4${evil}`)
    await send(request(`/dumps/${encodeURIComponent(evil)}`, { method: 'DELETE' }), '10.0.0.7')
    await send(jsonRequest('POST', '/trigger', { reason: 'x'.repeat(499) }), 'y'.repeat(10_000))
    await send(request(`/dumps/${'z'.repeat(10_000)}`, { method: 'DELETE' }), '10.0.0.7')
    expect(lines).toHaveLength(4)
    for (const line of lines) {
      expect(line).toMatch(/^autodump: audit: (capture|delete) by \S+/)
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
      expect(line.length).toBeLessThan(1100)
    }
  })
})
