import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { createMonitor } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'

const start = (thresholds = noRules) => startServer({ interval: 200, thresholds }, { fixture: 'workers.mjs' })
const onLinux = process.platform === 'linux'

async function profileOf(server: RunningServer, worker: unknown, duration = 500): Promise<Manifest> {
  const body = JSON.stringify({ worker, duration })
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body })
  expect(response.status).toBe(201)
  return response.json() as Promise<Manifest>
}

describe('worker threads', () => {
  it.runIf(onLinux)('are told apart from the main thread in the CPU time', async () => {
    const server = await start()
    server.child.send({ work: 20_000 })
    const busy = await eventually('a busy sample', async () => {
      const { sample } = await server.status()
      return sample?.cpuThreads && sample.cpuThreads.others > 50 && sample
    })
    expect(busy.cpuThreads?.main).toBeLessThan(50)
    const { main, others } = busy.cpuThreads as { main: number; others: number }
    expect(main + others).toBeCloseTo(busy.values.cpu as number, 0)
    expect(await (await server.admin('/metrics')).text()).toMatch(/^autodump_cpu_thread_ratio\{thread="main"\} /m)
  })

  it.runIf(onLinux)(
    'are not what V8’s helper threads are taken for, where an app without any collects garbage',
    async () => {
      const cpu = { enabled: true, min: 1, spike: null, watermark: 5 }
      const server = await startServer({ interval: 200, thresholds: { ...noRules, cpu } }, { fixture: 'leak.mjs' })
      let isOver = false
      // It leaks as fast as it can, so a good part of the load is the collection of garbage.
      const load = (async () => {
        while (!isOver)
          await fetch(`${server.base}/orders?bytes=200000`).then(
            response => response.text(),
            () => {},
          )
      })()
      const dump = await eventually('a dump', async () => (await manifestsIn(server.dir))[0])
      const helped = await eventually('helpers at work', async () => {
        const { sample } = await server.status()
        return (sample?.cpuThreads?.helpers ?? 0) > 0 && sample
      })
      isOver = true
      await load
      expect(dump.trigger.metric).toBe('cpu')
      expect(dump.summary.text).not.toMatch(/worker threads|thread pool/)
      expect(helped.cpuThreads?.helpers).toBeLessThanOrEqual(helped.cpuThreads?.others as number)
    },
  )

  it('are profiled by name, all that share it, in the middle of their work', async () => {
    const server = await start()
    server.child.send({ work: 20_000 })
    server.child.send({ work: 20_000 })
    const { artifacts, summary, state } = await profileOf(server, 'resize')
    expect(state).toBe('complete')
    expect(artifacts).toHaveLength(2)
    for (const { kind, file, thread } of artifacts) {
      expect(kind).toBe('cpu-profile')
      expect(file).toMatch(/^cpu-worker-\d+\.cpuprofile$/)
      expect(thread).toMatch(/^worker \d+ \(resize\)$/)
    }
    expect(summary.text).toMatch(/[Ii]n worker \d+ \(resize\), (squeeze|resizeImage) \(.*pool-worker\.mjs:\d+\)/)
    expect(summary.findings.map(({ text }) => text).join()).toContain('pool-worker.mjs')
  })

  it('are profiled by number, also when they have nothing to do', async () => {
    const server = await start()
    const { summary, artifacts, id } = await profileOf(server, 'resize', 100)
    expect(summary.text).toContain('had next to nothing to do')
    const { thread = '' } = artifacts[0] as Manifest['artifacts'][0]
    const number = Number(/\d+/.exec(thread)?.[0])
    const one = await profileOf(server, number, 100)
    expect(one.artifacts.map(artifact => artifact.thread)).toEqual([thread])
    expect(one.id).not.toBe(id)
    const profile = JSON.parse(await readFile(join(server.dir, one.id, `cpu-worker-${number}.cpuprofile`), 'utf8'))
    expect(profile.samples.length).toBeGreaterThan(0)
  })

  it('are refused when nobody registered under that name, and those that did are named', async () => {
    const server = await start()
    for (const worker of ['stranger', 999]) {
      const response = await server.admin('/trigger', { method: 'POST', body: JSON.stringify({ worker }) })
      expect(response.status).toBe(400)
      const { errors } = (await response.json()) as { errors: object[] }
      expect(errors[0]).toMatchObject({
        field: 'worker',
        message: expect.stringMatching(/there is worker \d+ \(resize\)/),
      })
    }
    for (const worker of ['', 0, 1.5, null, {}]) {
      const response = await server.admin('/trigger', { method: 'POST', body: JSON.stringify({ worker }) })
      expect(response.status).toBe(400)
    }
  })

  it.runIf(onLinux)('are named when the CPU is busy and the main thread is not', async () => {
    const cpu = {
      enabled: true,
      min: 0,
      watermark: 50,
      spike: null,
      hold: 1,
      cooldown: 0,
      capture: ['cpu-profile' as const],
    }
    const server = await startServer(
      { interval: 200, thresholds: { ...noRules, cpu }, cpuProfile: { duration: 1000 } },
      { fixture: 'workers.mjs' },
    )
    // The start of the app is a load of its own, and may have its dump.
    await eventually('calm', async () => {
      const status = await server.status()
      return status.metrics.cpu?.rules.watermark.state === 'quiet' && !status.capture
    })
    server.child.send({ work: 30_000 })
    server.child.send({ work: 30_000 })
    const text = await eventually('a dump of the load in the pool', async () => {
      const texts = (await manifestsIn(server.dir)).map(({ summary }) => summary.text)
      return texts.find(one => /not in the main thread.*[Ii]n worker \d/.test(one))
    })
    expect(text).toMatch(/[Ii]n worker \d+ \(resize\), (squeeze|resizeImage) \(.*pool-worker\.mjs:\d+\)/)
    expect(text).not.toMatch(/idle/)
  })

  it('may end in the middle of their profile, and the app lives on', async () => {
    const server = await start()
    server.child.send({ work: 20_000 })
    const profile = profileOf(server, 'resize', 60_000)
    await eventually('a capture', async () => (await server.status()).capture)
    server.child.send('destroy the pool')
    const { state, artifacts } = await profile
    expect(state).toBe('failed')
    expect(artifacts[0]?.error).toMatch(/the worker thread has ended|terminated/)
    expect((await server.status()).state).toBe('running')
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    expect(server.output()).not.toContain('Waiting for the debugger')
  })

  it('do not hold up the exit of the process', async () => {
    const server = await start()
    server.child.send({ work: 20_000 })
    void profileOf(server, 'resize', 60_000).catch(() => {})
    await eventually('a capture', async () => (await server.status()).capture)
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    expect(server.output()).not.toContain('Waiting for the debugger')
    expect((await manifestsIn(server.dir))[0]?.artifacts[0]?.thread).toMatch(/resize/)
  })

  it('are refused, with the reason, by a monitor whose app has none', async () => {
    const logger = { info() {}, warn() {}, error() {} }
    const monitor = createMonitor({ dir: temporaryDirectory(), auth: false, logger, thresholds: noRules })
    onTestFinished(() => monitor.stop())
    await monitor.start()
    await expect(monitor.trigger({ worker: 'resize' })).rejects.toMatchObject({ code: 'INVALID' })
  })
})
