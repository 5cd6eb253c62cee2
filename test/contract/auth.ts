import type { Action } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../packages/core/src/http/routes.js'
import { token } from '../support.js'
import { onlyErrors, problem, type Start, serveForAll } from './harness.js'

const json = { 'content-type': 'application/json' }

/** What a request to a route of the table says, where it says anything. */
const bodies: Record<string, string> = {
  'POST /trigger': '{"capture":["requests"]}',
  'PATCH /thresholds': '{"cpu":{"watermark":33}}',
}

type Sent = [method: string, path: string, action: Action, body?: string]

/** One request for each route that there is, and what it does: a new route is tested by being in the table. */
const requests: Sent[] = routes.flatMap(({ method, path, action }) => {
  if (action === null) return []
  const of = path === '/' ? '' : path.replace(':id', 'ID').replace(':file', 'requests.json')
  return [[method, of, action, bodies[`${method} ${path}`]]]
})
/** Those to which the token is not to be brought, but given, and the files of the page that asks for it. */
const open = routes.filter(({ action }) => action === null).map(({ method, path }) => `${method} ${path}`)

const send = (base: string, id: string, [method, path, , body]: Sent, headers = {}) =>
  fetch(base + path.replace('ID', id), { method, body, headers: { ...(body ? json : {}), ...headers } })

export function describeAuth(start: Start): void {
  describe('with a token', () => {
    const api = serveForAll(start)

    it('refuses every route without it and with a wrong one, before anything has an effect', async () => {
      const { id } = await api.dump()
      const before = await api.thresholds()
      for (const request of requests) {
        const without = await send(api.base, id, request)
        await problem(without, 401)
        expect(without.headers.get('www-authenticate')).toMatch(/^Bearer /)
        for (const authorization of [`Bearer ${token}x`, 'Bearer', `Basic ${btoa(`user:${token}x`)}`, token])
          await problem(await send(api.base, id, request, { authorization }), 401)
        await problem(await send(api.base, id, request, { cookie: `autodump_session=${token}` }), 401)
        // As a password the token only reads.
        if (request[0] !== 'GET')
          await problem(await send(api.base, id, request, { authorization: `Basic ${btoa(`user:${token}`)}` }), 401)
      }
      expect((await api.dumps()).map(dump => dump.id)).toEqual([id])
      expect(await api.thresholds()).toEqual(before)
    })

    it('refuses what does not exist or is malformed in the same way, so that nothing can be found out', async () => {
      for (const path of ['/nothing', '/dumps/20200101T000000000Z-1-manual', '/trigger'])
        await problem(await fetch(api.base + path), 401)
      const broken = { method: 'PATCH', body: '{', headers: json }
      await problem(await fetch(`${api.base}/thresholds`, broken), 401)
    })

    it('asks for it everywhere but where it is given', () => {
      expect(open).toEqual(['POST /login', 'GET /assets/:file', 'GET /speedscope/:file'])
    })

    const logIn = (body: object, headers = {}) =>
      fetch(`${api.base}/login`, { method: 'POST', body: JSON.stringify(body), headers: { ...json, ...headers } })

    it('gives a cookie for it, which is not good for a change that another site asks for', async () => {
      await problem(await logIn({ token: `${token}x` }), 401)
      await problem(await logIn({ token }, { origin: 'http://evil.example' }), 403)
      const login = await logIn({ token }, { origin: new URL(api.base).origin })
      expect([login.status, await login.text()]).toEqual([204, ''])
      const [session = '', ...attributes] = (login.headers.get('set-cookie') as string).split('; ')
      expect(attributes).toEqual(
        expect.arrayContaining([`Path=${new URL(api.base).pathname}`, 'HttpOnly', 'SameSite=Strict']),
      )
      expect(session).not.toContain(token)
      const cookie = `theme=dark; ${session}`
      expect((await fetch(`${api.base}/status`, { headers: { cookie } })).status).toBe(200)
      const patch = { method: 'PATCH', body: '{"cpu":{"watermark":44}}' }
      const foreign = { ...json, cookie, origin: 'http://evil.example' }
      await problem(await fetch(`${api.base}/thresholds`, { ...patch, headers: foreign }), 403)
      expect((await api.thresholds()).cpu?.watermark).toBe(80)
      const own = { ...json, cookie, origin: new URL(api.base).origin }
      expect((await fetch(`${api.base}/thresholds`, { ...patch, headers: own })).status).toBe(200)
      const logout = await fetch(`${api.base}/logout`, { method: 'POST', headers: { cookie } })
      expect(logout.headers.get('set-cookie')).toMatch(/^autodump_session=; .*Max-Age=0/)
    })
  })

  describe('with a token that somebody guesses', () => {
    const lines: string[] = []
    const note = (line: string) => void lines.push(line)
    const api = serveForAll(start, { logger: { ...onlyErrors, info: note, warn: note } })

    it('lets an address that has failed too often wait, and says who it was', async () => {
      const tries = await Promise.all(
        Array.from({ length: 105 }, () => fetch(`${api.base}/status`, { headers: { authorization: 'Bearer wrong' } })),
      )
      const statuses = tries.map(({ status }) => status)
      expect(new Set(statuses)).toEqual(new Set([401, 429]))
      expect(statuses.filter(status => status === 401).length).toBeGreaterThanOrEqual(100)
      const refused = await api.json('POST', '/trigger', {})
      await problem(refused, 429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(lines.filter(line => /wrong token.*127\.0\.0\.1/.test(line))).not.toEqual([])
    })
  })

  describe('what changes something', () => {
    const lines: string[] = []
    const api = serveForAll(start, { logger: { ...onlyErrors, info: line => void lines.push(line) } })

    it('is in the log, with who and with what result', async () => {
      const { id } = await api.dump()
      await api.json('PATCH', '/thresholds', { cpu: { watermark: 33 } })
      await api.call(`/dumps/${id}`, { method: 'DELETE' })
      const audit = lines.filter(line => line.includes('audit:'))
      expect(audit).toEqual([
        expect.stringMatching(
          /capture by (::ffff:)?127\.0\.0\.1 \(bearer\): POST .*\/trigger \{"capture":\["requests"\]\}: 201 /,
        ),
        expect.stringMatching(/configure by .*: PATCH .*\/thresholds \{"cpu":\{"watermark":33\}\}: 200$/),
        expect.stringMatching(/delete by .*: DELETE .*: 204$/),
      ])
      expect(audit.join()).not.toContain(token)
    })
  })

  describe('with authorize', () => {
    const asked: [Action, string, string | null][] = []
    let refused: Action | undefined
    let fails = false
    const authorize = async (request: Request, action: Action) => {
      asked.push([action, request.method, request.headers.get('x-user')])
      if (fails) throw new Error('the directory is down')
      return action !== refused
    }
    const api = serveForAll(start, { auth: { authorize } })

    it.each(['read', 'download', 'capture', 'configure', 'delete'] as const)(
      'refuses what it calls %s with 403 and without effect, and allows the rest',
      async action => {
        refused = undefined
        const { id } = await api.dump()
        const before = [await api.dumps(), await api.thresholds()]
        refused = action
        for (const request of requests.filter(([, , does]) => does === action)) {
          asked.length = 0
          await problem(await send(api.base, id, request, { 'x-user': 'ann' }), 403)
          expect(asked).toEqual([[action, request[0], 'ann']])
        }
        const other = action === 'read' ? `/dumps/${id}/requests.json` : '/status'
        expect((await fetch(api.base + other)).status).toBe(200)
        refused = undefined
        expect([await api.dumps(), await api.thresholds()]).toEqual(before)
      },
    )

    it('refuses when it throws, and does not say why', async () => {
      fails = true
      const response = await fetch(`${api.base}/status`)
      fails = false
      expect((await problem(response, 403)).detail).not.toContain('directory')
    })
  })

  describe('without auth', () => {
    const logged: string[] = []
    const logger = { ...onlyErrors, info: (line: string) => void logged.push(line) }
    const api = serveForAll(start, { auth: undefined, logger })

    it('makes a random token and logs it once', async () => {
      await problem(await fetch(`${api.base}/status`), 401)
      const lines = logged.filter(line => line.includes('token'))
      expect(lines).toHaveLength(1)
      const made = /\bis (\S{32,})$/.exec(lines[0] as string)?.[1]
      const response = await fetch(`${api.base}/status`, { headers: { authorization: `Bearer ${made}` } })
      expect(response.status).toBe(200)
    })
  })

  describe('with auth: false', () => {
    const api = serveForAll(start, { auth: false })

    it('asks nobody, but still lets no other site change anything', async () => {
      expect((await fetch(`${api.base}/status`)).status).toBe(200)
      const headers = { ...json, 'sec-fetch-site': 'cross-site' }
      await problem(await fetch(`${api.base}/trigger`, { method: 'POST', body: '{}', headers }), 403)
      expect(await api.dumps()).toEqual([])
    })
  })
}
