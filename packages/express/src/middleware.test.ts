import { once } from 'node:events'
import { AutodumpError } from '@autodump/core'
import type { ErrorRequestHandler } from 'express'
import { describe, expect, it, vi } from 'vitest'
import { inFlight, inState, serveApp, silent, testOptions } from '../../core/src/testing/served-app.js'
import { autodump } from './index.js'
import { versions } from './testing/express.js'

describe.each(versions)('under %s', (_, express) => {
  it('begins at once, stops with the server, and begins again with the next one', async () => {
    const app = express()
    const middleware = autodump(testOptions())
    app.use(middleware)
    await inState(middleware.monitor, 'running')
    for (let round = 0; round < 2; round++) {
      const { server, ask } = await serveApp(app)
      expect((await ask('/debug/autodump')).status).toBe(200)
      await inState(middleware.monitor, 'running')
      server.close()
      server.closeAllConnections()
      await inState(middleware.monitor, 'stopped')
    }
  })

  it('lets the server close while somebody reads our stream', async () => {
    const app = express()
    app.use(autodump(testOptions()))
    const { server, ask } = await serveApp(app)
    const stream = await ask('/debug/autodump/stream')
    const closed = once(server, 'close')
    server.close()
    expect(await stream.text()).toContain('event: status')
    await closed
  })

  it('refuses options that are not valid, and lists each', () => {
    const wrong = { interval: -1, nonsense: true } as never
    expect(() => autodump(wrong)).toThrow(AutodumpError)
    expect(() => autodump(wrong)).toThrow(/interval.*nonsense|nonsense.*interval/s)
  })

  it('leaves the application what is not ours, once', async () => {
    const app = express()
    const next = vi.fn()
    app.use(autodump(testOptions()))
    app.use((_req, _res, go) => {
      next()
      go()
    })
    app.get('/debug/autodumped', (_req, res) => void res.send('mine'))
    app.get('/throw', () => {
      throw new Error('on purpose')
    })
    const failed: ErrorRequestHandler = (error, _req, res, _next) => void res.status(418).send(error.message)
    app.use(failed)
    const { ask } = await serveApp(app)
    const mine = await ask('/debug/autodumped')
    expect([await mine.text(), mine.headers.get('x-powered-by')]).toEqual(['mine', 'Express'])
    expect((await ask('/throw')).status).toBe(418)
    expect((await ask('/nowhere')).status).toBe(404)
    expect(next).toHaveBeenCalledTimes(3)
  })

  it('answers for all below the prefix, and lets no error out to the application', async () => {
    const app = express()
    const reached = vi.fn()
    app.use(autodump(testOptions()))
    app.use(reached)
    const failed: ErrorRequestHandler = (_error, _req, res, _next) => {
      reached()
      res.end()
    }
    app.use(failed)
    const { ask, send } = await serveApp(app)
    for (const [method, path, body, status] of [
      ['PATCH', '/thresholds', '{', 400],
      ['POST', '/nothing', '{}', 404],
      ['PUT', '/status', '{}', 405],
    ] as const) {
      const response = await send(method, `/debug/autodump${path}`, body)
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
      expect(response.headers.get('x-powered-by')).toBeNull()
    }
    expect((await ask('/debug/autodump/status', { method: 'HEAD' })).status).toBe(200)
    expect(reached).not.toHaveBeenCalled()
  })

  it('counts each request that waits and none of ours, whatever becomes of them', async () => {
    const app = express()
    const { monitor } = ops(express, app)
    app.get('/wait', () => {})
    app.get('/last', (_req, res) => void setTimeout(() => res.end(), 50))
    const { ask } = await serveApp(app)
    const ours = new AbortController()
    await Promise.all([1, 2, 3].map(() => ask('/ops/debug/autodump/stream', { signal: ours.signal })))
    const some = new AbortController()
    const others = new AbortController()
    const waiting = [some, some, some, others, others].map(({ signal }) => ask('/wait', { signal }).catch(() => {}))
    await inFlight(monitor, 5)
    some.abort()
    await inFlight(monitor, 2)
    expect((await ask('/last')).status).toBe(200)
    others.abort()
    await Promise.all(waiting)
    await inFlight(monitor, 0)
    ours.abort()
  })

  it('says so where a server has it twice, and both work', async () => {
    const warned: string[] = []
    const logger = { ...silent, warn: (line: string) => void warned.push(line) }
    const app = express()
    app.use(autodump(testOptions({ logger })))
    app.use(autodump(testOptions({ logger, prefix: '/second' })))
    const { ask } = await serveApp(app)
    for (const path of ['/debug/autodump', '/second', '/second']) expect((await ask(path)).status).toBe(200)
    expect(warned.filter(line => line.includes('twice'))).toHaveLength(1)
  })

  it('tells `authorize` the address that the application trusts', async () => {
    const seen: unknown[] = []
    const app = express()
    app.set('trust proxy', 1)
    app.use(autodump(testOptions({ auth: { authorize: (_request, _action, client) => !!seen.push(client) } })))
    const { ask } = await serveApp(app)
    await ask('/debug/autodump', { headers: { 'x-forwarded-for': '192.0.2.1, 198.51.100.7' } })
    app.set('trust proxy', false)
    await ask('/debug/autodump', { headers: { 'x-forwarded-for': '192.0.2.1' } })
    expect(seen).toEqual([{ remoteAddress: '198.51.100.7' }, { remoteAddress: '127.0.0.1' }])
  })
})

/** Mounted under a path, as apps do that keep such things together. */
function ops(express: (typeof versions)[0][1], app: ReturnType<(typeof versions)[0][1]>) {
  const router = express.Router()
  const middleware = autodump(testOptions())
  router.use(middleware)
  app.use('/ops', router)
  return middleware
}
