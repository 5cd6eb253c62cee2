// @module-tag full
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { endlessStart, failingStart } from '../../core/src/testing/thread-files.js'
import autodump from './index.js'
import { running, silent, testOptions } from './testing/server.js'

async function server(options: Parameters<typeof testOptions>[0] = {}): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(autodump, testOptions(options))
  app.get('/', async () => 'ready')
  return app
}

const never = () => new Promise<void>(() => {})

describe('the application comes first', () => {
  it('is ready, answers and closes while the monitor thread does not come up', { timeout: 60_000 }, async () => {
    const app = await server({ monitorThread: endlessStart() })
    await app.ready()
    expect(app.autodump.status().state).toBe('starting')
    expect((await app.inject('/')).body).toBe('ready')
    expect((await app.inject('/debug/autodump/status')).json()).toMatchObject({ state: 'starting' })
    await app.close()
    await app.autodump.stop()
  })

  it('is ready where the monitor thread cannot be started, and `status` says why', { timeout: 60_000 }, async () => {
    const app = await server({ monitorThread: failingStart() })
    await app.ready()
    expect((await app.inject('/')).body).toBe('ready')
    await running(app)
    expect(app.autodump.status().thread.degraded).toContain('on purpose')
    await app.close()
  })

  it('is ready where the start is refused, and closes where the stop is, or never ends', async () => {
    const warned: string[] = []
    for (const stop of [never, () => Promise.reject(new Error('on purpose'))]) {
      const app = await server({ logger: { ...silent, warn: line => void warned.push(line) } })
      Object.assign(app.autodump, { start: () => Promise.reject(new Error('not today')), stop })
      await app.ready()
      expect((await app.inject('/')).body).toBe('ready')
      await app.close()
    }
    expect(warned.filter(line => line.includes('not today'))).toHaveLength(2)
  })

  it('gets a dump that it asks for as soon as it is ready', async () => {
    const app = await server()
    await app.ready()
    const byHand = app.autodump.trigger({ capture: ['requests'] })
    const byHttp = await app.inject({ method: 'GET', url: '/debug/autodump' })
    expect(byHttp.statusCode).toBe(200)
    expect(await byHand).toMatchObject({ state: 'complete' })
    await app.close()
  })
})
