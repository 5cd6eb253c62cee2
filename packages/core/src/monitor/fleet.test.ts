import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { controlDirectory, publishInstance, statusFileOf } from '../control/instances.js'
import { noteStatusOfCaptures } from '../control/last-status.js'
import { identityOf } from '../lib/process-identity.js'
import type { Status } from '../model/status.js'
import { temporaryDirectory } from '../testing/dumps.js'
import { aloneAs, capturingOf, createFakeMonitor } from '../testing/fake-monitor.js'
import { controlSocket } from './control-socket.js'
import { createFleet } from './fleet.js'
import type { ServiceContext } from './service.js'

const { own } = aloneAs('41-ffffffff')

/** A monitor with that id that shares the directory. */
async function joins(dir: string, id: string) {
  const api = createFakeMonitor({ dir })
  api.fleet = aloneAs(id)
  const context = { api, data: { options: api.options }, logger: { info() {}, warn() {}, error() {} }, onError() {} }
  const running = await controlSocket(context as unknown as ServiceContext)
  onTestFinished(() => running.stop())
  return api
}

/** A process whose monitor thread says that and no more. */
async function mute(dir: string, id: string, says: (socket: Socket) => void) {
  const socket = join(controlDirectory(dir), `${id}.sock`)
  const server = createServer(says).listen(socket)
  onTestFinished(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  const about = {
    title: 'x',
    script: '/x',
    labels: {},
    node: 'v20',
    version: '0',
    startedAt: new Date().toISOString(),
    prefix: '',
  }
  publishInstance(join(controlDirectory(dir), `${id}.json`), { ...identityOf(), ...about, socket })
}

describe.skipIf(process.platform === 'win32')('the other instances', () => {
  it('are asked for what only they know, each for itself', async () => {
    const dir = temporaryDirectory()
    const other = await joins(dir, '42-aaaaaaaa')
    const fleet = createFleet(dir, own)
    expect(await fleet.others()).toMatchObject([{ id: '42-aaaaaaaa', title: 'server.js' }])
    const answer = await fleet.ask('42-aaaaaaaa', { method: 'PATCH', path: '/thresholds', body: { cpu: { min: 7 } } })
    expect(answer).toMatchObject({ status: 200, etag: '"v2"', body: { cpu: { min: 7 } } })
    expect(other.asked).toEqual([['updateThresholds', { cpu: { min: 7 } }, undefined]])
    const stale = { method: 'PATCH', path: '/thresholds', body: { cpu: { min: 8 } }, ifMatch: '"v1"' } as const
    expect(await fleet.ask('42-aaaaaaaa', stale)).toMatchObject({ status: 412, body: { status: 412 } })
    const waited = await fleet.ask('42-aaaaaaaa', { method: 'POST', path: '/trigger', body: {}, wait: 1000 })
    expect(waited).toMatchObject({ status: 201, body: { state: 'complete' } })
  })

  it('do not include the one that asks, nor anybody who is not in the list', async () => {
    const dir = temporaryDirectory()
    await joins(dir, own.id)
    const fleet = createFleet(dir, own)
    expect(await fleet.others()).toEqual([])
    for (const id of [own.id, '../../x', '42-aaaaaaaa'])
      await expect(fleet.ask(id, { method: 'GET', path: '/status' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => {}],
    ['hangs up', socket => void socket.destroy()],
    ['stops in the middle', socket => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{')],
    [
      'never comes to an end',
      socket => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{')
        const timer = setInterval(() => socket.write(' '), 10)
        socket.on('close', () => clearInterval(timer))
      },
    ],
  ])('cost no more than their time where one %s', async (_, says) => {
    const dir = temporaryDirectory()
    mkdirSync(controlDirectory(dir))
    await mute(dir, '43-bbbbbbbb', socket => {
      socket.on('error', () => {})
      says(socket)
    })
    const asked = createFleet(dir, own, 100).ask('43-bbbbbbbb', { method: 'GET', path: '/status' })
    await expect(asked).rejects.toMatchObject({ code: 'STOPPED' })
  })

  it('that capture a dump and are silent have the status that they noted', async () => {
    const dir = temporaryDirectory()
    const id = '43-bbbbbbbb'
    mkdirSync(controlDirectory(dir), { mode: 0o700 })
    await mute(dir, id, socket => void socket.on('error', () => {}))
    const capturing = capturingOf('20261124T013512123Z-43-manual')
    const api = createFakeMonitor({ dir })
    const file = statusFileOf(join(controlDirectory(dir), `${id}.json`))
    const stop = noteStatusOfCaptures(api, file, (what, error) => expect.fail(`${what}: ${error}`))
    const status = () => createFleet(dir, own, 1500).ask(id, { method: 'GET', path: '/status' })
    api.events.emit('capture', capturing)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const { asOf, ...said } = (await status()).body as Status
    expect(said).toEqual(JSON.parse(JSON.stringify({ ...api.status(), capture: capturing })))
    expect(new Date(asOf as string).toISOString()).toBe(asOf)
    // Others are not asked for what they noted.
    const thresholds = createFleet(dir, own, 100).ask(id, { method: 'GET', path: '/thresholds' })
    await expect(thresholds).rejects.toMatchObject({ code: 'STOPPED' })

    writeFileSync(file, '{"asOf":')
    await expect(status()).rejects.toMatchObject({ code: 'STOPPED' })
    api.events.emit('capture', null)
    expect(existsSync(file)).toBe(false)
    api.events.emit('capture', capturing)
    stop()
    expect(existsSync(file)).toBe(false)
  })

  it('are not waited for by one that stops', async () => {
    const dir = temporaryDirectory()
    mkdirSync(controlDirectory(dir))
    const fleet = createFleet(dir, own)
    await mute(dir, '43-bbbbbbbb', () => fleet.close())
    const asked = fleet.ask('43-bbbbbbbb', { method: 'POST', path: '/trigger', wait: 300_000 })
    await expect(asked).rejects.toMatchObject({ code: 'STOPPED' })
  })

  it('may say what is no answer', async () => {
    const dir = temporaryDirectory()
    mkdirSync(controlDirectory(dir))
    await mute(dir, '43-bbbbbbbb', socket => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\noops'))
    const asked = createFleet(dir, own).ask('43-bbbbbbbb', { method: 'GET', path: '/status' })
    await expect(asked).rejects.toMatchObject({ code: 'FAILED', message: expect.stringContaining('is not JSON') })
  })
})
