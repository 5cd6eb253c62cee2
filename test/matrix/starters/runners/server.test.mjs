// Run by Jest and by Vitest: tests that start servers which have autodump in them, as people do.
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { autodump as ofExpress } from '@autodump/express'
import ofFastify from '@autodump/fastify'
import express from 'express'
import Fastify from 'fastify'

const logger = { info() {}, warn() {}, error() {} }
const options = () => ({ dir: mkdtempSync(join(tmpdir(), 'autodump-runner-')), auth: false, logger })

async function dumps(monitor) {
  const { state, artifacts } = await monitor.trigger({ duration: 200 })
  expect([state, ...artifacts.map(({ kind }) => kind)]).toEqual(
    expect.arrayContaining(['complete', 'cpu-profile', 'requests']),
  )
  // In a worker thread, as of Vitest's pool of threads, there is no main thread to look at from another.
  expect(monitor.status().thread.mode).toBe(isMainThread ? 'monitor-thread' : 'app-thread')
  expect(monitor.status().errors).toEqual([])
}

test('express', async () => {
  const app = express()
  const middleware = ofExpress(options())
  app.use(middleware)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await fetch(`http://127.0.0.1:${server.address().port}/`)
  await dumps(middleware.monitor)
  await new Promise(resolve => server.close(resolve))
}, 60_000)

test('fastify', async () => {
  const app = Fastify()
  await app.register(ofFastify, options())
  await app.listen({ port: 0, host: '127.0.0.1' })
  await dumps(app.autodump)
  await app.close()
}, 60_000)
