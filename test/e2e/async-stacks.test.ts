import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AsyncStackGroup, AsyncStacksEvidence, Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, pause, type RunningServer, startServer } from '../support.js'

const off = { enabled: false }
/** Only requests that pile up are to make a dump, however busy the machine is. */
const others = { cpu: off, rss: off, heap: off, gc: off, eventLoopDelay: off, eventLoopUtilization: off, handles: off }
const options = { interval: 200, cpuProfile: { duration: 500 }, thresholds: others }
const byHandOnly = { ...others, inFlight: off }

async function waitingServer(more: Parameters<typeof startServer>[0] = {}) {
  const server = await startServer({ ...options, ...more }, { fixture: 'waiting.mjs' })
  await server.warm('inFlight')
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  let sent = 0
  return {
    server,
    sent: () => sent,
    /** Sends requests that get no answer. */
    send(route: string, count: number) {
      for (let i = 0; i < count; i++)
        fetch(`${server.base}/${route}/${sent++}`, { signal: abort.signal }).catch(() => {})
    },
    inFlight: (count: number) =>
      eventually(`${count} in flight`, async () => (await server.status()).sample?.values.inFlight === count),
  }
}

async function trigger({ admin }: RunningServer, capture = ['async-stacks']): Promise<Manifest> {
  const body = JSON.stringify({ capture, duration: 1000 })
  const response = await admin('/trigger?wait=true', { method: 'POST', body })
  expect(response.status).toBe(201)
  return response.json() as Promise<Manifest>
}

async function read(server: RunningServer, manifest: Manifest) {
  const files = manifest.artifacts.filter(({ kind }) => kind === 'async-stacks')
  expect(files.map(({ file, state, error }) => [file, state, error])).toEqual([
    ['async-stacks.json', 'complete', undefined],
    ['async-stacks.collapsed.txt', 'complete', undefined],
  ])
  const [json, collapsed] = await Promise.all(
    files.map(({ file }) => readFile(join(server.dir, manifest.id, file), 'utf8')),
  )
  return { stacks: JSON.parse(json as string) as AsyncStacksEvidence, collapsed: collapsed as string, files }
}

/** The groups of the fixture's own functions by their innermost one. */
function waiting({ groups }: AsyncStacksEvidence): Record<string, AsyncStackGroup> {
  const own = groups.filter(({ frames }) => frames[0]?.file.endsWith('/waiting.mjs'))
  return Object.fromEntries(own.map(group => [group.frames[0]?.function, group]))
}

describe('async stacks', () => {
  it('of requests that pile up at a lock name the waiting function, the route and how many there are', async () => {
    const { server, send } = await waitingServer()
    send('checkout', 57)
    const manifest = await eventually('a dump', async () =>
      (await manifestsIn(server.dir)).find(({ trigger }) => trigger.metric === 'inFlight'),
    )
    expect(manifest.state).toBe('complete')
    const { stacks, collapsed, files } = await read(server, manifest)
    expect(stacks).toMatchObject({ source: 'heap-snapshot', note: null, truncated: false })
    const group = waiting(stacks).lock as AsyncStackGroup
    expect(group).toMatchObject({ count: 57, waitsOn: { type: 'lock', detail: 'Mutex.queue' } })
    const named = group.frames.map(frame => frame.function).filter(name => name !== '(anonymous)')
    expect(named).toEqual(['lock', 'acquireOrderLock', 'checkout'])

    const { text, findings } = manifest.summary
    expect(text).toMatch(
      /57 async calls wait in lock \(.*waiting\.mjs:\d+\), called by acquireOrderLock \(.*waiting\.mjs:\d+\)/,
    )
    expect(text).toContain('Mutex.queue')
    expect(text).toContain('all of them GET /checkout/:id')
    // The pause was ours, so it is not held against the app.
    expect(text).not.toContain('blocked')
    expect(findings.filter(({ kind }) => kind === 'waiting-function')).toMatchObject([{ data: { count: 57 } }])

    expect(files[0]?.pauseMs).toBe(stacks.pauseMs)
    expect(stacks.pauseMs).toBeGreaterThan(10)
    // What speedscope's importer takes for collapsed stacks.
    const lines = collapsed.trimEnd().split('\n')
    expect(lines.filter(line => !/^[^;]+(;[^;]+)* \d+$/.test(line))).toEqual([])
    expect(lines).toContainEqual(
      expect.stringMatching(/checkout \(.*;acquireOrderLock \(.*;lock \(waiting.mjs:\d+\) 57$/),
    )
  })

  it('of a stalled upstream name its address, by fetch and by node:http', async () => {
    const { server, send, inFlight } = await waitingServer({ thresholds: byHandOnly })
    send('inventory', 13)
    send('prices', 8)
    await inFlight(21)
    const manifest = await trigger(server)
    const { stacks } = await read(server, manifest)
    const { callInventory, callPrices } = waiting(stacks)
    expect(callInventory).toMatchObject({ count: 13, waitsOn: { type: 'http' } })
    expect(callInventory?.waitsOn?.detail).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/inventory\/\d+ and 12 more$/)
    expect(callPrices).toMatchObject({ count: 8, waitsOn: { type: 'http' } })
    expect(callPrices?.waitsOn?.detail).toMatch(/^GET 127\.0\.0\.1:\d+\/prices\/\d+ and 7 more$/)
    expect(JSON.stringify(stacks)).not.toContain('secret')
    expect(manifest.summary.text).toMatch(
      /13 async calls wait in callInventory .* on HTTP: GET http:\/\/127\.0\.0\.1:\d+/,
    )
  })

  it('come from watched promises where the heap is too large for a rule to stop the app', async () => {
    const { server, send, sent, inFlight } = await waitingServer({
      asyncStacks: { maxHeapBytes: 1 },
      cpuProfile: { duration: 1000 },
    })
    // More requests come while it captures: those are seen.
    send('checkout', 40)
    const more = setInterval(send, 100, 'checkout', 1)
    onTestFinished(() => clearInterval(more))
    const manifest = await eventually('a dump', async () => (await manifestsIn(server.dir))[0])
    clearInterval(more)
    const { stacks, collapsed } = await read(server, manifest)
    expect(stacks.source).toBe('promise-hooks')
    expect(stacks.note).toMatch(/^Only what began to wait within \d+ ms .*asyncStacks\.maxHeapBytes/)
    expect(stacks.snapshot).toBeUndefined()
    const { lock } = waiting(stacks)
    expect(lock?.count).toBeGreaterThan(0)
    expect(lock?.count).toBeLessThan(40)
    expect(lock?.frames.map(frame => frame.function)).toEqual(expect.arrayContaining(['acquireOrderLock', 'checkout']))
    expect(collapsed).toContain('lock (waiting.mjs:')
    expect(manifest.summary.text).toContain('(of those begun during the capture) in lock (')

    // By hand it is a snapshot all the same, and that has everybody.
    await inFlight(sent())
    const byHand = await read(server, await trigger(server))
    expect(byHand.stacks.source).toBe('heap-snapshot')
    expect(waiting(byHand.stacks).lock?.count).toBe(sent())
  })

  it('leave a server that goes on as before', async () => {
    const { server, send, inFlight } = await waitingServer({ thresholds: byHandOnly })
    send('checkout', 3)
    await inFlight(3)
    await trigger(server, ['cpu-profile', 'requests', 'async-stacks', 'report'])
    await pause(200)
    expect((await server.status()).errors).toEqual([])
    server.child.kill('SIGTERM')
    expect(await server.exit).toEqual({ code: null, signal: 'SIGTERM' })
    expect(server.output()).not.toMatch(/debugger|warning/i)
  })
})
