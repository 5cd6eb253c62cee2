import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { eventually, temporaryDirectory } from './support.js'

/** Where control groups can be made: their root, and what is written into which file. */
interface Hierarchy {
  root: string
  /** The first must be there; those after it are written where they are. */
  settings: [file: string, value: string][]
}

const withMemory = (megabytes: number): Hierarchy[] => {
  const limit = String(megabytes * 1024 ** 2)
  const v1: Hierarchy['settings'] = [
    ['memory.limit_in_bytes', limit],
    ['memory.swappiness', '0'],
  ]
  const v2: Hierarchy['settings'] = [
    ['memory.max', limit],
    ['memory.swap.max', '0'],
  ]
  return [
    { root: '/sys/fs/cgroup/memory', settings: v1 },
    { root: '/sys/fs/cgroup', settings: v2 },
  ]
}

const withCores = (cores: number): Hierarchy[] => [
  { root: '/sys/fs/cgroup/cpu', settings: [['cpu.cfs_quota_us', String(cores * 100_000)]] },
  { root: '/sys/fs/cgroup', settings: [['cpu.max', `${cores * 100_000} 100000`]] },
]

const freezers: Hierarchy[] = [
  { root: '/sys/fs/cgroup/freezer', settings: [['freezer.state', 'THAWED']] },
  { root: '/sys/fs/cgroup', settings: [['cgroup.freeze', '0']] },
]

let made = 0

/** A control group; `null` where none can be made. */
function makeGroup(hierarchies: Hierarchy[]): string | null {
  for (const { root, settings } of hierarchies) {
    const group = join(root, `autodump-test-${process.pid}-${made++}`)
    try {
      if (!existsSync(root)) continue
      mkdirSync(group)
      // Only into what the kernel has put there: the root may be a file system like any other.
      for (const [index, [file, value]] of settings.entries())
        if (index === 0 || existsSync(join(group, file))) writeFileSync(join(group, file), value, { flag: 'r+' })
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
function canMake(hierarchies: Hierarchy[]): boolean {
  const group = makeGroup(hierarchies)
  if (group) remove(group)
  return group !== null
}

export const canLimitMemory = canMake(withMemory(200))
export const canLimitCpu = canMake(withCores(1))
export const canFreeze = canMake(freezers)

/** For the name of a test that is skipped where it is false. */
export const unless = (can: boolean) => (can ? '' : ' (skipped: no control group can be made here)')

function container(hierarchies: Hierarchy[]) {
  const group = makeGroup(hierarchies) as string
  onTestFinished(() => void remove(group))
  const execPath = join(temporaryDirectory(), 'node-in-group')
  writeFileSync(execPath, `#!/bin/sh\necho $$ > ${group}/cgroup.procs && exec '${process.execPath}' "$@"\n`, {
    mode: 0o700,
  })
  return { group, execPath, remove: () => eventually('it is gone', () => remove(group)) }
}

/** A control group of the test's own for processes that may have so much memory, without swap, and a Node that runs in it. */
export const memoryContainer = (megabytes: number) => container(withMemory(megabytes))

/** The same for so much CPU time. */
export const cpuContainer = (cores: number) => container(withCores(cores))

/** A control group whose processes can be frozen and thawed again, as `docker pause` does, and a Node that runs in it. */
export function freezer() {
  const { group, execPath } = container(freezers)
  const write = (v1: string, v2: string) => {
    const state = join(group, 'freezer.state')
    if (existsSync(state)) writeFileSync(state, v1, { flag: 'r+' })
    else writeFileSync(join(group, 'cgroup.freeze'), v2, { flag: 'r+' })
  }
  const thaw = () => write('THAWED', '0')
  // Frozen processes cannot be killed.
  onTestFinished(thaw)
  return { execPath, freeze: () => write('FROZEN', '1'), thaw }
}
