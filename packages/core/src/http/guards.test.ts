import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import type { BucketCalls } from '../model/bucket-calls.js'
import { askAdmin, base, jsonRequest, problem, request } from '../testing/ask-admin.js'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { routes } from './routes.js'

describe('paths', () => {
  const { ask } = askAdmin()

  it.each([
    '/nothing',
    '/dumps/',
    '/dumps/x',
    '/dumps/x/y',
    '/dumps/x/y/z',
    '//status',
    '/status/',
    '/Status',
    '/dumps/..%2f..%2fetc%2fpasswd',
    '/dumps/a%00b',
    '/dumps/..%5c..',
    '/dumps/%252e%252e%252f',
    '/dumps/x/..%2fmanifest.json',
    '/../../etc/passwd',
    'x',
  ])('%j is not found', async path => {
    expect((await problem(await ask(path))).status).toBe(404)
  })

  it('with an invalid percent-encoding are refused', async () => {
    expect((await problem(await ask('/dumps/%zz'))).status).toBe(400)
    expect((await problem(await ask('/dumps/%c0%af'))).status).toBe(400)
  })

  it('are decoded once', async () => {
    const { ask, monitor } = askAdmin()
    await ask('/dumps/%2561', { method: 'DELETE' })
    expect(monitor.asked).toEqual([['remove', '%61']])
  })

  it('may be at the root', async () => {
    for (const prefix of ['', '/']) {
      const { handler } = askAdmin({ prefix })
      const get = (path: string) => handler(new Request(`http://localhost${path}`, { headers: request('').headers }))
      expect((await get('/')).status).toBe(200)
      expect((await get('/status')).status).toBe(200)
      expect(handler.prefix).toBe('')
    }
  })

  it('are below the path that we are mounted at, links included', async () => {
    const { handler } = askAdmin()
    const ask = (path: string, init: RequestInit = {}, mountedAt = '/ops') =>
      handler(new Request(`http://localhost${path}`, request('', init)), { mountedAt })
    expect((await ask('/ops/debug/autodump/status')).status).toBe(200)
    expect((await ask('/debug/autodump/status')).status).toBe(404)
    expect((await ask('/tools/debug/autodump/status', {}, '/tools')).status).toBe(200)
    const made = await ask('/ops/debug/autodump/trigger', { method: 'POST' })
    expect(made.headers.get('location')).toMatch(/^\/ops\/debug\/autodump\/dumps\//)
    const { paths } = (await (await ask('/ops/debug/autodump/openapi.json')).json()) as { paths: object }
    expect(Object.keys(paths)).toContain('/ops/debug/autodump/trigger')
  })

  it('have no slash at their end', async () => {
    expect((await ask('/')).status).toBe(404)
    expect((await ask('//')).status).toBe(404)
    expect((await ask('/dumps/')).status).toBe(404)
    expect((await ask('/status/')).status).toBe(404)
  })
})

describe('methods', () => {
  const { ask } = askAdmin()

  it.each([
    ['GET', '/trigger', 'POST'],
    ['POST', '', 'GET, HEAD'],
    ['PUT', '/thresholds', 'GET, HEAD, PATCH'],
    ['POST', '/dumps/x', 'GET, HEAD, DELETE'],
    ['OPTIONS', '/status', 'GET, HEAD'],
    ['HEAD', '/trigger', 'POST'],
  ])('%s %s: only %s', async (method, path, allow) => {
    const response = await ask(path, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
  })

  it('HEAD answers as GET does, without the body', async () => {
    const bucket: BucketCalls = { shares: async () => [], replay: () => Promise.reject(new Error('not asked')) }
    const { ask } = askAdmin({}, Object.assign(createFakeMonitor(), { bucket }))
    for (const { path } of routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'))) {
      const [get, head] = await Promise.all([
        ask(path.replace(/^\/$/, '')),
        ask(path.replace(/^\/$/, ''), { method: 'HEAD' }),
      ])
      expect(head.status).toBe(200)
      expect(head.body).toBeNull()
      expect([...head.headers]).toEqual([...get.headers])
      await get.body?.cancel()
    }
  })
})

describe('every answer', () => {
  it('has the security headers', async () => {
    const { handler, ask } = askAdmin()
    for (const response of [
      await handler(new Request(base)),
      await ask(''),
      await ask('/nothing'),
      await ask('/metrics'),
    ]) {
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/)
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('to an unexpected failure is a 500 that tells nothing, and logged once', async () => {
    const lines: string[] = []
    const logger = { info: () => {}, warn: () => {}, error: (line: string) => lines.push(line) }
    const monitor = createFakeMonitor()
    monitor.list = () => Promise.reject(new TypeError('secret /etc/path'))
    const { ask } = askAdmin({ logger }, monitor)
    const body = await problem(await ask(''))
    expect(body.status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('secret')
    expect((await ask('')).status).toBe(500)
    expect(lines).toEqual([expect.stringContaining('secret /etc/path')])
  })

  it('comes also when the logger throws', async () => {
    const monitor = createFakeMonitor()
    monitor.status = () => {
      throw new Error('broken')
    }
    const error = () => {
      throw new Error('the log is full')
    }
    const { ask } = askAdmin({ logger: { info: () => {}, warn: () => {}, error } }, monitor)
    expect((await ask('/status')).status).toBe(500)
  })
})

describe('query parameters', () => {
  it('that are wrong are listed, each of them', async () => {
    const { ask, monitor } = askAdmin()
    const { status, errors } = await problem(await ask('?limit=0&rule=nope&metric=a-b&cursor=&colour=red&x=1&x=2'))
    expect(status).toBe(400)
    const fields = (errors as { field: string }[]).map(({ field }) => field)
    expect(new Set(fields)).toEqual(new Set(['limit', 'rule', 'metric', 'cursor', 'colour', 'x']))
    expect(monitor.asked).toEqual([])
  })

  it.each(['limit=abc', 'limit=1.5', 'limit=1e2', 'limit=', 'limit=1001', 'limit=1&limit=2', '__proto__=1'])(
    '%j is refused',
    async query => {
      expect((await problem(await askAdmin().ask(`?${query}`))).status).toBe(400)
    },
  )

  it('are refused where there are none', async () => {
    expect((await problem(await askAdmin().ask('/status?verbose=1'))).status).toBe(400)
  })
})

describe('bodies', () => {
  const patch = (body: string, headers = {}) => {
    const { handler, monitor } = askAdmin()
    return { response: handler(jsonRequest('PATCH', '/thresholds', body, headers)), monitor }
  }

  it.each([
    ['{', 400],
    ['', 400],
    ['nonsense', 400],
    ['{"__proto__":{"polluted":1}}', 400],
    ['{"cpu":{"__proto__":{"polluted":1}}}', 400],
    ['{"constructor":{"prototype":{"polluted":1}}}', 400],
    [`{"cpu":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 400],
    [JSON.stringify({ pad: 'x'.repeat(70_000) }), 413],
  ])('%.40j gives %i and changes nothing', async (body, expected) => {
    const { response, monitor } = patch(body)
    expect((await problem(await response)).status).toBe(expected)
    expect(monitor.asked).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it.each([
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json-seq' },
    { 'content-type': '' },
    { 'content-encoding': 'gzip' },
  ])('with %j are of an unsupported type', async headers => {
    const { response, monitor } = patch('{"cpu":{"spike":5}}', headers)
    expect((await problem(await response)).status).toBe(415)
    expect(monitor.asked).toEqual([])
  })

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/merge-patch+json'])(
    'of type %j are read',
    async type => {
      expect((await patch('{"cpu":{"spike":5}}', { 'content-type': type }).response).status).toBe(200)
    },
  )

  it('that are not UTF-8 are refused', async () => {
    const body = Buffer.from('{"cpu":{"spike":5},"\xff":1}', 'latin1')
    const { handler } = askAdmin()
    const headers = { 'content-type': 'application/json' }
    expect((await problem(await handler(request('/thresholds', { method: 'PATCH', body, headers })))).status).toBe(400)
  })

  it('without a length are read to the limit and no further', async () => {
    let pulled = 0
    let cancelled = false
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(8192))
      },
      cancel() {
        cancelled = true
      },
    })
    const headers = { 'content-type': 'application/json' }
    const { handler } = askAdmin()
    const init = { method: 'PATCH', body, headers, duplex: 'half' } as RequestInit
    expect((await problem(await handler(request('/thresholds', init)))).status).toBe(413)
    expect(cancelled).toBe(true)
    expect(pulled).toBeLessThan(12)
  })

  it('that say they are too long are not read at all', async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('was read')) }, { highWaterMark: 0 })
    const headers = { 'content-type': 'application/json', 'content-length': '65537' }
    const { handler } = askAdmin()
    const init = { method: 'PATCH', body, headers, duplex: 'half' } as RequestInit
    expect((await problem(await handler(request('/thresholds', init)))).status).toBe(413)
  })

  it('that break off are the fault of the client', async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('reset')) })
    const lines: string[] = []
    const logger = { info: () => {}, warn: () => {}, error: (line: string) => lines.push(line) }
    const { handler } = askAdmin({ logger })
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'PATCH', body, headers, duplex: 'half' } as RequestInit
    expect((await problem(await handler(request('/thresholds', init)))).status).toBe(400)
    expect(lines).toEqual([])
  })
})

it.each([
  ['INVALID', 400, null],
  ['NOT_FOUND', 404, null],
  ['BUSY', 409, '3'],
  ['CONFLICT', 409, null],
  ['STALE', 412, null],
  ['LIMITED', 429, '3'],
  ['FAILED', 500, null],
  ['STOPPED', 503, '3'],
  ['NO_ROOM', 507, null],
] as const)('%s of the monitor is %i', async (code, status, retryAfter) => {
  const monitor = createFakeMonitor()
  monitor.list = () => Promise.reject(new AutodumpError(code, 'because', { retryAfter: 2001 }))
  const response = await askAdmin({}, monitor).ask('')
  expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter])
  expect((await problem(response)).detail).toBe('because')
})
