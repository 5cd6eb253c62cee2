import { expect, it } from 'vitest'
import { createStuckCall } from './stuck-call.js'

/** Looks at a thread a second apart: its system call, its CPU time in milliseconds, and the name of the call. */
function looks(states: [syscall: string | null, ranMs: number, call: string | null][]) {
  let at = 0
  const look = createStuckCall(
    () => at * 1000,
    () => {
      const [syscall = null, ranMs = 0] = states[at] ?? []
      return syscall === null ? null : { syscall, ranMs }
    },
    () => states[at]?.[2] ?? null,
  )
  return states.map(() => {
    const seen = look()
    at += 1
    return seen?.ms ?? null
  })
}

const write = 'a write to file descriptor 1'

const at = (syscall: string, ranMs: number) => [syscall, ranMs, write] as [string, number, string]

it('a call that does not return is one for as long as the thread has not run, but for the ticks of a profiler', () => {
  expect(looks([at('1', 7), at('1', 7), at('1', 10), at('1', 10)])).toEqual([null, 1000, 2000, 3000])
})

it('another call, or CPU time, is a step after which it counts anew', () => {
  expect(looks([at('1', 7), at('1', 7), at('1 2', 7), at('1 2', 7)])).toEqual([null, 1000, null, 1000])
  expect(looks([at('1', 0), at('1', 0), at('1', 900), at('1', 900)])).toEqual([null, 1000, null, 1000])
})

it('a stuck call is none where the thread waits for events, computes, or cannot be seen', () => {
  const unnamed = (syscall: string | null, ranMs = 0): [string | null, number, null] => [syscall, ranMs, null]
  expect(looks([unnamed('232'), unnamed('232')])).toEqual([null, null])
  expect(looks([unnamed('running', 0), unnamed('running', 999)])).toEqual([null, null])
  expect(looks([unnamed(null), unnamed(null)])).toEqual([null, null])
})
