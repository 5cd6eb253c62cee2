import type { Action } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { token } from '../support.js'
import { problem, type Start, serveForAll, silent } from './harness.js'

const json = { 'content-type': 'application/json' }

/** One request for each route of the contract, and what it does. */
const requests: [method: string, path: string, action: Action, body?: string][] = [
  ['GET', '', 'read'],
  ['GET', '/dumps/ID', 'read'],
  ['GET', '/dumps/ID/requests.json', 'download'],
  ['DELETE', '/dumps/ID', 'delete'],
  ['POST', '/trigger', 'capture', '{"capture":["requests"]}'],
  ['GET', '/thresholds', 'read'],
  ['PATCH', '/thresholds', 'configure', '{"cpu":{"watermark":33}}'],
  ['GET', '/status', 'read'],
  ['GET', '/stream', 'read'],
  ['GET', '/metrics', 'read'],
  ['GET', '/openapi.json', 'read'],
]

const send = (base: string, id: string, [method, path, , body]: (typeof requests)[number], headers = {}) =>
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
        for (const authorization of [`Bearer ${token}x`, 'Bearer', `Basic ${btoa(`user:${token}`)}`, token])
          await problem(await send(api.base, id, request, { authorization }), 401)
        await problem(await send(api.base, id, request, { cookie: 'autodump_token=wrong' }), 401)
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

    it('takes the token from the cookie, but not for a change that another site asks for', async () => {
      const cookie = `theme=dark; autodump_token=${token}`
      expect((await fetch(`${api.base}/status`, { headers: { cookie } })).status).toBe(200)
      const patch = { method: 'PATCH', body: '{"cpu":{"watermark":44}}' }
      const foreign = { ...json, cookie, origin: 'http://evil.example' }
      await problem(await fetch(`${api.base}/thresholds`, { ...patch, headers: foreign }), 403)
      expect((await api.thresholds()).cpu?.watermark).toBe(80)
      const own = { ...json, cookie, origin: new URL(api.base).origin }
      expect((await fetch(`${api.base}/thresholds`, { ...patch, headers: own })).status).toBe(200)
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
    const logger = { ...silent, info: (line: string) => void logged.push(line) }
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
