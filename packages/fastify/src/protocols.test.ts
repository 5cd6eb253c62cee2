// @module-tag full
import { once } from 'node:events'
import { connect } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import { json } from 'node:stream/consumers'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cert, key } from '../../core/src/testing/certificate.js'
import autodump from './index.js'
import { inFlight, listen, running, testOptions } from './testing/server.js'

const prefix = '/debug/autodump'

async function serve(app: FastifyInstance): Promise<number> {
  await app.register(autodump, testOptions({ auth: { token: 't0ken' } }))
  app.get('/wait/:id', () => new Promise(() => {}))
  const port = await listen(app)
  await running(app)
  return port
}

async function askHttps(port: number, path: string, headers = { authorization: 'Bearer t0ken' }) {
  const request = httpsRequest({ port, path, headers, rejectUnauthorized: false, agent: false }).end()
  const [response] = await once(request, 'response')
  return { status: response.statusCode, body: (await json(response)) as Record<string, unknown> }
}

function http2Client(url: string) {
  const session = connect(url, { rejectUnauthorized: false })
  session.on('error', () => {})
  onTestFinished(() => session.destroy())
  const open = (path: string, headers: Record<string, string> = {}, body?: string) => {
    const stream = session.request({ ':path': path, authorization: 'Bearer t0ken', ...headers })
    stream.on('error', () => {})
    stream.end(body)
    return stream
  }
  return {
    session,
    open,
    async ask(path: string, headers = {}, body?: string) {
      const stream = open(path, headers, body)
      const [head] = await once(stream, 'response')
      return { status: head[':status'], headers: head, body: (await json(stream)) as Record<string, unknown> }
    },
  }
}

describe('the admin routes and the count of requests', () => {
  it('work over HTTPS', async () => {
    const app = Fastify({ https: { key, cert } }) as unknown as FastifyInstance
    const port = await serve(app)
    expect(await askHttps(port, `${prefix}/status`, { authorization: 'Bearer no' })).toMatchObject({ status: 401 })
    expect(await askHttps(port, `${prefix}/status`)).toMatchObject({ status: 200, body: { state: 'running' } })
    const waits = httpsRequest({ port, path: '/wait/1', rejectUnauthorized: false, agent: false }).end()
    waits.on('error', () => {})
    await inFlight(app, 1)
    waits.destroy()
    await inFlight(app, 0)
  })

  it.each([
    ['in cleartext', {}, 'http'],
    ['by TLS', { https: { key, cert } }, 'https'],
    ['by TLS, with HTTP/1 allowed', { https: { key, cert, allowHTTP1: true } }, 'https'],
  ])('work over HTTP/2 %s', async (_, options, scheme) => {
    const app = Fastify({ http2: true, ...options } as never) as unknown as FastifyInstance
    const port = await serve(app)
    const client = http2Client(`${scheme}://127.0.0.1:${port}`)
    expect(await client.ask(`${prefix}/status`, { authorization: 'Bearer no' })).toMatchObject({ status: 401 })
    expect(await client.ask(prefix)).toMatchObject({ status: 200, body: { dumps: [] } })

    const post = { ':method': 'POST', 'content-type': 'application/json' }
    const patch = { ...post, ':method': 'PATCH' }
    expect(await client.ask(`${prefix}/thresholds`, patch, '{"cpu":{"watermark":51}}')).toMatchObject({
      status: 200,
      body: { cpu: { watermark: 51 } },
    })

    expect(await client.ask(`${prefix}/thresholds`, patch, 'x'.repeat(100_000))).toMatchObject({ status: 413 })

    const waits = [client.open('/wait/1'), client.open('/wait/2')]
    const events = client.open(`${prefix}/stream`)
    await once(events, 'response')
    await inFlight(app, 2)
    const made = await client.ask(`${prefix}/trigger?wait=true`, post, '{"capture":["requests"]}')
    expect(made.status).toBe(201)
    const table = await client.ask(`${prefix}/dumps/${made.body.id}/requests.json`)
    expect(table.body).toMatchObject({ total: 2, groups: [{ method: 'GET', route: '/wait/:id', count: 2 }] })
    for (const stream of waits) stream.close()
    await inFlight(app, 0)
    events.close()
  })
})
