import { expect, test } from 'vitest'
import type { CapturingDump, Status } from '../api/types.ts'
import { conditionOf } from './condition.ts'

const running = {
  state: 'running',
  thread: { mode: 'monitor-thread', restarts: 0, degraded: null },
  blockedFor: 0,
  sample: { at: 1, values: {} },
} as unknown as Status
const capture = { id: 'a-dump' } as CapturingDump

function textOf(status: Status | null, more: { capture?: CapturingDump; silentFor?: number } = {}): string {
  const { text, lasts } = conditionOf({ status, capture: null, silentFor: 0, ...more })
  return lasts === undefined ? text : `${text} for ${lasts}`
}

test('a process that is well is running, and one that was not heard yet is being connected to', () => {
  expect(textOf(running)).toBe('running')
  expect(textOf(null)).toBe('connecting')
})

test('silence is the worst, whatever was said last', () => {
  expect(textOf({ ...running, blockedFor: 3000 }, { silentFor: 12_000 })).toBe('no answer for 12000')
})

test('a blocked app thread goes before the capture that it caused', () => {
  expect(textOf({ ...running, blockedFor: 2500 }, { capture })).toBe('blocked for 2500')
})

test('the newest sample can know of a block before the status does', () => {
  expect(textOf({ ...running, sample: { at: 2, values: {}, blockedFor: 4000 } })).toBe('blocked for 4000')
})

test('a capture, a monitor without its thread and one that stops are told', () => {
  expect(textOf(running, { capture })).toBe('capturing')
  expect(textOf({ ...running, state: 'stopping' })).toBe('stopping')
  const degraded = { ...running.thread, degraded: 'the monitor thread cannot be started' }
  expect(conditionOf({ status: { ...running, thread: degraded }, capture: null, silentFor: 0 })).toEqual({
    tone: 'warn',
    text: 'degraded',
    detail: 'the monitor thread cannot be started.',
  })
})

test('a monitor that takes no samples is an alarm, with the reason', () => {
  const thread = { ...running.thread, degraded: 'the monitor thread has not sampled since noon' }
  expect(conditionOf({ status: { ...running, state: 'stalled', thread }, capture: null, silentFor: 0 })).toEqual({
    tone: 'alarm',
    text: 'stalled',
    detail: 'Nothing is sampled: the monitor thread has not sampled since noon.',
  })
})
