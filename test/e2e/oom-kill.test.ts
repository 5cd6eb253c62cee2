import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory } from '../support.js'

/** Where control groups for memory can be made: their root, the file for the limit, and that for swap. */
const hierarchies = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', swap: 'memory.swappiness' }, // v1
  { root: '/sys/fs/cgroup', limit: 'memory.max', swap: 'memory.swap.max' }, // v2
]
const megabytes = 200
let made = 0

/** A control group for processes that may have so much memory, without swap; `null` where none can be made. */
function makeGroup(): string | null {
  for (const { root, limit, swap } of hierarchies) {
    const group = join(root, `autodump-test-${process.pid}-${made++}`)
    try {
      if (!existsSync(root)) continue
      mkdirSync(group)
      // Only into what the kernel has put there: the root may be a file system like any other.
      writeFileSync(join(group, limit), String(megabytes * 1024 ** 2), { flag: 'r+' })
      if (existsSync(join(group, swap))) writeFileSync(join(group, swap), '0', { flag: 'r+' })
      return group
    } catch {
      remove(group)
    }
  }
  return null
}

/** Returns whether it is gone: the kernel takes its time to bury the processes in it. */
function remove(group: string): boolean {
  try {
    rmdirSync(group)
  } catch {}
  return !existsSync(group)
}

const isPossible = (() => {
  const group = makeGroup()
  if (group) remove(group)
  return group !== null
})()

/** A control group of the test's own, with a way to start a server in it and one to do away with it. */
function container(dir: string) {
  const group = makeGroup() as string
  onTestFinished(() => void remove(group))
  const execPath = join(temporaryDirectory(), 'node-in-group')
  writeFileSync(execPath, `#!/bin/sh\necho $$ > ${group}/cgroup.procs && exec '${process.execPath}' "$@"\n`, {
    mode: 0o700,
  })
  return {
    start: () => startServer({ dir, interval: 50, thresholds: noRules }, { fixture: 'crash.mjs', execPath }),
    remove: () => eventually('it is gone', () => remove(group)),
  }
}

const crashIn = (dir: string) =>
  eventually('the crash is dumped', async (): Promise<Manifest | undefined> => (await manifestsIn(dir))[0])

describe.skipIf(!isPossible)('a process that the kernel kills for want of memory', () => {
  it.each([
    ['in the same control group', true, /by the kernel for want of memory \(the control group counts 1 more OOM kill/],
    ['in another one, as of a new container', false, /probably .*by the kernel for want of memory/],
  ])('is a dump that says so, at the next start %s', async (_, isSame, text) => {
    const dir = temporaryDirectory()
    const first = container(dir)
    const server = await first.start()
    await eventually('samples', async () => (await server.status()).sample)
    server.child.send('fill the memory')
    expect(await server.exit).toEqual({ code: null, signal: 'SIGKILL' })
    if (!isSame) await first.remove()
    await (isSame ? first : container(dir)).start()
    const { trigger, summary, samples } = await crashIn(dir)
    expect(trigger.rule).toBe('crash')
    expect(summary.findings.find(({ kind }) => kind === 'crash')?.data?.cause).toBe('oom-kill')
    expect(summary.text).toMatch(text)
    expect(samples.at(-1)?.values.rss).toBeGreaterThan(80)
  })
})
