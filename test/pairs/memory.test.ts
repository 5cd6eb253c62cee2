import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, pause, startServer } from '../support.js'

const interval = 200
const fixture = 'memory.mjs'

/** No rule fires, so that a dump by hand finds nobody else capturing. */
const off = { enabled: false }
const thresholds = { cpu: off, rss: off, heap: off, eventLoopDelay: off, eventLoopUtilization: off, gc: off }

async function textOf(dir: string, { id }: Manifest, file: string): Promise<string> {
  const plain = await readFile(join(dir, id, file)).catch(() => null)
  return (plain ?? gunzipSync(await readFile(join(dir, id, `${file}.gz`)))).toString()
}

const namesIn = (text: string) => [...new Set([...text.matchAll(/"functionName":"([^"]*)"/g)].map(match => match[1]))]

/** Resolves with what was dumped once the server has died of its own accord. */
async function dumpsOfTheDead(path: string, execArgv: string[]) {
  const server = await startServer({ interval }, { fixture, execArgv })
  await server.warm()
  fetch(server.base + path).catch(() => {})
  const { code, signal } = await server.exit
  expect(server.output()).toContain('heap out of memory')
  expect(code === 134 || signal === 'SIGABRT').toBe(true)
  expect(server.output()).not.toMatch(/debugger/i)
  const dumps = await manifestsIn(server.dir)
  return { dir: server.dir, dumps, text: dumps.map(({ summary }) => summary.text).join('\n') }
}

describe('memory', () => {
  it('that a route leaks is dumped by the rules of heap, and the summary names the function that keeps it', async () => {
    const { heap, ...others } = thresholds
    const server = await startServer(
      { interval, thresholds: { ...others, heap: { watermark: 30 } }, cpuProfile: { duration: 1000 } },
      { fixture, execArgv: ['--max-old-space-size=256'] },
    )
    await leaking(server, async () => {
      const manifest = await eventually('a dump of the heap', async () => (await manifestsIn(server.dir))[0])
      expect(manifest.trigger.metric).toBe('heap')
      expect(manifest.summary.text).toMatch(/rememberOrder \(.*memory\.mjs:11\) holds \d/)
      const profile = await textOf(server.dir, manifest, 'heap.heapprofile')
      expect(namesIn(profile)).toContain('rememberOrder')
      expect(JSON.parse(profile).head.callFrame.functionName).toBe('(root)')
    })
  })

  it('is profiled twice, and the summary names the function that grows', async () => {
    const server = await startServer({ interval, thresholds }, { fixture })
    await leaking(server, async () => {
      const { manifest, text } = await trigger(server, { capture: ['heap-profile'], duration: 2000 })
      expect(text).toMatch(/rememberOrder \(.*memory\.mjs:11\).* grew by \d+(\.\d)? MiB within \d/)
      expect(manifest.artifacts.map(({ file, state }) => [file, state])).toEqual([
        ['heap.heapprofile', 'complete'],
        ['heap-later.heapprofile', 'complete'],
      ])
      expect(manifest.artifacts[0]?.pauseMs).toBeGreaterThan(0)
    })
  })

  it('that a synchronous loop fills is on disk before the process dies', async () => {
    const { dir, dumps, text } = await dumpsOfTheDead('/hoard', ['--max-old-space-size=200'])
    expect(text).toContain('hoardForever')
    expect(text).toMatch(/hoardForever \(.*memory\.mjs:\d+\) holds \d+ MiB/)
    const [manifest] = dumps.filter(({ artifacts }) => artifacts.some(({ file }) => file === 'heap.heapprofile'))
    expect(manifest).toBeDefined()
    expect(namesIn(await textOf(dir, manifest as Manifest, 'heap.heapprofile'))).toContain('hoardForever')
    // The samples of the dump know how full the heap was, though nobody published it.
    const seen = dumps.flatMap(({ samples, trigger }) => [
      trigger.value,
      ...samples.map(({ values }) => values.heap ?? 0),
    ])
    expect(Math.max(...seen.map(Number))).toBeGreaterThan(70)
  })

  it('that a growing table fills at one stroke is on disk, too', async () => {
    const { text } = await dumpsOfTheDead('/hoard-map', ['--max-old-space-size=200'])
    expect(text).toContain('hoardInMap')
  })

  it('that Buffers hold is told from the JavaScript heap', async () => {
    const server = await startServer({ interval, thresholds }, { fixture })
    await fetch(`${server.base}/buffers?count=4000&bytes=50000`)
    const { text } = await trigger(server, { capture: ['heap-profile'], duration: 50 })
    expect(text).toMatch(/\d+ MiB of the \d+ MiB resident are outside the JavaScript heap/)
    expect(text).toMatch(/19\d MiB of that in Buffers/)
  })

  it('can be dumped whole: a heap snapshot, streamed and compressed', async () => {
    const server = await startServer({ interval, thresholds, heapSnapshot: { maxPerProcess: 1 } }, { fixture })
    await fetch(`${server.base}/leak`)
    const { manifest } = await trigger(server, { capture: ['heap-snapshot'] })
    expect(manifest.state).toBe('complete')
    const [artifact] = manifest.artifacts
    expect(artifact).toMatchObject({ file: 'heap.heapsnapshot', kind: 'heap-snapshot', encoding: 'gzip' })
    expect(artifact?.pauseMs).toBeGreaterThan(10)
    const snapshot = JSON.parse(await textOf(server.dir, manifest, 'heap.heapsnapshot'))
    expect(snapshot.nodes.length).toBe(snapshot.snapshot.node_count * snapshot.snapshot.meta.node_fields.length)
    expect(snapshot.strings.some((text: string) => text.startsWith('order 1 of'))).toBe(true)

    const second = await trigger(server, { capture: ['heap-snapshot'], duration: 50 })
    expect(second.manifest.artifacts.map(({ kind, state }) => [kind, state])).toEqual([
      ['heap-snapshot', 'failed'],
      ['heap-profile', 'complete'],
    ])
    expect(second.manifest.artifacts[0]?.error).toContain('maxPerProcess')
  })

  it('is not dumped whole where that could do harm: the reason is recorded and a heap profile taken', async () => {
    const server = await startServer({ interval, thresholds, heapSnapshot: { maxHeapBytes: 1000 } }, { fixture })
    const { manifest, text } = await trigger(server, { capture: ['heap-snapshot'], duration: 50 })
    expect(manifest.state).toBe('partial')
    expect(manifest.artifacts.find(({ kind }) => kind === 'heap-snapshot')).toMatchObject({ state: 'failed', file: '' })
    expect(manifest.artifacts.find(({ kind }) => kind === 'heap-profile')).toMatchObject({ state: 'complete' })
    expect(text).toContain('heapSnapshot.maxHeapBytes')
  })

  it('is not sampled where that is switched off, and the dump says so', async () => {
    const server = await startServer({ interval, thresholds, heapProfile: { enabled: false } }, { fixture })
    const { manifest, text } = await trigger(server, { capture: ['heap-profile', 'requests'], duration: 50 })
    expect(manifest.artifacts.find(({ kind }) => kind === 'heap-profile')).toMatchObject({ state: 'failed' })
    expect(text).toContain('heapProfile.enabled is false')
  })
})

/** Does the work while a route leaks some megabytes per second. */
async function leaking(server: Awaited<ReturnType<typeof startServer>>, work: () => Promise<void>) {
  let stop = false
  const load = (async () => {
    while (!stop) {
      await fetch(`${server.base}/leak?count=2000`).catch(() => {})
      await pause(10)
    }
  })()
  try {
    await work()
  } finally {
    stop = true
    await load
  }
}

async function trigger(server: Awaited<ReturnType<typeof startServer>>, body: object) {
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body: JSON.stringify(body) })
  expect(response.status).toBe(201)
  const manifest = (await response.json()) as Manifest
  return { manifest, text: manifest.summary.text }
}
