import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { askInstance } from '../control/client.js'
import type { InstanceRecord } from '../control/instance.js'
import { controlDirectory, listInstances, publishInstance, sweepInstances } from '../control/instances.js'
import { identityOf } from '../lib/process-identity.js'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { controlSocket } from './control-socket.js'
import type { ServiceContext } from './service.js'

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-control-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Opens a control socket as a monitor does; `errors` are its failures. */
async function open(dir: string) {
  const errors: string[] = []
  const api = createFakeMonitor({ dir, labels: { service: 'shop' } })
  const running = await controlSocket({
    api,
    data: { options: api.options },
    logger: { info() {}, warn() {}, error() {} },
    onError: (what: string, error: Error) => errors.push(`${what}: ${error.message}`),
  } as unknown as ServiceContext)
  onTestFinished(() => running.stop())
  return { errors, stop: running.stop }
}

const modeOf = (path: string) => statSync(path).mode & 0o777

const namesIn = (dir: string) => readdirSync(controlDirectory(dir))

function instanceOf(more: Partial<InstanceRecord> = {}): InstanceRecord {
  const about = {
    title: 'x',
    script: '/x',
    labels: {},
    node: 'v20',
    version: '0',
    startedAt: new Date().toISOString(),
    prefix: '',
  }
  return { ...identityOf(), ...about, socket: '/nowhere/s', ...more }
}

async function stoppedProcess(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  return child as ChildProcess & { pid: number }
}

describe.skipIf(process.platform === 'win32')('the control socket', () => {
  it('is found in the dump directory, answers without a token, and is for its owner only', async () => {
    const dir = directory()
    chmodSync(dir, 0o755)
    const { errors, stop } = await open(dir)
    const [instance] = await listInstances(dir)
    expect(instance).toMatchObject({ pid: process.pid, title: 'server.js', labels: { service: 'shop' } })
    expect(modeOf(controlDirectory(dir))).toBe(0o700)
    for (const name of namesIn(dir)) expect(modeOf(join(controlDirectory(dir), name))).toBe(0o600)

    const response = await askInstance(instance as InstanceRecord, '/status')
    expect(await response.json()).toMatchObject({ pid: 42, state: 'running' })
    const removed = await askInstance(instance as InstanceRecord, '/dumps/20261124T013512123Z-42-cpu-spike', {
      method: 'DELETE',
    })
    expect(removed.status).toBe(204)
    expect(errors).toEqual([])
    await stop()
    expect(namesIn(dir)).toEqual([])
    expect(await listInstances(dir)).toEqual([])
  })

  it('goes elsewhere where its path would be too long, and takes that away with it', async () => {
    const dir = join(directory(), 'x'.repeat(100))
    mkdirSync(dir)
    const { errors, stop } = await open(dir)
    const [instance] = (await listInstances(dir)) as [InstanceRecord & { id: string }]
    expect(Buffer.byteLength(instance.socket)).toBeLessThan(100)
    expect(modeOf(join(instance.socket, '..'))).toBe(0o700)
    expect((await askInstance(instance, '/status')).status).toBe(200)
    await stop()
    expect(existsSync(join(instance.socket, '..'))).toBe(false)
    expect(errors).toEqual([])
  })

  it('says why it cannot be opened, and does no harm', async () => {
    const dir = directory()
    writeFileSync(controlDirectory(dir), 'somebody was here')
    expect((await open(dir)).errors).toEqual([expect.stringMatching(/^open the control socket: .*is not a directory/)])
    expect(readFileSync(controlDirectory(dir), 'utf8')).toBe('somebody was here')
  })

  it('does not follow a symbolic link', async () => {
    const [dir, elsewhere] = [directory(), directory()]
    symlinkSync(elsewhere, controlDirectory(dir))
    expect((await open(dir)).errors).toEqual([expect.stringContaining('is not a directory')])
    expect(await listInstances(dir)).toEqual([])
    expect(readdirSync(elsewhere)).toEqual([])
  })
})

describe('instances', () => {
  it('whose process is dead are not listed, nor those that only have its number', async () => {
    const dir = directory()
    mkdirSync(controlDirectory(dir))
    const child = await stoppedProcess()
    const dead = instanceOf({ pid: child.pid, startTicks: '1' })
    publishInstance(join(controlDirectory(dir), 'again.json'), dead)
    child.kill('SIGKILL')
    await once(child, 'exit')
    publishInstance(join(controlDirectory(dir), 'dead.json'), { ...dead, startTicks: null })
    expect(await listInstances(dir)).toEqual([])
  })

  it('of dead processes are swept with their sockets; what may be alive stays', async () => {
    const dir = directory()
    const control = controlDirectory(dir)
    mkdirSync(control)
    const socket = join(control, '1-a.sock')
    // A process that dies leaves its socket, where `close` would remove it.
    const listens = `require('net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`
    spawnSync(process.execPath, ['-e', listens])
    expect(existsSync(socket)).toBe(true)
    publishInstance(join(control, '1-a.json'), instanceOf({ pid: 2 ** 30, socket }))
    publishInstance(join(control, '2-b.json'), instanceOf({ host: 'another', bootId: 'another', pid: 2 ** 30 }))
    publishInstance(join(control, '3-c.json'), instanceOf({ socket: join(control, '3-c.sock') }))
    writeFileSync(join(control, 'young'), '')
    writeFileSync(join(control, 'old'), '')
    utimesSync(join(control, 'old'), 1, 1)
    await sweepInstances(dir)
    expect(readdirSync(control).sort()).toEqual(['2-b.json', 'young'])
    utimesSync(join(control, '2-b.json'), 1, 1)
    await sweepInstances(dir)
    expect(readdirSync(control)).toEqual(['young'])
  })

  it('never make a sweep remove what lies elsewhere', async () => {
    const [dir, elsewhere] = [directory(), directory()]
    mkdirSync(controlDirectory(dir))
    const file = join(elsewhere, 'precious')
    writeFileSync(file, '')
    publishInstance(join(controlDirectory(dir), '1-a.json'), instanceOf({ pid: 2 ** 30, socket: file }))
    await sweepInstances(dir)
    expect(namesIn(dir)).toEqual([])
    expect(existsSync(file)).toBe(true)
  })

  it('that are none are left out', async () => {
    const dir = directory()
    const control = controlDirectory(dir)
    mkdirSync(control)
    writeFileSync(join(control, '1.json'), '{"pid":')
    writeFileSync(join(control, '2.json'), '{"pid":1}')
    mkdirSync(join(control, '3.json'))
    symlinkSync('/etc/passwd', join(control, '4.json'))
    expect(await listInstances(dir)).toEqual([])
    expect(await listInstances(join(dir, 'missing'))).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('asking an instance', () => {
  it('that hangs ends in time, and so does asking one that is gone', async () => {
    const socket = join(directory(), 's')
    const server = createServer(() => {}).listen(socket)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const hung = { socket, prefix: '', pid: 7 }
    await expect(askInstance(hung, '/status', { timeout: 50 })).rejects.toMatchObject({
      code: 'STOPPED',
      message: expect.stringContaining('process 7 does not answer: nothing for 50 ms'),
    })
    await expect(askInstance({ ...hung, socket: `${socket}-gone` }, '/status')).rejects.toMatchObject({
      code: 'STOPPED',
    })
  })

  it('that stops in the middle of an answer ends too', async () => {
    const socket = join(directory(), 's')
    const server = createServer(connection =>
      connection.on('error', () => {}).write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'),
    ).listen(socket)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const response = await askInstance({ socket, prefix: '', pid: 7 }, '/status', { timeout: 50 })
    await expect(response.text()).rejects.toThrow()
  })
})
