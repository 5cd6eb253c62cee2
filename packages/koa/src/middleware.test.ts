import { once } from 'node:events'
import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { AutodumpError } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { inFlight, inState, serveApp, silent, testOptions } from '../../core/src/testing/served-app.js'
import { autodump } from './index.js'
import { mount, versions } from './testing/koa.js'

describe.each(versions)('under %s', (_, Koa) => {
  it('begins at once, stops with the server, and begins again with the next one', async () => {
    const app = new Koa()
    const middleware = autodump(testOptions())
    app.use(middleware)
    await inState(middleware.monitor, 'running')
    for (let round = 0; round < 2; round++) {
      const { server, ask } = await serveApp(app.callback())
      expect((await ask('/debug/autodump')).status).toBe(200)
      await inState(middleware.monitor, 'running')
      server.close()
      server.closeAllConnections()
      await inState(middleware.monitor, 'stopped')
    }
  })

  it('lets the server close while somebody reads our stream', async () => {
    const app = new Koa()
    app.use(autodump(testOptions()))
    const { server, ask } = await serveApp(app.callback())
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

  it('leaves the application what is not ours, and keeps to itself what is', async () => {
    const errors: unknown[] = []
    const reached: string[] = []
    const app = new Koa()
    app.on('error', error => errors.push(error))
    app.use(async (ctx, next) => {
      await next()
      // A middleware that has its say after everybody else.
      ctx.set('x-late', 'yes')
      if (ctx.path.startsWith('/debug/autodump/')) ctx.body = 'overwritten'
    })
    app.use(autodump(testOptions()))
    app.use(async (ctx, next) => {
      reached.push(ctx.path)
      await next()
      if (ctx.path === '/debug/autodumped') ctx.body = 'mine'
    })
    const { ask, send } = await serveApp(app.callback())
    const mine = await ask('/debug/autodumped')
    expect([await mine.text(), mine.headers.get('x-late')]).toEqual(['mine', 'yes'])
    expect((await ask('/nowhere')).status).toBe(404)
    for (const [method, path, body, status] of [
      ['PATCH', '/thresholds', '{', 400],
      ['POST', '/nothing', '{}', 404],
      ['PUT', '/status', '{}', 405],
    ] as const) {
      const response = await send(method, `/debug/autodump${path}`, body)
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
      expect(await response.json()).toMatchObject({ status })
    }
    expect((await ask('/debug/autodump/status', { method: 'HEAD' })).status).toBe(200)
    expect(reached).toEqual(['/debug/autodumped', '/nowhere'])
    expect(errors).toEqual([])
  })

  it('counts each request that waits and none of ours, whatever becomes of them', async () => {
    const app = new Koa()
    app.silent = true
    const { monitor, use } = mounted()
    app.use(use)
    app.use(ctx => {
      if (ctx.path === '/wait') return new Promise(() => {})
      ctx.body = 'ok'
    })
    const { ask } = await serveApp(app.callback())
    const ours = new AbortController()
    await Promise.all([1, 2, 3].map(() => ask('/ops/debug/autodump/stream', { signal: ours.signal })))
    const some = new AbortController()
    const others = new AbortController()
    const waiting = [some, some, some, others, others].map(({ signal }) => ask('/wait', { signal }).catch(() => {}))
    await inFlight(monitor, 5)
    some.abort()
    await inFlight(monitor, 2)
    expect((await ask('/')).status).toBe(200)
    others.abort()
    await Promise.all(waiting)
    await inFlight(monitor, 0)
    ours.abort()
  })

  it('works over HTTP/2, and lets that server close too', async () => {
    const app = new Koa()
    const { monitor, use } = mounted()
    app.use(use)
    app.use(() => new Promise(() => {}))
    const server = createServer(app.callback()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const waits = session.request({ ':path': '/wait' })
    waits.on('error', () => {})
    await inFlight(monitor, 1)
    const stream = session.request({ ':path': '/ops/debug/autodump/stream' })
    const [head] = await once(stream, 'response')
    expect(head[':status']).toBe(200)
    const closed = once(server, 'close')
    server.close()
    expect(await text(stream)).toContain('event: status')
    session.destroy()
    await closed
    await inState(monitor, 'stopped')
  })

  it('says so where a server has it twice, and both work', async () => {
    const warned: string[] = []
    const logger = { ...silent, warn: (line: string) => void warned.push(line) }
    const app = new Koa()
    app.use(autodump(testOptions({ logger })))
    app.use(autodump(testOptions({ logger, prefix: '/second' })))
    const { ask } = await serveApp(app.callback())
    for (const path of ['/debug/autodump', '/second', '/second']) expect((await ask(path)).status).toBe(200)
    expect(warned.filter(line => line.includes('twice'))).toHaveLength(1)
  })

  it('tells `authorize` the address that the application trusts', async () => {
    const seen: unknown[] = []
    const app = new Koa({ proxy: true })
    app.use(autodump(testOptions({ auth: { authorize: (_request, _action, client) => !!seen.push(client) } })))
    const { ask } = await serveApp(app.callback())
    await ask('/debug/autodump', { headers: { 'x-forwarded-for': '192.0.2.1, 198.51.100.7' } })
    app.proxy = false
    await ask('/debug/autodump', { headers: { 'x-forwarded-for': '192.0.2.1' } })
    expect(seen).toEqual([{ remoteAddress: '192.0.2.1' }, { remoteAddress: '127.0.0.1' }])
  })
})

/** Mounted under a path, as apps do that keep such things together. */
function mounted() {
  const middleware = autodump(testOptions())
  return { monitor: middleware.monitor, use: mount('/ops', middleware) }
}
