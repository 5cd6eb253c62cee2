import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, startServer } from '../support.js'

const trigger = (body: object) => ({ method: 'POST', body: JSON.stringify(body) })

describe('at the start', () => {
  it('one line says what each percentage is of, and who makes the profiles', async () => {
    const server = await startServer()
    const line = await eventually('the line', () =>
      server
        .output()
        .split('\n')
        .find(text => /a sample every/.test(text)),
    )
    expect(line).toContain('a sample every 1000 ms')
    expect(line).toContain(server.dir)
    expect(line).toMatch(/cpu/i)
    expect(line).toMatch(/\d.*(MiB|GiB|bytes)/)
    const { cpuProfiler } = await eventually('a sample', async () => {
      const status = await server.status()
      return status.sample && status
    })
    expect(line).toContain(`CPU profiles by ${cpuProfiler}`)
    expect(server.output().match(/a sample every/g)).toHaveLength(1)
  })
})

describe('a monitor thread that dies', () => {
  it('is started again, with the thresholds as they were, and the app never notices', async () => {
    const server = await startServer({ interval: 100, thresholds: noRules }, { fixture: 'killable.mjs' })
    const patched = await server.admin('/thresholds', {
      method: 'PATCH',
      body: JSON.stringify({ cpu: { watermark: 77 } }),
    })
    expect(patched.status).toBe(200)
    server.child.send('kill the thread')
    await eventually('gone', async () => (await server.status()).thread.degraded)
    expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })
    const unavailable = await server.admin('/trigger', trigger({ capture: ['requests'] }))
    expect([503, 202]).toContain(unavailable.status)

    const { thread, errors } = await eventually('back', async () => {
      const status = await server.status()
      return status.thread.restarts === 1 && status.thread.degraded === null && status
    })
    expect(thread.mode).toBe('monitor-thread')
    expect(errors.map(({ what }) => what)).toContain('the monitor thread')
    expect(await (await server.admin('/thresholds')).json()).toMatchObject({ cpu: { watermark: 77 } })
    const made = await eventually('a dump', async () => {
      const response = await server.admin(
        '/trigger?wait=true',
        trigger({ capture: ['cpu-profile', 'requests'], duration: 100 }),
      )
      return response.status === 201 && ((await response.json()) as Manifest)
    })
    expect(made.state).toBe('complete')
    expect(server.output().match(/the monitor thread: /g)).toHaveLength(1)
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
  })
})

describe('without v8-profiler-next', () => {
  it('another engine makes the profile, and is named', async () => {
    const preload = fileURLToPath(new URL('../fixtures/without-v8-profiler-next.cjs', import.meta.url))
    const server = await startServer({ interval: 100, thresholds: noRules }, { execArgv: ['--require', preload] })
    const { cpuProfiler } = await eventually('a sample', async () => {
      const status = await server.status()
      return status.sample && status
    })
    expect(['node:inspector', 'node:v8']).toContain(cpuProfiler)
    const load = setInterval(() => void fetch(`${server.base}/burn`).catch(() => {}), 60)
    const response = await server.admin('/trigger?wait=true', trigger({ capture: ['cpu-profile'], duration: 500 }))
    clearInterval(load)
    const manifest = (await response.json()) as Manifest
    const artifact = manifest.artifacts.find(({ kind }) => kind === 'cpu-profile')
    expect(artifact).toMatchObject({ state: 'complete', engine: cpuProfiler })
    const profile = JSON.parse(await readFile(join(server.dir, manifest.id, artifact?.file as string), 'utf8'))
    expect(profile.samples.length).toBe(profile.timeDeltas.length)
    expect(manifest.summary.text).toContain('hotFunction')
    expect((await server.status()).errors).toEqual([])
  })
})
