import { expect, it } from 'vitest'
import { isReady, mainThread, ownThread, readThreadTimes } from './cpu-threads.js'

it('the times of a thread are read in milliseconds', () => {
  expect(readThreadTimes('self/task/7', () => '2500000000 1234000 99\n')).toEqual({ ran: 2500, waited: 1.234 })
})

it('a thread has no times where there is no such file, or nothing in it', () => {
  expect(readThreadTimes(mainThread, () => '')).toBeNull()
  expect(readThreadTimes(mainThread, () => '0 0 0\n')).toBeNull()
  const missing = () => {
    throw new Error('ENOENT')
  }
  expect(readThreadTimes(mainThread, missing)).toBeNull()
})

it.runIf(process.platform === 'linux')('the times of a thread grow with what it does', () => {
  for (const thread of [mainThread, ownThread]) {
    const before = readThreadTimes(thread)?.ran as number
    expect(before).toBeGreaterThan(0)
    expect(readThreadTimes(thread)?.ran).toBeGreaterThanOrEqual(before)
  }
})

it('a thread is ready while it runs or waits for a CPU, whatever its name is', () => {
  const stat = (state: string) => () => `7 (a) R (b)) ${state} 1 7 7 0 -1 4194304`
  expect([isReady(mainThread, stat('R')), isReady(mainThread, stat('S'))]).toEqual([true, false])
  expect(isReady(mainThread, () => '')).toBe(false)
})

it.runIf(process.platform === 'linux')('the thread that asks is ready', () => {
  expect(isReady(ownThread)).toBe(true)
})
