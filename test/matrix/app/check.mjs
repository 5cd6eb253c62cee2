// A server with autodump in it, from start to end: what it dumps when it is asked to over HTTP, and that nothing is left.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { noRules } from './no-rules.mjs'

const token = 'let-me-in'
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

/** Each starts a server and says how to reach and to close it. */
const start = {
  async fastify({ default: plugin }, framework, options) {
    const app = framework()
    await app.register(plugin, options)
    await app.listen({ port: 0, host: '127.0.0.1' })
    return { server: app.server, monitor: app.autodump, close: () => app.close() }
  },
  express: ({ autodump }, framework, options) => use(framework(), autodump(options)),
  koa: ({ autodump }, Koa, options) => use(new Koa(), autodump(options)),
}

async function use(app, middleware) {
  app.use(middleware)
  const server = await new Promise(resolve => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  return { server, monitor: middleware.monitor, close: () => new Promise(resolve => server.close(resolve)) }
}

/** Blocks the event loop for 1.2 s of its own CPU time: on a busy machine a second may hold little work. */
function exportInvoices() {
  const end = process.cpuUsage().user + 1.2e6
  let sum = 0
  while (process.cpuUsage().user < end) for (let i = 0; i < 1e6; i++) sum += Math.sqrt(i)
  return sum
}

let isFirst = true

/**
 * @param {'fastify' | 'express' | 'koa'} name
 * @param {object} adapter `@autodump/<name>`, however it was loaded
 * @param {Function} framework
 * @param {string} engine the one that is to make CPU profiles
 */
export async function check(name, adapter, framework, engine) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-matrix-'))
  const complaints = []
  const complain = text => complaints.push(text)
  const logger = { info() {}, warn: complain, error: complain }
  try {
    const options = { dir, auth: { token }, logger, interval: 100, thresholds: noRules }
    const { server, monitor, close } = await start[name](adapter, framework, options)
    const admin = `http://127.0.0.1:${server.address().port}/debug/autodump`
    const ask = async (path, body) => {
      // A connection for each, so that none is left for the server to wait for when it closes.
      const asking = request(admin + path, { agent: false, headers, method: body ? 'POST' : 'GET' })
      asking.end(body && JSON.stringify(body))
      const [response] = await once(asking, 'response')
      const answer = await json(response)
      assert.ok(response.statusCode < 300, `${path}: ${response.statusCode} ${JSON.stringify(answer)}`)
      return answer
    }

    const { id } = await ask('/trigger?wait=true', { capture: ['cpu-profile', 'requests'], duration: 500 })
    const manifest = await ask(`/dumps/${id}`)
    assert.equal(manifest.state, 'complete')
    assert.equal(manifest.process.node, process.version)
    const { file } = manifest.artifacts.find(({ kind, phase }) => kind === 'cpu-profile' && phase === 'during')
    const profile = await ask(`/dumps/${id}/${file}`)
    assert.ok(profile.nodes.length > 1 && profile.samples.length > 0, 'the CPU profile is empty')
    assert.deepEqual(JSON.parse(readFileSync(join(dir, id, 'manifest.json'), 'utf8')), manifest)

    const status = await ask('/status')
    assert.equal(status.cpuProfiler, engine)
    assert.equal(status.recorder.engine, engine)
    assert.equal(status.thread.mode, 'monitor-thread')
    assert.deepEqual(status.errors, [])

    // It is over when anybody looks, in every image: only the recorder has seen it.
    // In the first round only: what V8 has optimised by the second may be seen as part of its caller.
    if (isFirst) {
      isFirst = false
      await new Promise(resolve => {
        setTimeout(exportInvoices)
        setTimeout(resolve, 1)
      })
      const { summary } = await ask('/trigger?wait=true', { capture: ['cpu-profile'], duration: 200 })
      assert.match(summary.text, /\b[Ii]n the [\d.]+ s before exportInvoices \(/)
    }

    await close()
    // Express and Koa do not wait for it; that the process then ends by itself is seen by whoever started it.
    await monitor.stop()
    assert.equal(monitor.status().state, 'stopped')
    assert.deepEqual(complaints, [])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
