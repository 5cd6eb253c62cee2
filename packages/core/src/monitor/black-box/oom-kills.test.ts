import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../testing/dumps.js'
import { oomKillsSince, readOomCounter } from './oom-kills.js'

/** The tree of a process in the cgroup `/app`. */
function tree(version: 'v1' | 'v2'): { root: string; file: string } {
  const root = temporaryDirectory()
  for (const dir of ['proc/self', 'sys/fs/cgroup/app']) mkdirSync(join(root, dir), { recursive: true })
  const type = version === 'v1' ? 'cgroup' : 'cgroup2'
  const options = version === 'v1' ? 'rw,memory' : 'rw'
  writeFileSync(join(root, 'proc/self/cgroup'), version === 'v1' ? '2:memory:/app\n' : '0::/app\n')
  writeFileSync(join(root, 'proc/self/mountinfo'), `30 23 0:26 / /sys/fs/cgroup rw - ${type} cgroup ${options}\n`)
  const file = join(root, 'sys/fs/cgroup/app', version === 'v1' ? 'memory.oom_control' : 'memory.events')
  return { root, file }
}

const content = {
  v1: (kills: number) => `oom_kill_disable 0\nunder_oom 0\noom_kill ${kills}\n`,
  v2: (kills: number) => `low 0\nhigh 0\nmax 31\noom ${kills}\noom_kill ${kills}\noom_group_kill 0\n`,
}

describe('the counter of OOM kills', () => {
  it.each(['v1', 'v2'] as const)('is the one of the own cgroup (%s)', version => {
    const { root, file } = tree(version)
    writeFileSync(file, content[version](3))
    const before = readOomCounter(root)
    expect(before).toMatchObject({ file, kills: 3 })
    expect(oomKillsSince(before, null)).toBe(0)
    writeFileSync(file, content[version](5))
    expect(oomKillsSince(before, null)).toBe(2)
    expect(oomKillsSince(before, 4)).toBe(1)
  })

  it('says nothing where there is none', () => {
    const { root } = tree('v2')
    expect(readOomCounter(root)).toBeNull()
    expect(oomKillsSince(null, null)).toBeNull()
  })

  it('says nothing of another cgroup in the same place', () => {
    const { root, file } = tree('v2')
    writeFileSync(file, content.v2(0))
    const before = readOomCounter(root)
    renameSync(file, `${file}.old`) // Else the number of the file may be given out again.
    writeFileSync(file, content.v2(1))
    expect(oomKillsSince(before, null)).toBeNull()
  })
})
