import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findCrowded, readContainer } from './room-for-thread.js'

const MiB = 1024 ** 2

it('a monitor thread waits where the container has no room for one', () => {
  expect(findCrowded({ left: 30 * MiB, before: 0, after: 0 }, 0)).toEqual({
    why: 'a monitor may take 40 MiB of memory, and the container has 30 MiB left',
    ms: 30_000,
    isTurn: false,
  })
  expect(findCrowded({ left: 30 * MiB, before: 0, after: 0 }, 9)).not.toBe(null)
  expect(findCrowded({ left: 50 * MiB, before: 0, after: 0 }, 1)).toBe(null)
  expect(findCrowded({ left: Number.POSITIVE_INFINITY, before: 80, after: 3 }, 0)).toBe(null)
})

it('processes that begin together start their monitors one after the other where the room is not enough for all', () => {
  const turn = (before: number, looks = 0) => findCrowded({ left: 200 * MiB, before, after: 8 - before }, looks)
  expect([0, 1, 8].map(before => turn(before)?.ms ?? 0)).toEqual([0, 5000, 40_000])
  expect(turn(8)?.isTurn).toBe(true)
  expect(turn(8, 1)).toBe(null)
  expect(findCrowded({ left: 400 * MiB, before: 8, after: 0 }, 0)).toBe(null)
})

it('the processes of the container count that begin at the time of this one', () => {
  const root = mkdtempSync(join(tmpdir(), 'autodump-room-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const write = (path: string, text: string) => {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), `${text}\n`)
  }
  const began = { 5: 100, 11: 20_000, 12: 26_000, 13: 26_000, 14: 26_001 }
  write('proc/self/cgroup', '0::/pod')
  write('proc/self/mountinfo', '29 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw')
  write('sys/fs/cgroup/pod/memory.max', String(300 * MiB))
  write('sys/fs/cgroup/pod/memory.current', String(100 * MiB))
  write('sys/fs/cgroup/pod/memory.stat', 'inactive_file 0')
  write('sys/fs/cgroup/pod/cgroup.procs', [...Object.keys(began), 99].join('\n'))
  for (const [pid, ticks] of Object.entries(began))
    write(`proc/${pid}/stat`, `${pid} (node) S ${Array.from({ length: 18 }, () => 0).join(' ')} ${ticks} 0 0`)
  expect(readContainer(root, 13)).toEqual({ left: 200 * MiB, before: 2, after: 1 })
  expect(readContainer(root, 5)).toEqual({ left: 200 * MiB, before: 0, after: 4 })
  expect(readContainer('/nowhere', 5)).toEqual({ left: Number.POSITIVE_INFINITY, before: 0, after: 0 })
})
