import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { type Disk, memoryBehind, roomOn } from './reserve.js'

const MiB = 1024 ** 2

const tmpfs = 0x01021994

const disk = (free: number, size: number, type = 0xef53): Disk => ({ bavail: free, blocks: size, bsize: MiB, type })

/** A container of so many MiB, of which so many are in use. */
function container(limit: number, used: number) {
  const directory = join(temporaryDirectory(), 'group')
  mkdirSync(directory)
  writeFileSync(join(directory, 'memory.current'), `${used * MiB}\n`)
  writeFileSync(join(directory, 'memory.stat'), 'inactive_file 0\n')
  return () => [{ group: { directory, version: 'v2' as const }, limit: limit * MiB }]
}

const inMiB = (room: object) =>
  Object.fromEntries(Object.entries(room).map(([name, bytes]) => [name, (bytes as number) / MiB]))

it('dumps on a tmpfs have no more room than the memory of the container, and an eighth of it at most', () => {
  // Without a size of its own a tmpfs has half of the memory of the machine.
  const large = disk(12_000, 12_000, tmpfs)
  expect(inMiB(roomOn(null, large, container(512, 400)))).toEqual({ free: 112, reserve: 16, most: 64 })
  expect(inMiB(roomOn(null, disk(60, 64, tmpfs), container(512, 100)))).toEqual({ free: 60, reserve: 16, most: 64 })
  expect(inMiB(roomOn(5 * MiB, large, container(512, 510)))).toEqual({ free: 2, reserve: 5, most: 64 })
  expect(memoryBehind(large, container(512, 400))?.limit).toBe(512 * MiB)
})

it('a disk, and a tmpfs that nothing limits, have the room that they have', () => {
  const most = Number.POSITIVE_INFINITY
  expect(inMiB(roomOn(null, disk(500, 2000), container(512, 400)))).toEqual({ free: 500, reserve: 256, most })
  expect(inMiB(roomOn(null, disk(500, 2000, tmpfs), () => []))).toEqual({ free: 500, reserve: 256, most })
  expect(inMiB(roomOn(null, disk(30, 64)))).toEqual({ free: 30, reserve: 16, most })
  expect(memoryBehind(disk(500, 2000), container(512, 400))).toBe(null)
})
