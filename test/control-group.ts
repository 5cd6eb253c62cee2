import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { eventually, temporaryDirectory } from './support.js'

/** Where control groups for memory can be made: their root, the file for the limit, and that for swap. */
const hierarchies = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', swap: 'memory.swappiness' }, // v1
  { root: '/sys/fs/cgroup', limit: 'memory.max', swap: 'memory.swap.max' }, // v2
]
let made = 0

/** A control group for processes that may have so much memory, without swap; `null` where none can be made. */
function makeGroup(megabytes: number): string | null {
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

/** Whether control groups can be made here: that takes root, and a hierarchy that can be written to. */
export const canMakeGroups = (() => {
  const group = makeGroup(200)
  if (group) remove(group)
  return group !== null
})()

/** A control group of the test's own, with a Node that runs in it. */
export function container(megabytes: number) {
  const group = makeGroup(megabytes) as string
  onTestFinished(() => void remove(group))
  const execPath = join(temporaryDirectory(), 'node-in-group')
  writeFileSync(execPath, `#!/bin/sh\necho $$ > ${group}/cgroup.procs && exec '${process.execPath}' "$@"\n`, {
    mode: 0o700,
  })
  return { execPath, remove: () => eventually('it is gone', () => remove(group)) }
}
