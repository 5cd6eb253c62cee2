// @module-tag full
import Fastify, { type LightMyRequestChain } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import autodump from './index.js'
import { inFlight, running, testOptions } from './testing/server.js'

/** A server whose `/wait` answers when told to. */
async function server() {
  const waiting: (() => void)[] = []
  const app = Fastify()
  await app.register(autodump, testOptions())
  app.get('/wait', () => new Promise(resolve => waiting.push(() => resolve('done'))))
  app.post('/echo', async request => ({ body: request.body, header: request.headers['x-one'] }))
  app.get('/destroy', (_request, reply) => void reply.raw.destroy())
  app.get('/throw', async () => {
    throw new Error('on purpose')
  })
  onTestFinished(() => app.close())
  await app.ready()
  const answer = () => {
    for (const go of waiting.splice(0)) go()
  }
  return { app, waiting, answer }
}

describe('app.inject()', () => {
  it('is counted as a promise, until it is answered', async () => {
    const { app, answer } = await server()
    const responses = [app.inject('/wait'), app.inject({ method: 'GET', url: '/wait', query: { a: '1' } })]
    await inFlight(app, 2)
    answer()
    expect((await Promise.all(responses)).map(({ body }) => body)).toEqual(['done', 'done'])
    await inFlight(app, 0)
  })

  it('is counted with a callback', async () => {
    const { app, answer } = await server()
    const response = new Promise(resolve => {
      app.inject({ url: '/wait' }, (error, result) => resolve([error, result?.body]))
    })
    await inFlight(app, 1)
    answer()
    expect(await response).toEqual([null, 'done'])
    await inFlight(app, 0)
  })

  it('is counted as a chain, which can still be added to', async () => {
    const { app, answer } = await server()
    const response = app.inject().get('/wait').end()
    await inFlight(app, 1)
    answer()
    expect((await response).body).toBe('done')
    const chain = app.inject({ method: 'POST', url: '/echo' }) as unknown as LightMyRequestChain
    const echo = await chain.headers({ 'x-one': '1' }).body({ two: 2 })
    expect(echo.json()).toEqual({ header: '1', body: { two: 2 } })
    await inFlight(app, 0)
  })

  it('is not sent off before it is awaited, where that was asked for', async () => {
    const { app, waiting } = await server()
    const chain = app.inject({ url: '/wait', autoStart: false } as never)
    await new Promise(setImmediate)
    expect(waiting).toEqual([])
    void chain
    await inFlight(app, 0)
  })

  it('leaves nothing behind when the handler throws, the response is destroyed or the options are wrong', async () => {
    const { app } = await server()
    expect((await app.inject('/throw')).statusCode).toBe(500)
    expect((await app.inject('/nothing')).statusCode).toBe(404)
    await expect(app.inject('/destroy')).rejects.toThrow('destroyed')
    const failed = await new Promise<unknown>(resolve => void app.inject('/destroy', error => resolve(error)))
    expect(failed).toBeInstanceOf(Error)
    const wrong = { method: 'NONSENSE', url: '/wait' } as never
    await expect(async () => app.inject(wrong)).rejects.toThrow()
    expect(() => app.inject(wrong, () => {})).toThrow()
    await inFlight(app, 0)
  })

  it('is shown by its path, and counts no admin request', async () => {
    const { app, answer } = await server()
    const waits = app.inject('/wait?secret=hunter2')
    await inFlight(app, 1)
    const { artifacts, id } = await app.autodump.trigger({ capture: ['requests'] })
    const table = (await app.inject(`/debug/autodump/dumps/${id}/${artifacts[0]?.file}`)).json()
    expect(table).toMatchObject({ total: 1, requests: [{ url: '/wait', route: '/wait', protocol: 'inject' }] })
    answer()
    await waits
  })

  it('makes the server ready as ever, and refuses after it has closed as ever', async () => {
    const app = Fastify()
    await app.register(autodump, testOptions())
    app.get('/', async () => 'ready')
    expect((await app.inject('/')).body).toBe('ready')
    await running(app)
    await app.close()
    await expect(app.inject('/')).rejects.toThrow(/closed/)
    const error = await new Promise<unknown>(resolve => void app.inject('/', error => resolve(error)))
    expect(error).toBeInstanceOf(Error)
  })
})
