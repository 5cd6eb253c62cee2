import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { identityOf } from '../lib/process-identity.js'
import type { InstanceRecord } from './instance.js'
import { enterRegister, listRegister } from './register.js'

/** A temporary directory of the system for this test alone. */
function system(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-register-'))
  const { TMPDIR } = process.env
  process.env.TMPDIR = dir
  onTestFinished(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    rmSync(dir, { recursive: true, force: true })
  })
  return dir
}

const register = (tmp: string) => join(tmp, 'autodump-monitors')

function monitor(more: Partial<InstanceRecord> = {}): InstanceRecord {
  const about = { title: 'shop', script: '/x', labels: {}, node: 'v20', version: '0', prefix: '' }
  return { ...identityOf(), ...about, startedAt: new Date().toISOString(), socket: '/nowhere/s', ...more }
}

/** No process has that number and began then. */
const dead = { pid: 999_999_999, startTicks: '1' }

describe.skipIf(process.platform === 'win32')('the register of monitors', () => {
  it('has an entry for each, whatever its dump directory, for their user only', async () => {
    const tmp = system()
    const socket = join(tmp, 's')
    const server = createServer().listen(socket)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const file = await enterRegister('1-a', monitor({ socket }), '/var/dumps/shop')
    await enterRegister('1-b', monitor({ socket }), '/var/dumps/till')
    expect(file).toBe(join(register(tmp), '1-a.json'))
    expect([register(tmp), file as string].map(path => statSync(path).mode & 0o777)).toEqual([0o700, 0o600])
    expect((await listRegister()).map(({ id, dir, isRunning }) => [id, dir, isRunning])).toEqual([
      ['1-a', '/var/dumps/shop', true],
      ['1-b', '/var/dumps/till', true],
    ])
  })

  it('says of a dead one that it is dead, until the next one comes', async () => {
    const tmp = system()
    await enterRegister('2-dead', monitor(dead), '/var/dumps/shop')
    expect(await listRegister()).toMatchObject([{ id: '2-dead', dir: '/var/dumps/shop', isRunning: false }])
    await enterRegister('3-new', monitor(), '/var/dumps/till')
    expect(readdirSync(register(tmp))).toContain('3-new.json')
    expect(readdirSync(register(tmp))).not.toContain('2-dead.json')
  })

  it('skips what is no entry', async () => {
    const tmp = system()
    await enterRegister('1-a', monitor(), '/var/dumps/shop')
    writeFileSync(join(register(tmp), '9-x.json'), '{"pid":1}')
    writeFileSync(join(register(tmp), '9-y.json'), 'no JSON')
    expect(await listRegister()).toMatchObject([{ id: '1-a' }])
  })

  it('is not made for a look at it', async () => {
    const tmp = system()
    expect(await listRegister()).toEqual([])
    expect(existsSync(register(tmp))).toBe(false)
  })

  it('is left out where no file can be made', async () => {
    const tmp = system()
    process.env.TMPDIR = join(tmp, 'missing')
    expect(await enterRegister('1-a', monitor(), '/d')).toBeNull()
  })

  it('that is something else is refused', async () => {
    const tmp = system()
    writeFileSync(register(tmp), '')
    await expect(enterRegister('1-a', monitor(), '/d')).rejects.toThrow('is not a directory')
    expect(await listRegister()).toEqual([])
  })

  it('that was open to others is closed', async () => {
    const tmp = system()
    mkdirSync(register(tmp))
    chmodSync(register(tmp), 0o777)
    await enterRegister('1-a', monitor(), '/d')
    expect(statSync(register(tmp)).mode & 0o777).toBe(0o700)
  })

  it.skipIf(process.geteuid?.() !== 0)('of another user is not used: ours has our user in its name', async () => {
    const tmp = system()
    mkdirSync(register(tmp), 0o777)
    chownSync(register(tmp), 65534, 65534)
    writeFileSync(join(register(tmp), '4-theirs.json'), JSON.stringify({ ...monitor(), dir: '/theirs' }))
    const file = await enterRegister('1-a', monitor(), '/ours')
    expect(file).toBe(join(tmp, 'autodump-monitors-0', '1-a.json'))
    expect(await listRegister()).toMatchObject([{ id: '1-a', dir: '/ours' }])
  })
})
