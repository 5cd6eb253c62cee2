import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, pause, startServer } from '../support.js'

const interval = 200

async function dumpOf(dir: string, metric: string) {
  return eventually(`a dump of ${metric}`, async () =>
    (await manifestsIn(dir)).find(({ trigger }) => trigger.metric === metric),
  )
}

describe('a Fastify server with one register', () => {
  it('dumps a CPU spike, and the profile holds the hot function', async () => {
    const server = await startServer({ interval, cpuProfile: { duration: 1000 } })
    await server.warm()
    const load = autocannon({ url: `${server.base}/burn`, connections: 4, duration: 4 })
    const manifest = await dumpOf(server.dir, 'cpu')
    await load

    expect(manifest.state).toBe('complete')
    expect(['spike', 'watermark']).toContain(manifest.trigger.rule)
    expect(manifest.trigger.history.length).toBeGreaterThan(0)
    expect(manifest.summary.text).toContain('hotFunction')
    expect(manifest.summary.text).toMatch(/shop\.mjs:\d+/)
    const artifact = manifest.artifacts.find(({ kind }) => kind === 'cpu-profile')
    const profile = JSON.parse(await readFile(join(server.dir, manifest.id, artifact?.file as string), 'utf8'))
    const hot = profile.nodes.filter(
      (node: { callFrame: { functionName: string } }) => node.callFrame.functionName === 'hotFunction',
    )
    const ids = new Set(hot.map((node: { id: number }) => node.id))
    const samples = profile.samples.filter((id: number) => ids.has(id)).length
    expect(samples / profile.samples.length).toBeGreaterThan(0.3)
    expect((await stat(join(server.dir, manifest.id, artifact?.file as string))).mode & 0o777).toBe(0o600)

    // The same dump, served over HTTP.
    const served = await server.admin(`/dumps/${manifest.id}/${artifact?.file}`)
    expect(await served.json()).toEqual(profile)
    const { dumps } = (await (await server.admin('')).json()) as { dumps: { id: string }[] }
    expect(dumps.map(({ id }) => id)).toContain(manifest.id)
  })

  it('dumps a blocked event loop before the block ends', async () => {
    const server = await startServer({ interval })
    await server.warm()
    let answered = false
    const block = fetch(`${server.base}/block?ms=5000`).then(response => {
      answered = true
      return response.json()
    })
    const manifest = await eventually('a dump', async () => (await manifestsIn(server.dir))[0])
    expect(answered).toBe(false)
    expect(manifest.summary.text).toContain('endlessLoop')
    // The table of requests was read in mid-block, too.
    const requests = manifest.artifacts.find(({ kind }) => kind === 'requests')
    const table = JSON.parse(await readFile(join(server.dir, manifest.id, requests?.file as string), 'utf8'))
    expect(answered).toBe(false)
    expect(JSON.stringify(table)).toContain('/block')
    expect(JSON.stringify(table)).not.toContain('ms=5000')
    await block
  })

  it('dumps requests that pile up, and names their route', async () => {
    const server = await startServer({ interval, cpuProfile: { duration: 500 } })
    await server.warm()
    const abort = new AbortController()
    const stalled = Array.from({ length: 60 }, (_, id) =>
      fetch(`${server.base}/stall/${id}`, { signal: abort.signal }).catch(() => {}),
    )
    const manifest = await dumpOf(server.dir, 'inFlight')
    abort.abort()
    await Promise.all(stalled)
    expect(manifest.summary.text).toContain('/stall/:id')
    expect(manifest.summary.text).toContain('60')
    await eventually('none in flight', async () => (await server.status()).sample?.values.inFlight === 0)
  })

  it('behaves by a PATCH at once and without a restart', async () => {
    const server = await startServer({ interval, cpuProfile: { duration: 200 } })
    await server.warm()
    const patch = { rss: { min: 0, watermark: 0.001, capture: ['requests'] } }
    const response = await server.admin('/thresholds', { method: 'PATCH', body: JSON.stringify(patch) })
    expect(response.status).toBe(200)
    const manifest = await dumpOf(server.dir, 'rss')
    expect(manifest.trigger.rule).toBe('watermark')
    expect(manifest.artifacts.map(({ kind }) => kind)).toEqual(['requests'])
    // It has fired; the value has not fallen back: no second dump, and the reason says so.
    await expect
      .poll(async () => (await server.status()).metrics.rss?.rules.watermark.state, { timeout: 20_000 })
      .toMatch(/^(spent|cooling-down)$/)
    await pause(5 * interval)
    expect((await manifestsIn(server.dir)).length).toBe(1)
  })
})
