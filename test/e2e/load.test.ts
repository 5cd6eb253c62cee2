import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync, truncateSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createMonitor, type Manifest, type Sample } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory, token } from '../support.js'
import { checkWhole, idsIn } from '../whole-dumps.js'

const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
const quiet = { thresholds: noRules, retention: { minFreeBytes: 0 } }

interface Answer {
  status: number
  retryAfter: number
  body: { status?: number; id?: string }
}

/** So many triggers at the same moment, each on a connection of its own. */
async function triggers(server: RunningServer, count: number, duration: number): Promise<Answer[]> {
  const agent = new Agent()
  onTestFinished(() => agent.destroy())
  return Promise.all(
    Array.from({ length: count }, async () => {
      const sent = request(`${server.base}/debug/autodump/trigger`, { agent, method: 'POST', headers })
      sent.end(JSON.stringify({ capture: ['cpu-profile', 'requests'], duration }))
      const [response] = await once(sent, 'response')
      const body = JSON.parse(await text(response))
      return { status: response.statusCode as number, retryAfter: Number(response.headers['retry-after']), body }
    }),
  )
}

const tally = (answers: Answer[], status: number) => answers.filter(answer => answer.status === status)

it('1,000 triggers at once begin one dump, and the others are told when to come back', async () => {
  // However slow the machine is: the capture goes on until the last trigger has its answer, also when so many of them
  // block the event loop, and is ended by us.
  const seconds = 300
  const cpuProfile = { blockedDuration: seconds * 1000 }
  const server = await startServer({ ...quiet, interval: 100, cpuProfile, limits: { maxPerHour: 2 } })
  const answers = await triggers(server, 1000, seconds * 1000)
  const [begun, busy] = [tally(answers, 202), tally(answers, 409)]
  expect([begun.length, busy.length]).toEqual([1, 999])
  for (const { retryAfter, body } of busy)
    expect([retryAfter >= 1 && retryAfter <= seconds + 1, body.status]).toEqual([true, 409])
  expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })
  expect((await server.status()).capture?.id).toBe(begun[0]?.body.id)
  expect((await server.admin(`/dumps/${begun[0]?.body.id}/cancel`, { method: 'POST' })).status).toBe(204)
  expect(idsIn(server.dir)).toEqual([])

  // The next ones make a dump, however many of them come while it is made.
  const next = await triggers(server, 200, 500)
  expect([tally(next, 202).length, tally(next, 409).length + tally(next, 429).length]).toEqual([1, 199])
  const [id] = await eventually('the dump', () => idsIn(server.dir).length > 0 && idsIn(server.dir))
  expect(id).toBe(tally(next, 202)[0]?.body.id)
  expect(checkWhole(server.dir, id as string)?.state).toBe('complete')

  const late = await triggers(server, 200, 500)
  expect(tally(late, 429)).toHaveLength(200)
  for (const { retryAfter } of late) expect(retryAfter > 60 && retryAfter <= 3600).toBe(true)
  expect(idsIn(server.dir)).toHaveLength(1)
  expect((await server.status()).errors).toEqual([])
}, 240_000)

/** Connections that ask for something and never read. */
function deaf(server: RunningServer, count: number, path: string): Socket[] {
  return Array.from({ length: count }, () => {
    const socket = connect(Number(new URL(server.base).port), '127.0.0.1').on('error', () => {})
    socket.write(`GET /debug/autodump${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.authorization}\r\n\r\n`)
    onTestFinished(() => void socket.destroy())
    return socket
  })
}

/** The same from a process of their own: asks for so many connections more, and says how often which status has come. */
function deafClients(server: RunningServer, path: string): (count: number) => Promise<Record<string, number>> {
  const port = Number(new URL(server.base).port)
  const clients = fork(fileURLToPath(new URL('../fixtures/deaf-clients.mjs', import.meta.url)))
  onTestFinished(() => void clients.kill('SIGKILL'))
  const request = `GET /debug/autodump${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.authorization}\r\n\r\n`
  return async count => {
    const answer = once(clients, 'message')
    clients.send({ port, request, count })
    return (await answer)[0]
  }
}

/** How many files of a dump the server has open. */
function openFilesOf(server: RunningServer, id: string): number {
  const fds = `/proc/${server.child.pid}/fd`
  return readdirSync(fds).filter(fd => {
    try {
      return readlinkSync(join(fds, fd)).includes(id)
    } catch {
      return false // It was closed since.
    }
  }).length
}

async function memory(server: RunningServer): Promise<{ rss: number; files: number }> {
  const answer = once(server.child, 'message')
  server.child.send('memory')
  return (await answer)[0].result
}

it.skipIf(process.platform !== 'linux')(
  'clients that ask and never read are few at a time, and cost bounded memory',
  async () => {
    const server = await startServer({ ...quiet, interval: 20 }, { fixture: 'faulty.mjs' })
    const response = await server.admin('/trigger?wait=true', { method: 'POST', body: '{"capture":["requests"]}' })
    const { id } = (await response.json()) as Manifest
    const file = 'requests.json'
    // More than the buffers of a connection hold.
    const large = 32 * 1024 ** 2
    truncateSync(join(server.dir, id, file), large)
    const before = await memory(server)

    const downloads = deaf(server, 180, `/dumps/${id}/${file}`)
    const openFiles = () => openFilesOf(server, id)
    await eventually('all have asked', async () => (await memory(server)).files > before.files + 100)
    await eventually('no more than some are kept', () => openFiles() > 0 && openFiles() <= 128)
    // Who does read is served.
    const whole = await server.admin(`/dumps/${id}/${file}`)
    expect((await whole.arrayBuffer()).byteLength).toBe(large)

    const streams = deaf(server, 300, '/stream')
    const refused = await eventually('a refusal', async () => {
      const one = await server.admin('/stream')
      if (one.status === 503) return one
      await one.body?.cancel()
      return null
    })
    expect([refused.headers.get('content-type'), refused.headers.get('retry-after')]).toEqual([
      'application/problem+json',
      '1',
    ])
    const { rss } = await memory(server)
    expect((rss - before.rss) / 1024 ** 2).toBeLessThan(200)
    expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })

    for (const socket of [...downloads, ...streams]) socket.destroy()
    await eventually('all is closed', async () => openFiles() === 0 && (await memory(server)).files < before.files + 20)
    const after = await server.admin('/stream')
    expect(after.status).toBe(200)
    await after.body?.cancel()
    expect((await server.status()).errors).toEqual([])
  },
)

it.skipIf(process.platform !== 'linux')(
  'of 10,000 clients of the event stream that never read 32 are served, and another one costs little more than its connection',
  async () => {
    const server = await startServer(quiet, { fixture: 'faulty.mjs' })
    const ask = deafClients(server, '/stream')
    const few = 1000
    // Their own connections need a file each on both sides.
    const many = Math.min(10_000, openFilesLimit() - 1000)
    expect(await ask(few)).toEqual({ 200: 32, 503: few - 32 })
    const before = await memory(server)
    expect(await ask(many - few)).toEqual({ 200: 32, 503: many - 32 })
    const after = await memory(server)
    // An idle connection of Fastify's, with its garbage, takes 10 to 30 KiB; a backlog of ours would be 256 KiB.
    expect((after.rss - before.rss) / (many - few) / 1024).toBeLessThan(64)
    expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })
    expect((await server.status()).errors).toEqual([])
  },
  240_000,
)

it.skipIf(process.platform !== 'linux')(
  'of 10,000 downloads that are never read 128 wait, and another one costs little more than its connection',
  async () => {
    const server = await startServer(quiet, { fixture: 'faulty.mjs' })
    const response = await server.admin('/trigger?wait=true', { method: 'POST', body: '{"capture":["requests"]}' })
    const { id } = (await response.json()) as Manifest
    truncateSync(join(server.dir, id, 'requests.json'), 32 * 1024 ** 2)
    const ask = deafClients(server, `/dumps/${id}/requests.json`)
    const few = 1000
    const many = Math.min(10_000, openFilesLimit() - 1000)
    expect(await ask(few)).toEqual({ 200: few })
    const before = await memory(server)
    expect(await ask(many - few)).toEqual({ 200: many })
    const after = await memory(server)
    expect(openFilesOf(server, id)).toBeGreaterThan(0)
    await eventually('no more than some are kept', () => openFilesOf(server, id) <= 128)
    expect((after.rss - before.rss) / (many - few) / 1024).toBeLessThan(64)
    expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })
    expect((await server.status()).errors).toEqual([])
  },
  240_000,
)

/** Files that a process may have open. */
function openFilesLimit(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  return Number(/^Max open files +(\d+)/m.exec(limits)?.[1])
}

it('2,000 requests that never end are all in the table of a dump', async () => {
  const server = await startServer({ ...quiet, interval: 100 })
  const port = Number(new URL(server.base).port)
  for (let count = 0; count < 2000; count++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(`GET /stall/${count} HTTP/1.1\r\nHost: x\r\n\r\n`)
    onTestFinished(() => void socket.destroy())
  }
  await eventually('all are in flight', async () => (await server.status()).sample?.values.inFlight === 2000)
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body: '{"capture":["requests"]}' })
  const { id, state } = (await response.json()) as Manifest
  expect(state).toBe('complete')
  checkWhole(server.dir, id)
  const table = JSON.parse(readFileSync(join(server.dir, id, 'requests.json'), 'utf8'))
  expect([table.total, table.requests.length, table.truncated]).toEqual([2000, 2000, false])
  expect(table.groups[0]).toMatchObject({ route: '/stall/:id', count: 2000 })
})

it('200 custom metrics are sampled and judged, and the one that goes wrong is dumped', async () => {
  let sick = 1
  const names = Array.from({ length: 200 }, (_, index) => `metric${index}`)
  const monitor = createMonitor({
    ...quiet,
    dir: temporaryDirectory(),
    interval: 20,
    logger: { info() {}, warn() {}, error() {} },
    metrics: Object.fromEntries(names.map(name => [name, () => (name === 'metric137' ? sick : 1)])),
    thresholds: {
      ...noRules,
      ...Object.fromEntries(names.map(name => [name, { spike: null, watermark: 50, capture: ['requests' as const] }])),
    },
  })
  onTestFinished(() => monitor.stop())
  await monitor.start()
  const sample = await new Promise<Sample>(resolve => {
    monitor.on('sample', taken => taken.values.metric199 === 1 && resolve(taken))
  })
  expect(names.every(name => sample.values[name] === 1)).toBe(true)
  const dumped = new Promise<Manifest>(resolve => monitor.on('dump', resolve))
  sick = 99
  expect((await dumped).trigger).toMatchObject({ metric: 'metric137', rule: 'watermark', value: 99 })
  expect(Object.keys(monitor.status().metrics)).toEqual(expect.arrayContaining(names))
  expect(monitor.status().errors).toEqual([])
})

it('a long life in a short time leaves open files and handles as many as they were', async () => {
  const script = fileURLToPath(new URL('../../bench/soak/run.js', import.meta.url))
  const child = spawn(process.execPath, [script, '--seconds', '8', '--least', '5', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const result = JSON.parse(await text(child.stdout))
  expect(result.errors).toEqual([])
  // Memory needs more than seconds to settle; the script by itself runs for longer, and judges that too.
  expect(result.grown.filter((what: string) => what !== 'rss')).toEqual([])
  const { samples, dumps, requests, patches, streams } = result.done
  expect(Math.min(samples / 20, requests / 20, dumps, patches, streams)).toBeGreaterThanOrEqual(5)
})
