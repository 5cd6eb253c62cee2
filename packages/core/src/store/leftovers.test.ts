import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory, testStore } from '../testing/dumps.js'

const dead = spawnSync(process.execPath, ['-e', '']).pid

const minutesAgo = (path: string, minutes: number) =>
  utimesSync(path, new Date(), new Date(Date.now() - minutes * 60_000))

/** The leftovers of a process that dies while it writes a dump. */
function plant(dir: string, pid: number, { host = hostname() as string | null, age = 0 } = {}): string {
  const path = join(dir, `.tmp-20261124T000000000Z-${pid}-cpu-spike`)
  mkdirSync(path)
  writeFileSync(join(path, 'half.json'), '{')
  if (host !== null) writeFileSync(join(path, '.owner'), host)
  minutesAgo(path, age)
  return path
}

describe('what dead processes have left', () => {
  it('is removed when the store is opened', async () => {
    const dir = temporaryDirectory()
    plant(dir, dead)
    mkdirSync(join(dir, '.del-20261124T000000000Z-1-cpu-spike.ab12'))
    writeFileSync(join(dir, '.limits.json.ab12'), '')
    minutesAgo(join(dir, '.limits.json.ab12'), 2)
    const { failures } = await testStore(dir)
    expect(readdirSync(dir)).toEqual([])
    expect(failures).toEqual([])
  })

  it('is not mistaken for what living ones are writing', async () => {
    const dir = temporaryDirectory()
    const paths = [plant(dir, process.ppid, { age: 60 }), plant(dir, process.pid)]
    await testStore(dir)
    expect(paths.map(path => existsSync(path))).toEqual([true, true])
  })

  it('may be of a process that had our number before us', async () => {
    const dir = temporaryDirectory()
    const path = plant(dir, process.pid, { age: 60 + process.uptime() / 60 })
    await testStore(dir)
    expect(existsSync(path)).toBe(false)
  })

  it('stays for a day where it comes from another host, whose processes we cannot see', async () => {
    const dir = temporaryDirectory()
    const young = plant(dir, dead, { host: 'elsewhere', age: 23 * 60 })
    const old = plant(dir, dead + 1, { host: 'elsewhere', age: 25 * 60 })
    await testStore(dir)
    expect([existsSync(young), existsSync(old)]).toEqual([true, false])
  })

  it('stays where somebody looks after it, but not what he has begun to make of it before he died', async () => {
    const dir = temporaryDirectory()
    const lookedAfter = async () => new Set([dead])
    const kept = plant(dir, dead)
    await testStore(dir, { lookedAfter })
    expect(existsSync(kept)).toBe(true)
    // The dump of a crash: the number in its name is that of the process that crashed.
    writeFileSync(join(kept, '.owner'), `${hostname()}\n${spawnSync(process.execPath, ['-e', '']).pid}`)
    await testStore(dir, { lookedAfter })
    expect(existsSync(kept)).toBe(false)
  })

  it.each([
    ['no owner', { host: null }],
    ['an owner file that is empty yet', { host: '' }],
  ])('stays for a moment while it has %s', async (_, owner) => {
    const dir = temporaryDirectory()
    const young = plant(dir, dead, owner)
    await testStore(dir)
    expect(existsSync(young)).toBe(true)
    minutesAgo(young, 2)
    await testStore(dir)
    expect(existsSync(young)).toBe(false)
  })

  it('is removed after a day whatever its number says', async () => {
    const dir = temporaryDirectory()
    const path = plant(dir, process.ppid, { age: 25 * 60 })
    await testStore(dir)
    expect(existsSync(path)).toBe(false)
  })

  it('is told from the files of others', async () => {
    const dir = temporaryDirectory()
    const names = ['.tmp-mine', '.del-mine', '.tmp-20261124T000000000Z-x', '.git', 'notes.txt', '20261124T000000000Z']
    for (const name of names) mkdirSync(join(dir, name))
    const { failures } = await testStore(dir)
    expect(readdirSync(dir).sort()).toEqual([...names].sort())
    expect(failures).toEqual([])
  })
})
