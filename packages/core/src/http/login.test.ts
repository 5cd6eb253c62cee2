import { describe, expect, it } from 'vitest'
import { askAdmin, base, problem } from '../testing/ask-admin.js'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { createSessions, sessionCookie } from './login-session.js'

const post = (path: string, body?: unknown, headers: Record<string, string> = {}, origin = 'http://localhost') =>
  new Request(`${origin}/debug/autodump${path}`, {
    method: 'POST',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...headers },
  })

const cookieOf = (response: Response) => response.headers.get('set-cookie') ?? ''

const status = async (response: Promise<Response>) => (await response).status

const day = 24 * 3600_000

describe('a login', () => {
  const { handler } = askAdmin()
  const read = (cookie: string) => status(handler(new Request(`${base}/status`, { headers: { cookie } })))

  it('gives a cookie for the token, that no script and no other site can use', async () => {
    const response = await handler(post('/login', { token: 't0ken' }))
    expect(response.status).toBe(204)
    const [pair = '', ...attributes] = cookieOf(response).split('; ')
    expect(attributes).toEqual(['Path=/debug/autodump', 'Max-Age=43200', 'HttpOnly', 'SameSite=Strict'])
    expect(pair).not.toContain('t0ken')
    expect(await read(pair)).toBe(200)
    expect(await read(`theme=dark; ${sessionCookie}=old; ${pair}`)).toBe(200)
  })

  it('is for the whole path where a framework has mounted the routes, and for HTTPS where that is used', async () => {
    const mounted = (path: string, headers = {}, origin = 'http://localhost') =>
      handler(post('/login', { token: 't0ken' }, headers, `${origin}${path}`), { mountedAt: path })
    expect(cookieOf(await mounted('/ops/a'))).toContain('; Path=/ops/a/debug/autodump; ')
    expect(cookieOf(await mounted('/ops/a;b/c'))).toContain('; Path=/ops; ')
    expect(cookieOf(await mounted('', {}, 'https://localhost'))).toMatch(/; Secure$/)
    expect(cookieOf(await mounted('', { origin: 'https://localhost' }))).toMatch(/; Secure$/)
    const atRoot = askAdmin({ prefix: '' })
    const response = await atRoot.handler(new Request('http://localhost/login', post('/login', { token: 't0ken' })))
    expect(cookieOf(response)).toContain('; Path=/; ')
  })

  it('is for the path where the browser sees us, which a proxy may have changed', async () => {
    const path = async (path: unknown) => cookieOf(await handler(post('/login', { token: 't0ken', path })))
    expect(await path('/ops/dumps/')).toContain('; Path=/ops/dumps; ')
    expect(await path('/')).toContain('; Path=/; ')
    for (const evil of [
      '',
      'x',
      '/a;Domain=evil.example',
      '/a\r\nset-cookie: x=1',
      '/a b',
      '/é',
      7,
      `/${'x'.repeat(1024)}`,
    ])
      expect(await path(evil), String(evil)).toBe('')
  })

  it.each([
    [{ token: 'wrong' }, 401],
    [{ token: '' }, 400],
    [{ token: 7 }, 400],
    [{ token: 'x'.repeat(5000) }, 400],
    [{ token: 't0ken', more: 1 }, 400],
    [{}, 400],
    ['nonsense', 400],
    [undefined, 400],
  ])('with %j is refused with %i, and repeats nothing of it', async (body, expected) => {
    const response = await handler(post('/login', body))
    expect(cookieOf(response)).toBe('')
    const { detail, errors = [] } = await problem(response)
    expect(response.status).toBe(expected)
    expect(detail + JSON.stringify(errors)).not.toMatch(/wrong"|t0ken|xxxx/)
  })

  it('is refused to another site, and by other methods', async () => {
    const foreign = { origin: 'http://evil.example' }
    expect(await status(handler(post('/login', { token: 't0ken' }, foreign)))).toBe(403)
    expect(await status(handler(new Request(`${base}/login`)))).toBe(401)
  })

  it('is not there where no token is', async () => {
    for (const auth of [false, { authorize: () => false }] as const) {
      const other = askAdmin({ auth })
      expect(await status(other.handler(post('/login', { token: 't0ken' })))).toBe(404)
    }
  })

  it('can be given back', async () => {
    const { begin } = createSessions('t0ken')
    const logout = (headers = {}) =>
      handler(post('/logout', undefined, { cookie: `${sessionCookie}=${begin()}`, ...headers }))
    expect(await status(logout({ origin: 'http://evil.example' }))).toBe(403)
    expect(await status(handler(post('/logout')))).toBe(401)
    const response = await logout()
    expect(response.status).toBe(204)
    expect(cookieOf(response)).toBe('autodump_session=; Path=/debug/autodump; Max-Age=0; HttpOnly; SameSite=Strict')
    const elsewhere = (path: unknown) => handler(post('/logout', { path }, { cookie: `${sessionCookie}=${begin()}` }))
    expect(cookieOf(await elsewhere('/ops/'))).toContain('=; Path=/ops; Max-Age=0;')
    expect((await problem(await elsewhere('/a;b'))).status).toBe(400)
  })
})

describe('a session', () => {
  it('ends after twelve hours, with the token, and with any change to it', () => {
    let now = 1e12
    const sessions = createSessions('t0ken', () => now)
    const value = sessions.begin()
    expect(sessions.isValid(value)).toBe(true)
    expect(createSessions('t0ken', () => now).isValid(value)).toBe(true)
    expect(createSessions('another', () => now).isValid(value)).toBe(false)
    for (let at = 0; at < value.length; at++) {
      const changed = value.slice(0, at) + (value[at] === '5' ? '6' : '5') + value.slice(at + 1)
      expect(sessions.isValid(changed), changed).toBe(false)
    }
    for (const other of ['', 't0ken', `${value}x`, value.slice(1), '..', `é${value}`])
      expect(sessions.isValid(other)).toBe(false)
    now += day / 2 + 1000
    expect(sessions.isValid(value)).toBe(false)
  })

  it('is no two times the same', () => {
    const { begin } = createSessions('t0ken', () => 0)
    expect(begin()).not.toBe(begin())
  })
})

describe('tries with a wrong token', () => {
  it('are limited for each address, on all ways together; a session is not', async () => {
    const warned: string[] = []
    const logger = { info: () => {}, warn: (line: string) => void warned.push(line), error: () => {} }
    const monitor = createFakeMonitor()
    const { handler } = askAdmin({ logger }, monitor)
    const from = (remoteAddress: string, request: Request) => handler(request, { remoteAddress })
    const bearer = (token: string) =>
      new Request(`${base}/trigger`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    const session = cookieOf(await handler(post('/login', { token: 't0ken' }))).split(';', 1)[0] as string

    for (let count = 0; count < 50; count++) {
      expect(await status(from('10.0.0.1', bearer('wrong')))).toBe(401)
      expect(await status(from('::ffff:10.0.0.1', post('/login', { token: 'wrong' })))).toBe(401)
    }
    for (const request of [bearer('wrong'), bearer('t0ken'), post('/login', { token: 't0ken' })]) {
      const refused = await from('10.0.0.1', request)
      await problem(refused)
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(monitor.asked).toEqual([])
    expect(warned).toEqual([expect.stringContaining('10.0.0.1')])
    const headers = { cookie: session }
    expect(await status(from('10.0.0.1', new Request(`${base}/status`, { headers })))).toBe(200)
    expect(await status(from('10.0.0.1', new Request(`${base}/status`)))).toBe(401)
    expect(await status(from('10.0.0.2', bearer('t0ken')))).toBe(202)
  })
})
