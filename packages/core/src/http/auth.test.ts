import { describe, expect, it } from 'vitest'
import { askAdmin, base, problem, request } from '../testing/ask-admin.js'
import { createSessions } from './login-session.js'

const status = async (response: Promise<Response>) => (await response).status

describe('token', () => {
  const { handler } = askAdmin()
  const get = (headers: Record<string, string>) => handler(new Request(`${base}/status`, { headers }))

  it('is asked for with a challenge', async () => {
    const response = await get({})
    await problem(response)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="autodump"')
  })

  it.each([
    ['Bearer t0ken', 200],
    ['bearer   t0ken', 200],
    ['Bearer t0kex', 401],
    ['Bearer t0ken2', 401],
    ['Bearer ', 401],
    ['Bearer', 401],
    ['Basic t0ken', 401],
    ['t0ken', 401],
    ['Bearer t0ken t0ken', 401],
  ])('%j gives %i', async (authorization, expected) => {
    expect(await status(get({ authorization }))).toBe(expected)
  })

  it('is asked for before a route is looked for, and before a body is read', async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('was read')) }, { highWaterMark: 0 })
    const unknown = await handler(
      new Request(`${base}/nothing`, { method: 'POST', body, duplex: 'half' } as RequestInit),
    )
    expect(unknown.status).toBe(401)
    expect(await status(handler(new Request(`${base}/%zz`)))).toBe(401)
  })

  it('is random and logged once where none was chosen', async () => {
    const lines: string[] = []
    const logger = { info: (line: string) => lines.push(line), warn: () => {}, error: () => {} }
    const random = askAdmin({ auth: undefined, logger })
    const token = /is (\S{43})$/.exec(lines[0] ?? '')?.[1]
    expect(lines).toHaveLength(1)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(await status(random.ask('/status'))).toBe(401)
    expect(await status(random.ask('/status', { headers: { authorization: `Bearer ${token}` } }))).toBe(200)
    expect(askAdmin({ auth: undefined, token: 't0ken', logger }) && lines).toHaveLength(1)
  })

  it('must be one that can be sent', () => {
    for (const token of ['', 'a b', 'é'] as const) expect(() => askAdmin({ auth: { token } })).toThrow('auth.token')
    expect(() => askAdmin({ auth: {} as never })).toThrow('auth')
    expect(() => askAdmin({ auth: true as never })).toThrow('auth')
  })
})

describe('changes from another origin', () => {
  const send = (handler: (request: Request) => Promise<Response>, headers: Record<string, string>, method = 'POST') =>
    handler(new Request(`${base}/trigger`, { method, headers }))
  const cookie = `autodump_session=${createSessions('t0ken').begin()}`

  it.each([
    [{ cookie, 'sec-fetch-site': 'cross-site' }, 403],
    [{ cookie, 'sec-fetch-site': 'same-site' }, 403],
    [{ cookie, 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }, 403],
    [{ cookie, origin: 'http://evil.example' }, 403],
    [{ cookie, origin: 'http://localhost:81' }, 403],
    [{ cookie, origin: 'null' }, 403],
    [{ cookie, 'sec-fetch-site': 'same-origin' }, 202],
    [{ cookie, origin: 'http://localhost' }, 202],
    [{ cookie }, 202],
    [{ authorization: 'Bearer t0ken', origin: 'http://evil.example' }, 202],
  ])('%j gives %i', async (headers, expected) => {
    const { handler, monitor } = askAdmin()
    expect(await status(send(handler, headers))).toBe(expected)
    expect(monitor.asked).toHaveLength(expected === 202 ? 1 : 0)
  })

  it('are refused also where there is no token', async () => {
    for (const auth of [false, { authorize: () => true }] as const) {
      const { handler, monitor } = askAdmin({ auth })
      expect(await status(send(handler, { origin: 'http://evil.example' }))).toBe(403)
      expect(monitor.asked).toEqual([])
      expect(await status(send(handler, {}))).toBe(202)
    }
  })

  it('do not concern reading', async () => {
    const { handler } = askAdmin()
    const headers = { cookie, 'sec-fetch-site': 'cross-site' }
    expect(await status(handler(new Request(`${base}/status`, { headers })))).toBe(200)
  })
})

describe('authorize', () => {
  it('is told the address of the client, where that is known', async () => {
    const seen: unknown[] = []
    const { handler } = askAdmin({ auth: { authorize: (_request, _action, client) => !!seen.push(client) } })
    await handler(request('/status'), { remoteAddress: '192.0.2.7', mountedAt: '' })
    await handler(request('/status'))
    expect(seen).toEqual([{ remoteAddress: '192.0.2.7' }, {}])
  })

  it.each([
    ['GET', '', 'read'],
    ['HEAD', '/status', 'read'],
    ['GET', '/thresholds', 'read'],
    ['GET', '/metrics', 'read'],
    ['GET', '/dumps/x', 'read'],
    ['GET', '/dumps/x/y', 'download'],
    ['POST', '/trigger', 'capture'],
    ['PATCH', '/thresholds', 'configure'],
    ['DELETE', '/dumps/x', 'delete'],
    ['PUT', '/dumps/x/pin', 'configure'],
    ['DELETE', '/dumps/x/pin', 'configure'],
    ['GET', '/dumps/x/archive', 'download'],
    ['GET', '/session', 'read'],
  ])('%s %s is asked about as one action, and refused without an effect', async (method, path, action) => {
    const seen: unknown[] = []
    const { ask, monitor } = askAdmin({
      auth: { authorize: (request, what) => !seen.push([request.method, new URL(request.url).pathname, what]) },
    })
    const response = await ask(path, { method })
    expect(response.status).toBe(403)
    if (method !== 'HEAD') expect((await problem(response)).detail).toContain(action)
    expect(seen).toEqual([[method, `/debug/autodump${path}`, action]])
    expect(monitor.asked).toEqual([])
  })

  it('opens only for true', async () => {
    for (const value of [1, 'yes', {}, null, undefined, Promise.resolve(false)])
      expect(await status(askAdmin({ auth: { authorize: () => value as never } }).ask('/status'))).toBe(403)
    expect(await status(askAdmin({ auth: { authorize: async () => true } }).ask('/status'))).toBe(200)
  })

  it('refuses when it throws, and that is logged once', async () => {
    const lines: string[] = []
    const logger = { info: () => {}, warn: () => {}, error: (line: string) => lines.push(line) }
    const authorize = () => {
      throw new Error('no database')
    }
    const { ask } = askAdmin({ auth: { authorize }, logger })
    const response = await ask('/status')
    expect((await problem(response)).status).toBe(403)
    expect(await status(ask('/status'))).toBe(403)
    expect(lines).toEqual([expect.stringContaining('no database')])
  })

  it('is not asked about what does not exist', async () => {
    const authorize = () => expect.unreachable()
    const { ask } = askAdmin({ auth: { authorize } })
    expect(await status(ask('/nothing'))).toBe(404)
    expect(await status(ask('/trigger'))).toBe(405)
  })

  it('cannot use up the body', async () => {
    const { handler, monitor } = askAdmin({ auth: { authorize: async r => (await r.text()) === '' } })
    const headers = { 'content-type': 'application/json' }
    await handler(request('/trigger', { method: 'POST', body: '{"duration":50}', headers }))
    expect(monitor.asked).toEqual([['begin', { duration: 50 }]])
  })
})

it('the handler lets everybody in with auth: false', async () => {
  const { handler } = askAdmin({ auth: false })
  expect(await status(handler(new Request(base)))).toBe(200)
})
