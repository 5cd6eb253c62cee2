import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AsyncWaitEvidence, Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, pause, type RunningServer, startServer } from '../support.js'

interface Node {
  id: number
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number; scriptId: string }
  hitCount: number
  children?: number[]
}
interface WaitProfile {
  nodes: Node[]
  samples: number[]
  timeDeltas: number[]
  startTime: number
  endTime: number
  autodump: Omit<AsyncWaitEvidence, 'groups'>
}

const start = (options: Parameters<typeof startServer>[0] = {}) =>
  startServer({ interval: 200, thresholds: noRules, ...options }, { fixture: 'async-wait.mjs' })

async function trigger({ admin }: RunningServer, duration: number): Promise<Manifest> {
  const body = JSON.stringify({ capture: ['async-wait'], duration })
  const response = await admin('/trigger?wait=true', { method: 'POST', body })
  expect(response.status).toBe(201)
  return response.json() as Promise<Manifest>
}

async function read({ dir }: RunningServer, { id, artifacts }: Manifest): Promise<WaitProfile> {
  expect(artifacts).toMatchObject([{ file: 'async-wait.cpuprofile', kind: 'async-wait', state: 'complete' }])
  return JSON.parse(await readFile(join(dir, id, 'async-wait.cpuprofile'), 'utf8'))
}

/** Every sample as its stack from outside in, with the milliseconds until the next one. */
function stacksOf({ nodes, samples, timeDeltas }: WaitProfile) {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id] as const)))
  return samples.slice(0, -1).map((sample, index) => {
    const path: string[] = []
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id))
      path.unshift(byId.get(id)?.callFrame.functionName as string)
    return { type: path[1] as string, path: path.slice(2), ms: (timeDeltas[index + 1] as number) / 1000 }
  })
}

/** Keeps one request of a route going, the next when it has an answer, and counts the answers. */
function keepAsking({ base }: RunningServer, route: string) {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  let answers = 0
  void (async () => {
    for (; !abort.signal.aborted; answers++) {
      await fetch(`${base}/${route}`, { signal: abort.signal }).then(response => response.text())
      // So few that all are looked at.
      await pause(20)
    }
  })().catch(() => {})
  return () => answers
}

describe('the async-wait profile', () => {
  it('holds what was waited for, by type and stack, for about as long as it was waited for', async () => {
    const server = await start()
    const routes = ['inventory', 'prices', 'nap', 'reserve', 'reserve', 'login', 'config']
    const answers = routes.map(route => keepAsking(server, route))
    await eventually('answers', () => answers.every(count => count() > 0))
    const duration = 2000
    const manifest = await trigger(server, duration)
    const profile = await read(server, manifest)
    const stacks = stacksOf(profile)
    const of = (...functions: string[]) =>
      stacks.filter(({ path }) => functions.every(name => path.includes(name))).sort((a, b) => b.ms - a.ms)
    const total = (found: { ms: number }[]) => found.reduce((sum, { ms }) => sum + ms, 0)
    const { watchedMs } = profile.autodump
    expect(watchedMs).toBeGreaterThanOrEqual(duration - 50)

    // One request at a time: what it waits for cannot be longer than the capture, and is most of it.
    for (const [type, ...functions] of [
      ['Timeout', 'napRoute', 'nap'],
      ['PROMISE', 'pricesRoute', 'callPrices', 'once'],
      ['PROMISE', 'inventoryRoute', 'callInventory'],
      ['PBKDF2REQUEST', 'loginRoute', 'hashPassword'],
    ] as const) {
      const found = of(...functions).filter(stack => stack.type.startsWith(type))
      expect([type, found.length > 0]).toEqual([type, true])
      expect(total(found.slice(0, 1))).toBeLessThan(watchedMs * 1.05)
      expect(total(found.slice(0, 1))).toBeGreaterThan(watchedMs * 0.25)
    }
    expect(of('callPrices')[0]?.path.indexOf('pricesRoute')).toBeLessThan(
      of('callPrices')[0]?.path.indexOf('callPrices') as number,
    )
    // Node 20 does not say where a request is made.
    const requests = of('callPrices').filter(({ type }) => /^http\.ClientRequest 127\.0\.0\.1:\d+$/.test(type))
    expect(requests).toHaveLength(Number.parseInt(process.versions.node, 10) < 22 ? 0 : 1)
    // A timer in a promise is one wait and not two.
    expect(of('nap').map(({ type }) => type)).toEqual(['Timeout'])
    // One of the two who want the lock waits for it while the other has it.
    const [lock] = of('reserveRoute', 'reserve', 'lock')
    expect(lock?.type).toBe('PROMISE')
    expect(of('readConfig').map(({ type }) => type)).toContain('FSREQCALLBACK')
    expect(JSON.stringify(profile)).not.toContain('secret')
    expect(manifest.summary.findings.filter(({ kind }) => kind === 'long-wait').length).toBeGreaterThan(2)
    expect(manifest.summary.text).toMatch(/most time was waited for .* in \w+ \(.*async-wait\.mjs:\d+\)/)
  })

  it('is a CPU profile that Chrome DevTools and speedscope read', async () => {
    const server = await start()
    keepAsking(server, 'nap')
    const profile = await read(server, await trigger(server, 500))
    const { nodes, samples, timeDeltas, startTime, endTime } = profile
    const ids = new Set(nodes.map(({ id }) => id))
    expect(ids.size).toBe(nodes.length)
    expect(nodes.flatMap(({ children = [] }) => children).filter(id => !ids.has(id))).toEqual([])
    expect(nodes[0]?.callFrame.functionName).toBe('(root)')
    expect(samples.filter(id => !ids.has(id))).toEqual([])
    expect(timeDeltas).toHaveLength(samples.length)
    expect(timeDeltas.filter(delta => !Number.isInteger(delta) || delta < 0)).toEqual([])
    expect(timeDeltas.reduce((sum, delta) => sum + delta, 0)).toBe(endTime - startTime)
  })

  it('leaves nothing turned on, nor the app in another state', async () => {
    const server = await start()
    const watched = async () => ((await (await fetch(`${server.base}/watched`)).json()) as { watched: boolean }).watched
    expect(await watched()).toBe(false)
    const capture = trigger(server, 1000)
    await eventually('watched', watched)
    await capture
    expect(await watched()).toBe(false)
    expect((await server.status()).errors).toEqual([])
    server.child.kill('SIGTERM')
    expect(await server.exit).toEqual({ code: null, signal: 'SIGTERM' })
    expect(server.output()).not.toMatch(/debugger|warning/i)
  })

  it('is taken of an app that is blocked, too', async () => {
    const server = await start()
    keepAsking(server, 'nap')
    const blocked = fetch(`${server.base}/block`)
    const manifest = await trigger(server, 300)
    await blocked
    expect((await read(server, manifest)).autodump.watchedMs).toBeGreaterThan(250)
  })
})
