import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../testing/dumps.js'
import { runOf } from '../../testing/runs.js'
import { coreNames, coreSettings, findCoreFile } from './core-file.js'

function root(pattern: string, limit: string): string {
  const root = temporaryDirectory()
  for (const dir of ['proc/sys/kernel', 'proc/self']) mkdirSync(join(root, dir), { recursive: true })
  writeFileSync(join(root, 'proc/sys/kernel/core_pattern'), `${pattern}\n`)
  writeFileSync(
    join(root, 'proc/self/limits'),
    `Limit  Soft Limit\nMax core file size        ${limit}   unlimited   bytes\n`,
  )
  return root
}

describe('where a core file would be', () => {
  it('is known by the pattern and by the limit', () => {
    expect(coreSettings(root('core', 'unlimited'), '/app')).toEqual({ pattern: 'core', cwd: '/app' })
    expect(coreSettings(root('core', '0'), '/app')).toBeNull()
    expect(coreSettings(root('|/lib/systemd/systemd-coredump %P', '0'), '/app')).toMatchObject({ cwd: '/app' })
    expect(coreSettings(temporaryDirectory())).toBeNull()
  })

  it.each([
    ['core', 'core', true],
    ['core', 'core.4711', true],
    ['core', 'core.4712', false],
    ['/tmp/core.%e.%p.%t', 'core.node.4711.1764438349', true],
    ['/tmp/core.%e.%p.%t', 'core.node.4712.1764438349', false],
    ['100%%+%h-%P', '100%+box-4711', true],
  ])('has a name by the pattern: %s, %s', (pattern, name, fits) => {
    expect(coreNames(pattern, 4711).test(name)).toBe(fits)
  })
})

describe('a core file', () => {
  const at = Date.now()
  const runWith = (pattern: string, cwd: string) => {
    const run = runOf({ writtenAt: at })
    run.info.core = { pattern, cwd }
    return run
  }

  it('is found in the directory of the process, if it was written after the last sample', async () => {
    const cwd = temporaryDirectory()
    const run = runWith('core.%p', cwd)
    expect(await findCoreFile(run)).toBeNull()
    const path = join(cwd, 'core.10')
    writeFileSync(path, '')
    utimesSync(path, new Date(at - 60_000), new Date(at - 60_000))
    expect(await findCoreFile(run)).toBeNull()
    utimesSync(path, new Date(at + 100), new Date(at + 100))
    expect(await findCoreFile(run)).toBe(path)
  })

  it('is found where systemd-coredump keeps it', async () => {
    const kept = temporaryDirectory()
    const path = join(kept, 'core.node.1000.0af3.10.1764438349000000.zst')
    writeFileSync(path, '')
    const run = runWith('|/lib/systemd/systemd-coredump %P %u', '/nowhere')
    expect(await findCoreFile(run, [kept])).toBe(path)
  })
})
