import { expect, it } from 'vitest'
import { readMainThreadCpu } from './cpu-threads.js'

it('the reader of threads reads the CPU time of the main thread in milliseconds', () => {
  expect(readMainThreadCpu(() => '2500000000 1234 99\n')).toBe(2500)
})

it('the reader of threads has no reading where there is no such file, or nothing in it', () => {
  expect(readMainThreadCpu(() => '')).toBeNull()
  expect(readMainThreadCpu(() => '0 0 0\n')).toBeNull()
  const missing = () => {
    throw new Error('ENOENT')
  }
  expect(readMainThreadCpu(missing)).toBeNull()
})

it.runIf(process.platform === 'linux')('the reader of threads grows with what the thread does', () => {
  const before = readMainThreadCpu() as number
  expect(before).toBeGreaterThan(0)
  expect(readMainThreadCpu()).toBeGreaterThanOrEqual(before)
})
