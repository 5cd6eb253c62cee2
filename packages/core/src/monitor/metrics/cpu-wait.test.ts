import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createCpuWaitReader } from './cpu-wait.js'

/** A process in a control group, by the kernel's figures of its times: milliseconds, but for `mounts`. */
function machine(version: 'v1' | 'v2') {
  const root = mkdtempSync(join(tmpdir(), 'autodump-wait-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'proc/self'), { recursive: true })
  const type = version === 'v1' ? 'cgroup cgroup rw,cpu' : 'cgroup2 cgroup2 rw'
  writeFileSync(join(root, 'proc/self/cgroup'), version === 'v1' ? '3:cpu:/app\n' : '0::/app\n')
  writeFileSync(join(root, 'proc/self/mountinfo'), `30 23 0:26 / /sys/fs/cgroup rw - ${type}\n`)
  const times: Record<string, number | null> = { waited: 0, throttled: 0, pressure: null }
  const read = (path: string) => {
    const { waited = 0, throttled = 0, pressure = null } = times
    if (path === '/proc/self/task/7/schedstat') return waited === null ? null : `5000000 ${waited * 1e6} 12\n`
    if (path === join(root, 'sys/fs/cgroup/app/cpu.stat'))
      return version === 'v1'
        ? `nr_periods 9\nnr_throttled 3\nthrottled_time ${(throttled ?? 0) * 1e6}\n`
        : `usage_usec 1\nnr_throttled 3\nthrottled_usec ${(throttled ?? 0) * 1e3}\n`
    if (path === '/proc/pressure/cpu' && pressure !== null)
      return `some avg10=1.00 avg60=1.00 avg300=1.00 total=${pressure * 1e3}\nfull avg10=0.00 total=0\n`
    return null
  }
  return { times, wait: createCpuWaitReader(root, read, 7) }
}

it.each(['v1', 'v2'] as const)(
  'a reading of CPU waits has the waiting and throttling since the last one (%s)',
  version => {
    const { times, wait } = machine(version)
    expect(wait(0)).toBeNull()
    Object.assign(times, { waited: 700, throttled: 400 })
    expect(wait(1000)).toEqual({ waited: 700, throttled: 400 })
    // Nothing since: nothing to tell.
    expect(wait(2000)).toBeNull()
    // On several CPUs at once it is more than there was time.
    Object.assign(times, { waited: 1600, throttled: 9000 })
    expect(wait(3000)).toEqual({ waited: 900, throttled: 1000 })
  },
)

it('a reading of CPU waits tells how much of the time something on the machine waited, where the kernel counts it', () => {
  const { times, wait } = machine('v2')
  times.pressure = 100
  wait(0)
  Object.assign(times, { waited: 300, pressure: 600 })
  expect(wait(1000)).toEqual({ waited: 300, throttled: 0, pressure: 50 })
})

it('CPU waits have no reading without such files, and one begins anew after a gap', () => {
  const { times, wait } = machine('v2')
  wait(0)
  times.waited = null
  expect(wait(1000)).toBeNull()
  times.waited = 5000
  expect(wait(2000)).toBeNull()
  times.waited = 5100
  expect(wait(3000)).toEqual({ waited: 100, throttled: 0 })
})

it.runIf(process.platform === 'linux')('reads what this kernel says', () => {
  const wait = createCpuWaitReader()
  wait(0)
  const later = wait(1000)
  expect(later === null || later.waited >= 0).toBe(true)
})
