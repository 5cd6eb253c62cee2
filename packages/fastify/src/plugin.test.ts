import { once } from 'node:events'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { AutodumpError } from '@autodump/core'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it, vi } from 'vitest'
import autodump from './index.js'
import { loggerOf } from './logger.js'
import { inFlight, listen, running, silent, stopped, testOptions } from './testing/server.js'

const json = { 'content-type': 'application/json' }

describe('the plugin', () => {
  it('starts with the server, stops with it, and is `app.autodump`', async () => {
    const app = Fastify()
    await app.register(autodump, testOptions({ labels: { service: 'shop' } }))
    expect(app.autodump.status().state).toBe('stopped')
    await app.ready()
    await running(app)
    expect(app.autodump.options.labels).toMatchObject({ service: 'shop' })
    await app.close()
    await stopped(app)
  })

  it('works without any option', async () => {
    const app = Fastify({ loggerInstance: quietLogger() })
    await app.register(autodump)
    await app.ready()
    expect(app.autodump.options.prefix).toBe('/debug/autodump')
    expect((await app.inject('/debug/autodump')).statusCode).toBe(401)
    await app.close()
  })

  it('is there for plugins that come after it, and for their children', async () => {
    const app = Fastify()
    await app.register(autodump, testOptions())
    let seen: unknown
    await app.register(async child => {
      seen = child.autodump
    })
    expect(seen).toBe(app.autodump)
    await app.close()
  })

  it('refuses options that are not valid, and lists each', async () => {
    const app = Fastify()
    const wrong = { interval: -1, nonsense: true, thresholds: { cpu: { watermark: 'high' } } } as never
    const error = await Promise.resolve(app.register(autodump, wrong)).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(AutodumpError)
    expect(error).toMatchObject({ code: 'INVALID' })
    expect((error as AutodumpError).errors.map(({ field }) => field).sort()).toEqual([
      'interval',
      'nonsense',
      'thresholds.cpu.watermark',
    ])
  })

  it.each([
    ['/ops/dump', '/ops/dump'],
    ['ops/dump/', '/ops/dump'],
  ])('mounts its routes at the prefix %s', async (prefix, at) => {
    const app = Fastify()
    await app.register(autodump, testOptions({ prefix }))
    expect((await app.inject(`${at}/status`)).statusCode).toBe(200)
    expect((await app.inject(at)).json()).toEqual({ dumps: [], total: 0 })
    expect((await app.inject('/debug/autodump')).statusCode).toBe(404)
    expect((await app.inject(`${at}x`)).json()).toMatchObject({ error: 'Not Found' })
    await app.close()
  })

  it('leaves alone what only begins like its prefix', async () => {
    const app = Fastify()
    await app.register(autodump, testOptions())
    app.get('/debug/autodumped', async () => 'mine')
    expect((await app.inject('/debug/autodumped')).body).toBe('mine')
    await app.close()
  })
})

describe('the application', () => {
  async function application(): Promise<{ app: FastifyInstance; ran: string[] }> {
    const ran: string[] = []
    const app = Fastify()
    app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => {
      ran.push('csv')
      done(null, (body as string).split(','))
    })
    app.setErrorHandler((error, _request, reply) => reply.code(418).send({ mine: (error as Error).message }))
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('mine'))
    await app.register(autodump, testOptions())
    app.addHook('preHandler', async request => void ran.push(request.url))
    app.post('/body', async ({ body }) => ({ body }))
    app.get('/throw', async () => {
      throw new Error('on purpose')
    })
    return { app, ran }
  }

  it('keeps its body parsers, hooks, error handler and 404', async () => {
    const { app, ran } = await application()
    const post = (type: string, payload: string) =>
      app.inject({ method: 'POST', url: '/body', payload, headers: { 'content-type': type } })
    expect((await post('application/json', '{"a":1}')).json()).toEqual({ body: { a: 1 } })
    expect((await post('text/plain', 'plain')).json()).toEqual({ body: 'plain' })
    expect((await post('text/csv', 'a,b')).json()).toEqual({ body: ['a', 'b'] })
    expect((await post('nonsense', 'x')).statusCode).toBe(418)
    expect((await app.inject('/throw')).json()).toEqual({ mine: 'on purpose' })
    expect((await app.inject('/nothing')).body).toBe('mine')
    expect(ran.filter(entry => entry === 'csv')).toHaveLength(1)
    await app.close()
  })

  it('has its guards before our routes, where they were there first', async () => {
    const app = Fastify()
    app.addHook('onRequest', async (request, reply) => {
      if (request.headers['x-vpn'] !== 'yes') return reply.code(403).send('not from here')
    })
    await app.register(autodump, testOptions())
    expect((await app.inject('/debug/autodump/status')).body).toBe('not from here')
    const inside = await app.inject({ url: '/debug/autodump/status', headers: { 'x-vpn': 'yes' } })
    expect(inside.statusCode).toBe(200)
    await app.close()
  })

  it('has no part in how we read bodies', async () => {
    const { app, ran } = await application()
    const port = await listen(app)
    const url = `http://127.0.0.1:${port}/debug/autodump/thresholds`
    const patch = (headers: Record<string, string>, body: string) => fetch(url, { method: 'PATCH', headers, body })
    expect((await patch(json, '{"cpu":{"watermark":51}}')).status).toBe(200)
    for (const type of ['text/csv', 'nonsense', 'text/plain; charset']) {
      const response = await patch({ 'content-type': type }, '{"cpu":{"watermark":52}}')
      expect([response.status, response.headers.get('content-type')]).toEqual([415, 'application/problem+json'])
    }
    expect(ran).not.toContain('csv')
    expect(app.autodump.thresholds().thresholds.cpu?.watermark).toBe(51)
  })

  it('is not counted busy with requests to us', async () => {
    const app = Fastify()
    await app.register(autodump, testOptions())
    app.get('/wait', () => new Promise(() => {}))
    const port = await listen(app)
    const base = `http://127.0.0.1:${port}`
    const abort = new AbortController()
    const streams = [1, 2, 3].map(() => fetch(`${base}/debug/autodump/stream`, { signal: abort.signal }))
    await Promise.all(streams)
    const waits = fetch(`${base}/wait`, { signal: abort.signal }).catch(() => {})
    await inFlight(app, 1)
    abort.abort()
    await waits
    await inFlight(app, 0)
  })

  it('closes at once while somebody reads our stream', async () => {
    const app = Fastify({ forceCloseConnections: false })
    await app.register(autodump, testOptions())
    const port = await listen(app)
    const request = get(`http://127.0.0.1:${port}/debug/autodump/stream`, { agent: false })
    const [response] = await once(request, 'response')
    const all = text(response)
    const began = performance.now()
    await app.close()
    expect(performance.now() - began).toBeLessThan(3000)
    expect(await all).toContain('event: status')
  })
})

describe('the logger', () => {
  it('is the one of Fastify', async () => {
    const lines: string[] = []
    const app = Fastify({ loggerInstance: quietLogger(lines) })
    await app.register(autodump, { ...testOptions({ auth: undefined }), logger: undefined })
    await app.ready()
    await running(app)
    await app.close()
    expect(lines.filter(line => line.includes('the token for /debug/autodump is'))).toHaveLength(1)
    expect(lines.some(line => /a sample every 20 ms.*CPU profiles by/.test(line))).toBe(true)
  })

  it('is the one of the options where there is one', async () => {
    const mine: string[] = []
    const app = Fastify({ loggerInstance: quietLogger() })
    await app.register(autodump, testOptions({ logger: { ...silent, info: line => void mine.push(line) } }))
    await app.ready()
    await vi.waitFor(() => expect(mine.length).toBeGreaterThan(0), 30_000)
    await app.close()
  })

  it('is standard error, by default of core, where Fastify has none: else nobody would learn the token', () => {
    expect(loggerOf(Fastify())).toBeUndefined()
    expect(loggerOf(Fastify({ logger: false }))).toBeUndefined()
  })

  it('stays silent where Fastify was told to be', () => {
    const app = Fastify({ logger: { level: 'silent' } })
    expect(loggerOf(app)).toBe(app.log)
  })
})

/** A logger of the shape of pino's that keeps its lines. */
function quietLogger(lines: string[] = []) {
  const log = (line: unknown) => void lines.push(String(line))
  const logger = { level: 'info', fatal: log, error: log, warn: log, info: log, debug: log, trace: log, silent: log }
  return { ...logger, child: () => quietLogger(lines) }
}
