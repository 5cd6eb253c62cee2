import { createMonitor, type Manifest, type Sample } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory } from '../support.js'

const trigger = (body: object) => ({ method: 'POST', body: JSON.stringify(body) })
const patch = (body: object) => ({ method: 'PATCH', body: JSON.stringify(body) })

describe('a rule', () => {
  it('is off with null, and works again with a number', async () => {
    const server = await startServer({
      interval: 50,
      thresholds: { ...noRules, rss: { min: 0, spike: null, watermark: null, capture: ['requests'] } },
    })
    const verdict = async () => (await server.status()).metrics.rss?.rules
    await eventually('a sample', async () => (await server.status()).sample)
    expect(await verdict()).toMatchObject({ spike: { state: 'off' }, watermark: { state: 'off' } })

    await server.admin('/thresholds', patch({ rss: { watermark: 0.001 } }))
    const [first] = await eventually('a dump', async () => {
      const found = await manifestsIn(server.dir)
      return found.length > 0 && found
    })
    expect(first?.trigger).toMatchObject({ metric: 'rss', rule: 'watermark', threshold: 0.001 })

    await server.admin('/thresholds', patch({ rss: { watermark: null, cooldown: 0 } }))
    await eventually('off', async () => (await verdict())?.watermark.state === 'off')
    expect(await manifestsIn(server.dir)).toHaveLength(1)
  })

  it('is not judged during a capture: a dump does not trigger a dump', async () => {
    const inFlight = { min: 0, watermark: 5, cooldown: 0 }
    const server = await startServer({ interval: 100, thresholds: noRules })
    const long = trigger({ capture: ['cpu-profile'], duration: 4000, reason: 'long' })
    expect((await server.admin('/trigger', long)).status).toBe(202)
    await server.admin('/thresholds', patch({ inFlight: { ...inFlight, enabled: true, capture: ['requests'] } }))
    const leave = new AbortController()
    for (let id = 0; id < 6; id++) fetch(`${server.base}/stall/${id}`, { signal: leave.signal }).catch(() => {})
    const sampled = () => server.status().then(({ sample }) => sample)
    await eventually('six in flight', async () => ((await sampled())?.values.inFlight ?? 0) >= 6)
    leave.abort()
    await eventually('none any more', async () => (await sampled())?.values.inFlight === 0)

    const [manifest] = await eventually('the dump', async () => {
      const found = await manifestsIn(server.dir)
      return found.length > 0 && found
    })
    const many = (manifest as Manifest).samples.filter(({ values }) => (values.inFlight ?? 0) >= 5)
    expect(many.length, 'the capture saw what would have fired').toBeGreaterThan(0)
    expect(many.every(({ capturing }) => capturing)).toBe(true)
    await eventually('judged again', async () => {
      const { state } = (await server.status()).metrics.inFlight?.rules.watermark ?? {}
      return state === 'quiet'
    })
    expect((await manifestsIn(server.dir)).map(({ trigger }) => trigger.reason)).toEqual(['long'])
  })

  it('judges a metric of the application, and dumps for it', async () => {
    let depth = 3
    const monitor = createMonitor({
      dir: temporaryDirectory(),
      interval: 50,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      metrics: { queueDepth: () => depth },
      thresholds: { ...noRules, queueDepth: { watermark: 100, hold: 2, capture: ['requests'] } },
    })
    onTestFinished(() => monitor.stop())
    const dumped = new Promise<Manifest>(resolve => monitor.on('dump', resolve))
    const sampled = new Promise<Sample>(resolve =>
      // What a program that is starting reads is no history.
      monitor.on('sample', sample => !sample.starting && sample.values.queueDepth === 3 && resolve(sample)),
    )
    await monitor.start()
    await sampled
    depth = 250
    const { id, trigger, summary, samples } = await dumped
    expect(id).toMatch(/-queueDepth-watermark$/)
    expect(trigger).toMatchObject({
      metric: 'queueDepth',
      rule: 'watermark',
      value: 250,
      threshold: 100,
      unit: 'value',
    })
    expect(trigger.history).toContain(3)
    expect(summary.text).toMatch(/^QueueDepth rose to 250 /)
    expect(samples.some(({ values }) => values.queueDepth === 250)).toBe(true)
  })
})

describe('limits.maxPerHour', () => {
  it('holds across a restart: a crash loop cannot fill the disk', async () => {
    const options = { dir: temporaryDirectory(), interval: 100, limits: { maxPerHour: 2 } }
    const first = await startServer(options)
    const dump = trigger({ capture: ['requests'] })
    expect((await first.admin('/trigger?wait=true', dump)).status).toBe(201)
    expect((await first.admin('/trigger?wait=true', dump)).status).toBe(201)
    first.child.kill('SIGKILL')
    await first.exit

    const second = await startServer(options)
    const refused = await second.admin('/trigger', dump)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000)
    // The rules stand before the same gate, and say so.
    await second.admin('/thresholds', patch({ rss: { min: 0, watermark: 0.001, capture: ['requests'] } }))
    const reason = await eventually('a reason', async () => {
      const { reason } = (await second.status()).metrics.rss?.rules.watermark ?? {}
      return reason?.includes('not dumped') && reason
    })
    expect(reason).toContain('2 dumps were made within the last hour')
    expect(await manifestsIn(options.dir)).toHaveLength(2)
  })
})
