import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Manifest } from '@autodump/core'
import autocannon from 'autocannon'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, pause, type RunningServer, startServer, temporaryDirectory } from '../support.js'

const interval = 200
const options = { interval, cpuProfile: { duration: 500, blockedDuration: 500 }, recorder: { window: 2000 } }
const fixture = 'flight.mjs'

const preload = fileURLToPath(new URL('../fixtures/without-v8-profiler-next.cjs', import.meta.url))

/** What a process is started with, by the engine that it then finds. */
const images = { 'what is installed': [], 'no addon': ['--require', preload] }

interface Profile {
  nodes: { id: number; callFrame: { functionName: string } }[]
  startTime: number
  endTime: number
  samples: number[]
  timeDeltas: number[]
}

async function profileOf(dir: string, { id, artifacts }: Manifest, phase: 'before' | 'during') {
  const artifact = artifacts.find(one => one.kind === 'cpu-profile' && one.phase === phase)
  if (!artifact) return undefined
  const profile = JSON.parse(await readFile(join(dir, id, artifact.file), 'utf8')) as Profile
  const names = new Map(profile.nodes.map(node => [node.id, node.callFrame.functionName]))
  /** Milliseconds after the start of the profile at which a function was seen. */
  const seen = (name: string) => {
    let at = 0
    return profile.samples.flatMap((sample, index) => {
      at += (profile.timeDeltas[index] as number) / 1000
      return names.get(sample) === name ? [at] : []
    })
  }
  return { artifact, profile, seen }
}

const dumpIn = (dir: string) => eventually('a dump', async () => (await manifestsIn(dir))[0])

describe.each(Object.entries(images))('the flight recorder by %s', (image, execArgv) => {
  it('names the function of a rare request of 1.2 s that is over when the profile begins', async () => {
    const server = await startServer(options, { fixture, execArgv })
    const load = autocannon({ url: server.base, connections: 2, duration: 60, overallRate: 50 }, () => {})
    await server.warm()
    // The rules would see this one in time: the dump is by hand, once it is over.
    await silence(server)
    await fetch(`${server.base}/rare?ms=1200`)
    const manifest = await trigger(server)
    const { recorder } = await server.status()
    if (image === 'no addon') expect(['node:inspector', 'node:v8']).toContain(recorder.engine)
    const during = await profileOf(server.dir, manifest, 'during')
    const before = await profileOf(server.dir, manifest, 'before')
    expect(during?.seen('rareRecount')).toEqual([])
    expect(before?.seen('rareRecount').length).toBeGreaterThan(20)
    expect(before?.artifact.engine).toBe(recorder.engine)
    expect(before?.artifact).toMatchObject({ file: 'cpu-before.cpuprofile', state: 'complete' })
    expect(before?.artifact.pauseMs).toBeLessThan(100)
    expect(manifest.summary.text).toMatch(/\b[Ii]n the \d+\.\d s before rareRecount \(.*flight\.mjs:\d+\) took \d+%/)
    expect(manifest.summary.findings.map(({ kind }) => kind)).toContain('hot-before')
    load.stop()
  })

  it('serves the rules: a delay that is over names its function', async () => {
    const server = await startServer({ ...options, interval: 1000, history: 2 }, { fixture, execArgv })
    await server.warm()
    await fetch(`${server.base}/rare?ms=800`)
    const manifest = await dumpIn(server.dir)
    expect(manifest.trigger.metric).not.toBe(null)
    expect(manifest.summary.text).toMatch(/rareRecount \(.*flight\.mjs:\d+\)/)
    const before = await profileOf(server.dir, manifest, 'before')
    expect(before?.seen('rareRecount').length).toBeGreaterThan(20)
  })

  it('shows how a blocked loop got there, while it is still blocked', async () => {
    const server = await startServer(options, { fixture, execArgv })
    await server.warm()
    // Only the watermark of the delay, which is crossed long after the first function has returned.
    await silence(server, ['cpu', 'eventLoopUtilization', 'heap', 'gc'])
    await patch(server, { eventLoopDelay: { spike: null } })
    let answered = false
    const block = fetch(`${server.base}/block?ms=6000`).then(
      () => {
        answered = true
      },
      () => {},
    )
    const manifest = await dumpIn(server.dir)
    expect(answered).toBe(false)
    expect(manifest.summary.text).toContain('neverComesBack')
    const before = await profileOf(server.dir, manifest, 'before')
    const [ledTo, blocked] = [before?.seen('loadEverything') ?? [], before?.seen('neverComesBack') ?? []]
    expect(ledTo.length).toBeGreaterThan(10)
    expect(blocked.length).toBeGreaterThan(10)
    expect(Math.max(...ledTo)).toBeLessThan(Math.min(...blocked))
    await block
  })

  it('keeps two to three windows, and says in the status what it keeps', async () => {
    const server = await startServer({ ...options, recorder: { window: 300 } }, { fixture, execArgv })
    const { recorder } = await eventually('three windows', async () => {
      const status = await server.status()
      return status.recorder.windows >= 2 && status
    })
    expect(recorder).toMatchObject({ reason: null, window: 300 })
    await pause(1500)
    const { recorder: later } = await server.status()
    expect(later.windows).toBeLessThanOrEqual(4)
    expect(later.bytes).toBeLessThan(1_000_000)
    const manifest = await trigger(server)
    const before = await profileOf(server.dir, manifest, 'before')
    const recorded = ((before?.profile.endTime ?? 0) - (before?.profile.startTime ?? 0)) / 1000
    expect(recorded).toBeGreaterThan(500)
    expect(recorded).toBeLessThan(1500)
  })

  it('starts and stops again and again, and the process ends as without it', async () => {
    const server = await startServer({ ...options, recorder: { window: 100 } }, { fixture, execArgv })
    server.child.send('restart')
    await once(server.child, 'message')
    await eventually('recording', async () => (await server.status()).recorder.windows > 0)
    await trigger(server)
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    expect(server.output()).not.toMatch(/flight recorder:/)
  })

  it('survives process.exit() with a profile going', async () => {
    const server = await startServer({ ...options, recorder: { window: 100 } }, { fixture, execArgv })
    await server.warm()
    server.child.send('exit')
    expect(await server.exit).toEqual({ code: 7, signal: null })
  })
})

describe('a flight recorder that is not on', () => {
  it('stays off in an app that is a worker thread, which may be terminated at any moment', async () => {
    const worker = new Worker(new URL('../fixtures/worker-app.mjs', import.meta.url), {
      workerData: temporaryDirectory(),
    })
    const [recorder] = await once(worker, 'message')
    expect(recorder).toMatchObject({ engine: null, reason: 'the app runs in a worker thread' })
    await worker.terminate()
  })

  it('says why it is off, and dumps go without', async () => {
    const server = await startServer({ ...options, recorder: { enabled: false } }, { fixture })
    const { recorder } = await eventually('a sample', async () => {
      const status = await server.status()
      return status.sample && status
    })
    expect(recorder).toMatchObject({ engine: null, reason: 'recorder.enabled is false', windows: 0 })
    const manifest = await trigger(server)
    expect(manifest.artifacts.map(({ file }) => file)).toEqual(['cpu.cpuprofile'])
  })
})

/** Lets the rules of these metrics, or of all, not fire. */
async function silence(server: RunningServer, metrics?: string[]): Promise<void> {
  const names = metrics ?? Object.keys((await server.status()).metrics)
  await patch(server, Object.fromEntries(names.map(name => [name, { enabled: false }])))
}

async function patch(server: RunningServer, thresholds: object): Promise<void> {
  const response = await server.admin('/thresholds', { method: 'PATCH', body: JSON.stringify(thresholds) })
  expect(response.status).toBe(200)
}

async function trigger(server: RunningServer): Promise<Manifest> {
  const body = JSON.stringify({ capture: ['cpu-profile'], duration: 300 })
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body })
  return (await response.json()) as Manifest
}
