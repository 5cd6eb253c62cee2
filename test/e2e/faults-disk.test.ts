import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { captureKinds } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'
import { boundByModes } from '../users.js'
import { checkWhole, idsIn, litterIn } from '../whole-dumps.js'

const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: 'utf8' })

/** Why no file system can be mounted here, or `null`. */
function noMount(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux'
  const dir = temporaryMountPoint()
  const { status, stderr } = run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir)
  if (status === 0) run('umount', dir)
  rmSync(dir, { recursive: true })
  return status === 0 ? null : `mounting is not allowed: ${stderr}`
}

function temporaryMountPoint(): string {
  const dir = join(process.env.TMPDIR ?? '/tmp', `autodump-mount-${process.pid}-${Math.random().toString(36).slice(2)}`)
  mkdirSync(dir)
  return dir
}

const reason = noMount()

/** A small file system of its own. */
function mounted(size: string): string {
  const dir = temporaryMountPoint()
  expect(run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir).status).toBe(0)
  // A second time over the first: sockets keep a file system from becoming read-only, but not a mount of it.
  expect(run('mount', '--bind', dir, dir).status).toBe(0)
  onTestFinished(() => {
    for (let count = 0; count < 2; count++) run('umount', '-l', dir)
    rmSync(dir, { recursive: true, force: true })
  })
  return dir
}

const quiet = { interval: 100, thresholds: noRules, limits: { maxPerHour: 3600 }, blackBox: { enabled: false } }

const trigger = (server: RunningServer, capture: readonly string[] = ['requests']) =>
  server.admin('/trigger?wait=true', { method: 'POST', body: JSON.stringify({ capture, duration: 50 }) })

async function refused(response: Response, ...statuses: number[]): Promise<string> {
  const { status, detail } = (await response.json()) as { status: number; detail: string }
  expect(statuses, detail).toContain(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return detail
}

async function listed(server: RunningServer): Promise<unknown[]> {
  return ((await (await server.admin('')).json()) as { dumps: unknown[] }).dumps
}

async function complete(server: RunningServer): Promise<void> {
  const response = await trigger(server)
  const manifest = (await response.json()) as Manifest
  expect([response.status, manifest.state]).toEqual([201, 'complete'])
  checkWhole(server.dir, manifest.id)
}

/** The app is as it was, and what goes wrong was said once in the log and stands in the status. */
async function unharmed(server: RunningServer, what: RegExp): Promise<void> {
  expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })
  const { state, thread } = await server.status()
  expect([state, thread.degraded]).toEqual(['running', null])
  // The status has what is known since the last sample.
  const own = await eventually('the failure in the status', async () => {
    const { errors } = await server.status()
    const found = errors.filter(({ what: name, message }) => what.test(`${name}: ${message}`))
    return found.length > 0 && found
  })
  for (const { what, message } of own)
    expect(server.output().split(`autodump: ${what}: ${message}\n`).length - 1, message).toBe(1)
}

async function closes(server: RunningServer): Promise<void> {
  server.child.send('close')
  expect(await server.exit).toEqual({ code: 0, signal: null })
}

describe.skipIf(reason !== null)(`a disk of its own${reason ? ` (left out: ${reason})` : ''}`, () => {
  it('that is full refuses a capture, which works again when there is room', async () => {
    const dir = mounted('4m')
    const server = await startServer({ ...quiet, dir, retention: { minFreeBytes: 0 } })
    await complete(server)
    const filler = join(dir, 'filler')
    run('dd', 'if=/dev/zero', `of=${filler}`, 'bs=64k')
    expect(statfsSync(dir).bavail).toBe(0)
    for (let time = 0; time < 2; time++) expect(await refused(await trigger(server), 500)).toMatch(/ENOSPC|no space/i)
    await unharmed(server, /ENOSPC/)
    expect(litterIn(dir)).toEqual([])
    rmSync(filler)
    await complete(server)
    await closes(server)
  })

  it('that has less than minFreeBytes refuses a capture before it costs anything', async () => {
    const dir = mounted('4m')
    const server = await startServer({ ...quiet, dir, retention: { minFreeBytes: 2 * 1024 ** 2 } })
    await complete(server)
    writeFileSync(join(dir, 'filler'), Buffer.alloc(3 * 1024 ** 2))
    for (let time = 0; time < 2; time++) await refused(await trigger(server), 507)
    await unharmed(server, /minFreeBytes/)
    expect(idsIn(dir)).toHaveLength(1)
    rmSync(join(dir, 'filler'))
    await complete(server)
    await closes(server)
  })

  it('that gets full during any artifact gives a whole dump without it, or none', async () => {
    const dir = mounted('8m')
    const server = await startServer({
      ...quiet,
      dir,
      retention: { minFreeBytes: 0 },
      heapSnapshot: { maxPerProcess: 1000 },
    })
    const filler = join(dir, 'filler')
    const page = statfsSync(dir).bsize
    const outcomes = new Map<string, Set<string>>()
    let partial = 0
    for (const kind of captureKinds) {
      // Its manifest takes more and more, since it has the samples.
      const { id, ...manifest } = (await (await trigger(server, ['requests'])).json()) as Manifest
      expect((await server.admin(`/dumps/${id}`, { method: 'DELETE' })).status).toBe(204)
      const its = Math.ceil(JSON.stringify(manifest).length / page)
      for (const pages of [2, 3, its + 3, its + 6, its + 16]) {
        writeFileSync(filler, Buffer.alloc((statfsSync(dir).bavail - pages) * page))
        const response = await trigger(server, [...new Set([kind, 'requests'])])
        const seen = outcomes.get(kind) ?? new Set()
        outcomes.set(kind, seen)
        if (response.status === 201) {
          const { id, artifacts, state } = (await response.json()) as Manifest
          checkWhole(dir, id)
          for (const one of artifacts) if (one.kind === kind) seen.add(one.error ?? one.state)
          if (state === 'partial') partial++
          expect((await server.admin(`/dumps/${id}`, { method: 'DELETE' })).status).toBe(204)
        } else seen.add(await refused(response, 500))
        expect(litterIn(dir), kind).toEqual([])
        rmSync(filler)
      }
    }
    const all = [...outcomes].map(([kind, seen]) => `${kind}: ${[...seen].join(' | ')}`).join('\n')
    for (const kind of captureKinds)
      expect(
        [...(outcomes.get(kind) ?? [])].some(text => /ENOSPC/.test(text)),
        all,
      ).toBe(true)
    expect(partial, all).toBeGreaterThan(0)
    expect(idsIn(dir)).toEqual([])
    await complete(server)
    await closes(server)
  })

  it('that becomes read-only refuses a capture, and takes the next one when it can be written again', async () => {
    const dir = mounted('4m')
    const server = await startServer({ ...quiet, dir, retention: { minFreeBytes: 0 } })
    await complete(server)
    expect(run('mount', '-o', 'remount,bind,ro', dir).status).toBe(0)
    for (let time = 0; time < 2; time++) expect(await refused(await trigger(server), 500)).toMatch(/EROFS|read-only/)
    await unharmed(server, /EROFS/)
    // What is there can still be read.
    expect(await listed(server)).toHaveLength(1)
    const deleted = await server.admin(`/dumps/${idsIn(dir)[0]}`, { method: 'DELETE' })
    await refused(deleted, 500)
    expect(run('mount', '-o', 'remount,bind,rw', dir).status).toBe(0)
    await complete(server)
    await closes(server)
  })
})

const bound = boundByModes()

it.skipIf(!bound)(
  `a directory that may not be written any more${bound ? '' : ' (left out: needs setpriv)'}`,
  async () => {
    const dir = temporaryDirectory()
    const server = await startServer({ ...quiet, dir, retention: { minFreeBytes: 0 } }, bound ?? {})
    await complete(server)
    for (const mode of [0o500, 0o000]) {
      chmodSync(dir, mode)
      for (let time = 0; time < 2; time++) expect(await refused(await trigger(server), 500)).toMatch(/EACCES/)
      await unharmed(server, /EACCES/)
    }
    chmodSync(dir, 0o700)
    await complete(server)
    expect(await listed(server)).toHaveLength(2)
    await closes(server)
  },
)

it('a directory that is removed, also in the middle of a capture, is made anew', async () => {
  const dir = join(temporaryDirectory(), 'dumps')
  const server = await startServer({ ...quiet, dir, blackBox: { enabled: true }, retention: { minFreeBytes: 0 } })
  /** It is gone at once: removed file by file, it would race with those that are written into it. */
  const remove = () => {
    const aside = `${dir}-${Math.random()}`
    renameSync(dir, aside)
    rmSync(aside, { recursive: true })
  }
  await complete(server)
  remove()
  await complete(server)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  const body = JSON.stringify({ capture: ['cpu-profile', 'requests'], duration: 400 })
  // On a busy machine the capture may be over before the directory is removed.
  const response = await eventually('a directory that is removed in the middle of a capture', async () => {
    const waiting = server.admin('/trigger?wait=true', { method: 'POST', body })
    let answered = false
    const answer = waiting.finally(() => {
      answered = true
    })
    answer.catch(() => {}) // It is awaited below.
    await eventually('the capture', async () => answered || (existsSync(dir) && litterIn(dir).length > 0))
    remove()
    const response = await answer
    return response.status !== 201 && response
  })
  expect(await refused(response, 500)).toMatch(/ENOENT/)
  await unharmed(server, /ENOENT/)
  await complete(server)
  expect(existsSync(dir)).toBe(true)
  await closes(server)
})
