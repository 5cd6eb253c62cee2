import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aboutFile } from '../../link/run-info.js'
import { makeRunName, runsDirectory } from '../../link/run-name.js'
import type { RunInfo } from '../../model/run.js'
import { temporaryDirectory } from '../../testing/dumps.js'
import { isRoot, stranger } from '../../testing/hostile.js'
import { beginEarlyRun, hasLeftRuns } from './early-run.js'

const begin = (dir: string, run = makeRunName(process.pid)) =>
  beginEarlyRun({
    options: { bucket: null, dir, interval: 1000, labels: { service: 'shop' } },
    script: '',
    run,
    startedAt: Date.now(),
  })

it('a run that no monitor thread has begun says whose it is, to nobody else', () => {
  const dir = join(temporaryDirectory(), 'not', 'there')
  const path = begin(dir) as string
  expect(path.startsWith(join(dir, runsDirectory))).toBe(true)
  const about = JSON.parse(readFileSync(join(path, aboutFile), 'utf8')) as RunInfo
  expect(about).toMatchObject({ process: { pid: process.pid }, program: 'shop', interval: 1000, oom: null })
  expect(about.limits).toHaveProperty('heap')
  for (const one of [dir, path, join(path, aboutFile)]) expect(statSync(one).mode & 0o077).toBe(0)
})

it('an early run goes on in the one that the monitor thread has begun meanwhile', () => {
  const dir = temporaryDirectory()
  const run = makeRunName(process.pid)
  expect(begin(dir, run)).toBe(begin(dir, run))
})

it('fifty runs of a program that dies at each start tell enough', () => {
  const dir = temporaryDirectory()
  for (let count = 0; count < 52; count++) begin(dir)
  expect(readdirSync(join(dir, runsDirectory))).toHaveLength(50)
})

it.skipIf(!isRoot)(
  'nothing is written where another user of a shared directory has put the directory or a link',
  () => {
    const shared = temporaryDirectory()
    chmodSync(shared, 0o1777)
    mkdirSync(join(shared, 'taken'), 0o777)
    chownSync(join(shared, 'taken'), stranger, stranger)
    expect(begin(join(shared, 'taken'))).toBeUndefined()
    expect(readdirSync(join(shared, 'taken'))).toEqual([])
  },
)

it('nothing is written below a file', () => {
  const dir = join(temporaryDirectory(), 'link')
  symlinkSync('/proc/self/status', dir)
  expect(begin(dir)).toBeUndefined()
})

it('a run is left when its process is gone, or has the number of this one', () => {
  const dir = temporaryDirectory()
  expect(hasLeftRuns(join(dir, 'missing'))).toBe(false)
  const room = join(dir, runsDirectory)
  mkdirSync(join(room, 'something else'), { recursive: true, mode: 0o700 })
  mkdirSync(join(room, makeRunName(process.ppid)))
  expect(hasLeftRuns(dir)).toBe(false)
  mkdirSync(join(room, makeRunName(process.pid)))
  expect(hasLeftRuns(dir)).toBe(true)
})

it('a run of a process that is gone is left', () => {
  const dir = temporaryDirectory()
  // Above the highest number that Linux gives.
  mkdirSync(join(dir, runsDirectory, makeRunName(2 ** 22 + 1)), { recursive: true, mode: 0o700 })
  expect(hasLeftRuns(dir)).toBe(true)
})
