import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { fateOf, lookAround, type ProcessIdentity, readIdentity, type Surroundings } from './process-life.js'

const own: ProcessIdentity = { pid: 20, host: 'here', bootId: 'b1', pidNamespace: 'pid:[1]', startTicks: '500' }

const run: ProcessIdentity = { ...own, pid: 10, startTicks: '100' }

const around = (look: Surroundings['look'] = () => null): Surroundings => ({ own, bootedAt: 1000, look })

describe('the fate of a run', () => {
  it('is over when nobody has its number any more', () => {
    expect(fateOf(run, 2000, around())).toBe('over')
  })

  it('is alive while its process is', () => {
    expect(
      fateOf(
        run,
        2000,
        around(() => ({ startTicks: '100' })),
      ),
    ).toBe('alive')
  })

  it('is over when another process has its number by now, be it ours', () => {
    expect(
      fateOf(
        run,
        2000,
        around(() => ({ startTicks: '101' })),
      ),
    ).toBe('over')
    expect(
      fateOf(
        { ...own, startTicks: '100' },
        2000,
        around(() => ({ startTicks: '500' })),
      ),
    ).toBe('over')
  })

  it('is a reboot when it was last heard of before this machine was booted', () => {
    expect(fateOf({ ...run, bootId: 'b0' }, 999, around())).toBe('rebooted')
  })

  it.each([
    ['on another host', { host: 'there' }],
    ['on another machine of that name', { bootId: 'b0' }],
    ['in another container', { pidNamespace: 'pid:[2]' }],
  ])('is unknown %s', (_where, more) => {
    expect(
      fateOf(
        { ...run, ...more },
        2000,
        around(() => ({ startTicks: '100' })),
      ),
    ).toBe('unknown')
  })

  it('is unknown where the platform does not say when a process began, and the number is in use', () => {
    const nothing = { bootId: null, pidNamespace: null, startTicks: null }
    const blind = { ...around(() => ({ startTicks: null })), own: { ...own, ...nothing } }
    expect(fateOf({ ...run, ...nothing }, 2000, blind)).toBe('unknown')
    expect(fateOf({ ...run, ...nothing }, 2000, { ...blind, look: () => null })).toBe('over')
    expect(fateOf({ ...own, ...nothing }, 2000, blind)).toBe('over')
  })
})

describe('identities', () => {
  function root(): string {
    const path = temporaryDirectory()
    for (const dir of ['proc/sys/kernel/random', 'proc/7']) mkdirSync(join(path, dir), { recursive: true })
    writeFileSync(join(path, 'proc/sys/kernel/random/boot_id'), 'abc\n')
    writeFileSync(join(path, 'proc/stat'), 'cpu 1 2\nbtime 1700000000\n')
    return path
  }
  const stat = (state: string) => `7 (a) b) ${state} ${Array.from({ length: 18 }, (_, i) => i).join(' ')} 4711 0 0`

  it('are read from /proc, whatever the name of the process', () => {
    const path = root()
    writeFileSync(join(path, 'proc/7/stat'), stat('S'))
    expect(readIdentity({ root: path, pid: 7, host: 'h' })).toEqual({
      pid: 7,
      host: 'h',
      bootId: 'abc',
      pidNamespace: null,
      startTicks: '4711',
    })
    expect(lookAround(path).bootedAt).toBe(1_700_000_000_000)
    expect(lookAround(path).look(7)).toMatchObject({ startTicks: '4711' })
  })

  it('take a process that nobody has buried yet for dead', () => {
    const path = root()
    writeFileSync(join(path, 'proc/7/stat'), stat('Z'))
    expect(lookAround(path).look(7)).toBeNull()
  })

  it('tell a living process from a dead one here', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const identity = readIdentity({ pid: child.pid as number })
    expect(fateOf(identity, Date.now(), lookAround())).toBe(process.platform === 'linux' ? 'alive' : 'unknown')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(fateOf(identity, Date.now(), lookAround())).toBe('over')
  })
})
