import { once } from 'node:events'
import { existsSync, linkSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { createAdminHandler, createMonitor, type Manifest, type Options, type Status } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory, token } from '../support.js'

const authorization = `Bearer ${token}`
const read = async <T>(response: Response) => (await response.json()) as T
const quiet = { interval: 50, thresholds: noRules }

/** The shop with its app thread in an endless loop, and how to ask its admin server. */
async function stuck(admin: NonNullable<Options['admin']> = { port: 0 }) {
  const server = await startServer({ ...quiet, admin })
  const address = (await server.status()).admin?.address as string
  const blocked = fetch(`${server.base}/block?ms=1e12`).catch(() => {})
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(address + path, { ...init, headers: { authorization, 'content-type': 'application/json' } })
  await eventually('blocked', async () => (await read<Status>(await ask('/status'))).blockedFor > 300)
  return { ...server, address, ask, blocked }
}

describe('the admin server of the monitor thread', () => {
  it('does everything while the app thread is in an endless loop', async () => {
    const server = await stuck()
    const { ask } = server

    expect(await (await ask('')).json()).toEqual({ dumps: [], total: 0 })
    const status = await (await ask('/status')).json()
    expect(status).toMatchObject({ state: 'running', admin: { address: server.address, error: null } })
    expect(await (await ask('/metrics')).text()).toContain('autodump_')
    expect(await (await ask('/openapi.json')).json()).toMatchObject({ openapi: expect.any(String) })

    const patched = await ask('/thresholds', { method: 'PATCH', body: '{"cpu":{"watermark":77}}' })
    expect(await patched.json()).toMatchObject({ cpu: { watermark: 77 } })

    const stream = await ask('/stream')
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    let seen = ''
    while (!seen.includes('event: sample')) seen += (await reader?.read())?.value
    await reader?.cancel()

    const body = JSON.stringify({ capture: ['cpu-profile', 'requests'], duration: 200 })
    const manifest = await read<Manifest>(await ask('/trigger?wait=true', { method: 'POST', body }))
    expect(manifest.state).toBe('complete')
    const profile = await ask(`/dumps/${manifest.id}/cpu.cpuprofile`)
    expect(await profile.text()).toContain('endlessLoop')
    const table = await read<{ requests: object[] }>(await ask(`/dumps/${manifest.id}/requests.json`))
    expect(table.requests).toMatchObject([{ url: '/block' }])
    expect((await ask(`/dumps/${manifest.id}`, { method: 'DELETE' })).status).toBe(204)

    server.child.kill('SIGTERM')
    expect(await server.exit).toEqual({ code: null, signal: 'SIGTERM' })
    await server.blocked
  })

  it('asks for the token of the mounted routes, and no other', async () => {
    const server = await startServer({ ...quiet, admin: { port: 0 } })
    const address = (await server.status()).admin?.address as string
    for (const given of ['', 'Bearer wrong'])
      expect((await fetch(`${address}/status`, { headers: { authorization: given } })).status).toBe(401)
    expect((await fetch(`${address}/status`, { headers: { authorization } })).status).toBe(200)
    expect(server.output()).not.toContain(token)
  })

  it('keeps no process alive and ends its streams when the app closes', async () => {
    const server = await startServer({ ...quiet, admin: { port: 0 } })
    const address = (await server.status()).admin?.address as string
    const stream = await fetch(`${address}/stream`, { headers: { authorization } })
    server.child.send('close')
    expect(await stream.text()).toContain('event: status')
    expect(await server.exit).toEqual({ code: 0, signal: null })
  })

  it('leaves the exit code alone while somebody listens to its stream', async () => {
    const server = await startServer({ ...quiet, admin: { port: 0 } })
    const address = (await server.status()).admin?.address as string
    const stream = await fetch(`${address}/stream`, { headers: { authorization } })
    server.child.send('exit')
    expect(await server.exit).toEqual({ code: 7, signal: null })
    await stream.text().catch(() => {})
  })
})

describe('the admin server when its thread is not as it was', () => {
  it('listens again after the monitor thread has died', async () => {
    const server = await startServer({ ...quiet, admin: { port: 0 } }, { fixture: 'killable.mjs' })
    await server.warm()
    server.child.send('kill the thread')
    const again = await eventually('another thread', async () => {
      const { thread, admin } = await server.status()
      return thread.restarts === 1 && admin?.address
    })
    expect((await fetch(`${again}/status`, { headers: { authorization } })).status).toBe(200)
  })

  it('serves from the app thread where there can be no other, and keeps that thread no longer', async () => {
    const worker = new Worker(new URL('../fixtures/worker-admin.mjs', import.meta.url), {
      workerData: temporaryDirectory(),
    })
    const [{ thread, admin }] = await once(worker, 'message')
    expect(thread.mode).toBe('app-thread')
    expect((await fetch(`${admin.address}/status`)).status).toBe(200)
    worker.postMessage('end')
    expect(await once(worker, 'exit')).toEqual([0])
  })
})

/** A monitor in this process, with what it logs. */
async function start(options: Options) {
  const logged: string[] = []
  const log = (line: string) => void logged.push(line)
  const dir = temporaryDirectory()
  const monitor = createMonitor({ dir, ...quiet, logger: { info: log, warn: log, error: log }, ...options })
  onTestFinished(() => monitor.stop())
  await monitor.start()
  return { monitor, logged, dir, address: () => monitor.status().admin?.address as string }
}

const tokensIn = (logged: string[]) => logged.flatMap(line => /token .* is (\S{43})$/.exec(line)?.[1] ?? [])

/** `GET /status` with a header as no browser would let a page set it. */
async function askAs(host: string, address: string) {
  const { hostname, port, pathname } = new URL(address)
  const asked = request({ hostname, port, path: `${pathname}/status`, headers: { host, authorization } }).end()
  const [response] = await once(asked, 'response')
  response.resume()
  return response.statusCode
}

describe('its token', () => {
  it('is the random one of the mounted routes, logged once', async () => {
    const { monitor, logged, address } = await start({ admin: { port: 0 } })
    const handler = createAdminHandler(monitor, { logger: monitor.logger })
    const [made, ...others] = tokensIn(logged)
    expect(others).toEqual([])
    const headers = { authorization: `Bearer ${made}` }
    expect((await fetch(`${address()}/status`, { headers })).status).toBe(200)
    expect((await handler(new Request('http://x/debug/autodump/status', { headers }))).status).toBe(200)
    await monitor.stop()
    await monitor.start()
    expect(tokensIn(logged)).toHaveLength(1)
    expect((await fetch(`${address()}/status`, { headers })).status).toBe(200)
  })

  it('is one of its own where `authorize` guards the mounted routes', async () => {
    const { logged, address } = await start({ auth: { authorize: () => true }, admin: { port: 0 } })
    expect((await fetch(`${address()}/status`)).status).toBe(401)
    const headers = { authorization: `Bearer ${tokensIn(logged)[0]}` }
    expect((await fetch(`${address()}/status`, { headers })).status).toBe(200)
  })

  it('is what `admin.auth` says, where it says something', async () => {
    const { address } = await start({ auth: false, admin: { port: 0, auth: { token: 'other' } } })
    expect((await fetch(`${address()}/status`)).status).toBe(401)
    expect((await fetch(`${address()}/status`, { headers: { authorization: 'Bearer other' } })).status).toBe(200)
  })

  it('is asked of nobody with `auth: false`, but then the server goes by no name but localhost', async () => {
    const { address } = await start({ auth: false, admin: { port: 0 } })
    expect(await askAs('localhost:80', address())).toBe(200)
    expect(await askAs('127.0.0.1', address())).toBe(200)
    expect(await askAs('[::1]:8080', address())).toBe(200)
    expect(await askAs('evil.example', address())).toBe(403)
  })
})

describe('its address', () => {
  it('that is taken is a failure in status, logged once, and hurts nothing else', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { monitor, logged } = await start({ auth: { token }, admin: { port } })
    const { state, admin, errors } = monitor.status()
    expect({ state, admin }).toEqual({
      state: 'running',
      admin: { address: null, error: expect.stringContaining(`127.0.0.1:${port} is taken`) },
    })
    await eventually('in the errors', () => errors.length > 0 || monitor.status().errors.length > 0)
    expect(logged.filter(line => line.includes('is taken'))).toHaveLength(1)
    expect((await monitor.trigger({ capture: ['requests'] })).state).toBe('complete')
  })

  it('may be a socket that only its owner may use, and that goes with the monitor', async () => {
    const path = join(temporaryDirectory(), 'admin.sock')
    const { monitor } = await start({ auth: { token }, admin: { path } })
    expect(monitor.status().admin).toEqual({ address: `unix:${path}`, error: null })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const asked = request({ socketPath: path, path: '/debug/autodump/status', headers: { authorization } }).end()
    const [response] = await once(asked, 'response')
    expect(await json(response)).toMatchObject({ state: 'running' })
    await monitor.stop()
    expect(existsSync(path)).toBe(false)
  })

  it('may have the socket of a process that died, but not of one that lives, nor any other file', async () => {
    const dir = temporaryDirectory()
    const [left, alive, file] = ['left', 'alive', 'file'].map(name => join(dir, name)) as [string, string, string]
    const dead = createServer().listen(join(dir, 'first'))
    await once(dead, 'listening')
    linkSync(join(dir, 'first'), left) // Closing the server takes only its first name away.
    await new Promise(resolve => dead.close(resolve))
    const living = createServer().listen(alive)
    onTestFinished(() => void living.close())
    await once(living, 'listening')
    writeFileSync(file, 'precious')

    const { address } = await start({ auth: { token }, admin: { path: left } })
    expect(address()).toBe(`unix:${left}`)
    const second = await start({ auth: { token }, admin: { path: alive } })
    expect(second.monitor.status().admin?.error).toContain('another process listens there')
    const third = await start({ auth: { token }, admin: { path: file } })
    expect(third.monitor.status().admin?.error).toContain('is not a socket')
    expect(statSync(file).size).toBe(8)
    expect(connect(alive)).toBeDefined()
  })
})
