import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Manifest, Status } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, token } from '../support.js'
import { checkWhole } from '../whole-dumps.js'

const run = (command: string, ...args: string[]) => spawnSync(command, args)
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))
const quiet = { interval: 50, thresholds: noRules, limits: { maxPerHour: 3600 }, retention: { minFreeBytes: 0 } }

async function dump(server: RunningServer, capture: string[], duration = 50): Promise<Manifest> {
  const body = JSON.stringify({ capture, duration })
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body })
  const manifest = (await response.json()) as Manifest
  expect(response.status, JSON.stringify(manifest)).toBe(201)
  checkWhole(server.dir, manifest.id)
  return manifest
}

/** Has the fixture do something, and resolves with what it says of it. */
async function tell(server: RunningServer, message: string | object): Promise<unknown> {
  const answer = once(server.child, 'message')
  server.child.send(message)
  const [{ result }] = await answer
  return result
}

async function closes(server: RunningServer): Promise<void> {
  server.child.send('close')
  expect(await server.exit).toEqual({ code: 0, signal: null })
}

describe.skipIf(process.platform !== 'linux')(
  'too many open files (on Linux, which can lower the limit of a process)',
  () => {
    it('give a whole dump or a refusal while there are none, and stop nothing else', async () => {
      const server = await startServer(quiet, { fixture: 'faulty.mjs' })
      await dump(server, ['requests'])
      expect(run('prlimit', '--pid', String(server.child.pid), '--nofile=200:').status).toBe(0)
      // A connection from before: for a new one the app has no file either, with or without us.
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      onTestFinished(() => agent.destroy())
      const ask = async (path: string, method = 'GET', body?: string) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
        const sent = request(server.base + path, { agent, method, headers })
        sent.end(body)
        const [response] = await once(sent, 'response')
        return { status: response.statusCode as number, body: JSON.parse(await text(response)) }
      }
      await ask('/')
      await tell(server, 'take all files')
      // Some descriptors are held in reserve, so that one of them may have what it needs.
      for (let time = 0; time < 3; time++) {
        const { status, body } = await ask('/debug/autodump/trigger?wait=true', 'POST', '{"capture":["requests"]}')
        if (status === 201) expect(body.state).toBe('complete')
        else {
          expect([status, body.status]).toEqual([500, 500])
          expect(body.detail).toMatch(/EMFILE/)
        }
      }
      expect((await ask('/')).body).toEqual({ hello: 'world' })
      const before = (await ask('/debug/autodump/status')).body as Status
      expect(before.errors.some(({ message }) => /EMFILE/.test(message))).toBe(true)
      // Samples go on.
      await eventually('another sample', async () => {
        const { sample } = (await ask('/debug/autodump/status')).body as Status
        return (sample?.at ?? 0) > (before.sample?.at ?? 0)
      })
      await tell(server, 'give the files back')
      expect((await dump(server, ['requests', 'cpu-profile'])).state).toBe('complete')
      const { errors } = await server.status()
      for (const { what, message } of errors)
        expect(server.output().split(`autodump: ${what}: ${message}\n`).length - 1, message).toBe(1)
      agent.destroy()
      await closes(server)
    })
  },
)

describe('a clock that is set', () => {
  const hour = 3600_000

  it('forwards and backwards makes no difference to sampling, captures and the quota', async () => {
    const server = await startServer(
      { ...quiet, limits: { maxPerHour: 7 }, monitorThread: fixture('clock-thread.mjs') },
      { fixture: 'clock.mjs' },
    )
    const now = Date.now()
    const ids: string[] = []
    const at = async (offset: number) => {
      await tell(server, { clock: offset })
      const far = (time: number | undefined) => Math.abs((time ?? 0) - Date.now() - offset)
      await eventually('samples of the new time', async () => far((await server.status()).sample?.at) < 60_000)
      const { id, state, createdAt, samples } = await dump(server, ['requests', 'cpu-profile'])
      expect(state).toBe('complete')
      expect(far(Date.parse(createdAt))).toBeLessThan(60_000)
      expect(samples.length).toBeGreaterThan(0)
      ids.push(id)
    }
    await at(0)
    await at(2 * hour)
    await at(-20 * hour)
    await at(0)
    await at(300 * 24 * hour)
    await at(0)
    await at(-48 * hour)
    const { dumps } = (await (await server.admin('')).json()) as { dumps: { id: string }[] }
    // What was made last stays, though it is not the newest by its name.
    expect(dumps.map(({ id }) => id)).toContain(ids.at(-1))
    // The quota of the hour is not used up for ever by dumps of the future, nor forgotten.
    const status = await server.status()
    expect(status.quota.retryAfter).toBeGreaterThan(hour - (Date.now() - now) - 60_000)
    expect(status.quota.retryAfter).toBeLessThanOrEqual(hour)
    expect((await server.admin('/trigger', { method: 'POST', body: '{}' })).status).toBe(429)
    expect(status.errors).toEqual([])
    expect(Date.now() - now).toBeLessThan(hour)
    await closes(server)
  })
})

/** V8 has one heap sampler for all: where the other one has ended it, the next dump says so and starts it again. */
async function recovers(server: RunningServer): Promise<void> {
  const { artifacts } = await dump(server, ['cpu-profile', 'heap-profile'])
  for (const { kind, state, error } of artifacts)
    if (state === 'failed') expect(`${kind}: ${error}`).toMatch(/^heap-profile: .* was started again/)
  expect((await dump(server, ['cpu-profile', 'heap-profile'])).state).toBe('complete')
  expect(server.output()).not.toMatch(/Unhandled|at async/)
}

describe('another profiler in the same process', () => {
  it('and a dump do not disturb each other', async () => {
    const server = await startServer(quiet, { fixture: 'faulty.mjs' })
    await tell(server, 'profile it')
    const { state, artifacts } = await dump(server, ['cpu-profile', 'heap-profile', 'requests', 'async-stacks'], 200)
    expect(artifacts.filter(({ state }) => state !== 'complete')).toEqual([])
    expect(state).toBe('complete')
    const { nodes, ms } = (await tell(server, 'end the profile')) as { nodes: number; ms: number }
    expect(nodes).toBeGreaterThan(1)
    // All the time of the dump, and before and after it.
    expect(ms).toBeGreaterThan(200)
    await recovers(server)
    await closes(server)
  })

  it('may be DevTools', async () => {
    const server = await startServer(quiet, { execArgv: ['--inspect=127.0.0.1:0'] })
    const url = await eventually('the address', () => /ws:\/\/\S+/.exec(server.output())?.[0])
    const websocket = typeof WebSocket === 'undefined' ? ['--experimental-websocket'] : []
    const devtools = fork(fixture('devtools.mjs'), [url], { execArgv: websocket, silent: true })
    onTestFinished(() => void devtools.kill('SIGKILL'))
    await once(devtools, 'message')
    const made = await dump(server, ['cpu-profile', 'heap-profile', 'requests', 'trace'], 200)
    expect(made.artifacts.filter(({ state }) => state !== 'complete')).toEqual([])
    const answer = once(devtools, 'message')
    devtools.send('stop')
    expect((await answer)[0].nodes).toBeGreaterThan(1)
    await once(devtools, 'exit')
    await recovers(server)
    await closes(server)
  })
})

it('an artifact that fails is missing with its error, and the others are whole', async () => {
  const server = await startServer(quiet, { fixture: 'faulty.mjs' })
  const kinds = ['cpu-profile', 'heap-profile', 'requests', 'report', 'async-stacks']
  await tell(server, 'break the report')
  const { state, artifacts } = await dump(server, kinds)
  expect(state).toBe('partial')
  const failed = artifacts.filter(artifact => artifact.state === 'failed')
  expect(failed.map(({ kind }) => kind)).toEqual(['report'])
  expect(failed[0]?.error).toContain('broken on purpose')
  const whole = new Set(artifacts.filter(artifact => artifact.state === 'complete').map(({ kind }) => kind))
  expect([...whole].sort()).toEqual(kinds.filter(kind => kind !== 'report').sort())
  expect((await server.status()).errors.map(({ what }) => what)).toEqual(['capture report'])
  expect(server.output().match(/autodump: capture report: /g)).toHaveLength(1)
  expect((await dump(server, kinds)).state).toBe('complete')
  await closes(server)
})
