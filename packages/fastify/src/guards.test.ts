// @module-tag full
import { PassThrough } from 'node:stream'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import autodump from './index.js'
import { silent, testOptions } from './testing/server.js'

type Guard = (app: FastifyInstance) => void

/** Each lets only requests with a name pass, and is written in another way that Fastify knows. */
const guards: [string, Guard][] = [
  [
    'onRequest',
    app =>
      app.addHook('onRequest', async ({ headers }, reply) => {
        if (!headers['x-user']) return reply.code(401).send('who are you?')
      }),
  ],
  [
    'onRequest that calls back',
    app =>
      app.addHook('onRequest', ({ headers }, reply, done) => {
        if (headers['x-user']) done()
        else reply.code(401).send('who are you?')
      }),
  ],
  [
    'preParsing',
    app =>
      app.addHook('preParsing', (request, _reply, payload, done) => {
        if (request.headers['x-user']) done(null, payload)
        else done(Object.assign(new Error('who are you?'), { statusCode: 401 }))
      }),
  ],
  [
    'preValidation',
    app =>
      app.addHook('preValidation', async ({ headers }) => {
        if (!headers['x-user']) throw Object.assign(new Error('who are you?'), { statusCode: 401 })
      }),
  ],
  [
    'preHandler that calls back',
    app =>
      app.addHook('preHandler', ({ headers }, reply, done) => {
        if (headers['x-user']) done()
        else reply.code(401).send('who are you?')
      }),
  ],
  [
    'preHandler that an onRoute hook gives to each route',
    app =>
      app.addHook('onRoute', route => {
        route.preHandler = [
          async ({ headers }, reply) => {
            if (!headers['x-user']) return reply.code(401).send('who are you?')
          },
        ]
      }),
  ],
]

async function server(register: (app: FastifyInstance) => unknown) {
  const app = Fastify()
  onTestFinished(() => app.close())
  await register(app)
  app.get('/mine', async () => 'mine')
  return async (url: string, headers = {}) => (await app.inject({ url, headers })).statusCode
}

const admin = '/debug/autodump/status'

describe.each(guards)('a guard in %s', (_, guard) => {
  it('guards the admin routes where it was there first', async () => {
    const ask = await server(async app => {
      guard(app)
      await app.register(autodump, testOptions())
    })
    expect([await ask(admin), await ask(admin, { 'x-user': 'ann' })]).toEqual([401, 200])
    expect([await ask('/mine'), await ask('/mine', { 'x-user': 'ann' })]).toEqual([401, 200])
  })

  it('keeps nobody from them where it came later', async () => {
    const ask = await server(async app => {
      await app.register(autodump, testOptions())
      guard(app)
    })
    expect([await ask(admin), await ask(admin, { 'x-user': 'ann' })]).toEqual([200, 200])
    expect([await ask('/mine'), await ask('/mine', { 'x-user': 'ann' })]).toEqual([401, 200])
  })
})

describe('a hook of the root', () => {
  it('that came later and looks into bodies sees none of ours', async () => {
    const app = Fastify()
    onTestFinished(() => app.close())
    app.register(autodump, testOptions())
    app.addHook('preHandler', async request => {
      if (request.method !== 'GET') (request.body as { seenAt: number }).seenAt = Date.now()
    })
    const patched = await app.inject({
      method: 'PATCH',
      url: '/debug/autodump/thresholds',
      headers: { 'content-type': 'application/json' },
      payload: '{"cpu":{"watermark":51}}',
    })
    expect([patched.statusCode, patched.json().cpu.watermark]).toEqual([200, 51])
  })

  it.each([true, false])('that reads the body and hands on another does no harm (was first: %s)', async first => {
    const app = Fastify()
    onTestFinished(() => app.close())
    const reads = () =>
      app.addHook('preParsing', async (_request, _reply, payload) => {
        const copy = new PassThrough()
        for await (const chunk of payload) copy.write(chunk)
        return copy.end()
      })
    if (first) reads()
    app.register(autodump, testOptions())
    if (!first) reads()
    app.post('/mine', async ({ body }) => ({ body }))
    const send = async (method: 'PATCH' | 'POST', url: string, payload: string) =>
      app.inject({ method, url, payload, headers: { 'content-type': 'application/json' } })
    expect((await send('PATCH', '/debug/autodump/thresholds', '{"cpu":{"watermark":52}}')).json()).toMatchObject({
      cpu: { watermark: 52 },
    })
    expect((await send('PATCH', '/debug/autodump/thresholds', 'x'.repeat(70_000))).statusCode).toBe(413)
    expect((await send('POST', '/debug/autodump/trigger', '{"capture":["requests"]}')).statusCode).toBe(202)
    expect((await send('POST', '/mine', '{"a":1}')).json()).toEqual({ body: { a: 1 } })
  })
})

describe('auth: false', () => {
  async function warnings(auth: false | { token: string }, register: (app: FastifyInstance, plugin: Guard) => void) {
    const lines: string[] = []
    const app = Fastify()
    onTestFinished(() => app.close())
    const logger = { ...silent, warn: (line: string) => void lines.push(line) }
    register(app, to => void to.register(autodump, testOptions({ auth, logger })))
    await app.ready()
    return lines.filter(line => line.includes('does not guard'))
  }

  it.each(guards.filter(([name]) => !name.includes('onRoute')))(
    'says once that a later guard does not guard, in %s',
    async (_, guard) => {
      const lines = await warnings(false, (app, plugin) => {
        plugin(app)
        guard(app)
        app.addHook('onRequest', async () => {})
      })
      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain('auth is false, and 2 hooks')
    },
  )

  it('says it of a scope, too', async () => {
    const lines = await warnings(false, (app, plugin) => {
      app.register(async scope => plugin(scope), { prefix: '/internal' })
      app.addHook('onRequest', async () => {})
    })
    expect(lines).toHaveLength(1)
  })

  it('says nothing where no hook comes later, nor does any other auth', async () => {
    const guard = (app: FastifyInstance) => app.addHook('onRequest', async () => {})
    expect(await warnings(false, (app, plugin) => plugin(app))).toEqual([])
    expect(
      await warnings(false, (app, plugin) => {
        guard(app)
        plugin(app)
      }),
    ).toEqual([])
    expect(
      await warnings({ token: 't0ken' }, (app, plugin) => {
        plugin(app)
        guard(app)
      }),
    ).toEqual([])
  })
})
