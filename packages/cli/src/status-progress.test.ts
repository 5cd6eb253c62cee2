import type { CapturingDump } from '@autodump/core'
import { expect, test } from 'vitest'
import { progressLines } from './commands/status.js'

const now = Date.UTC(2026, 10, 29)
const iso = (ago: number) => new Date(now - ago).toISOString()
const dump = {
  kinds: ['cpu-profile', 'requests', 'async-stacks', 'heap-snapshot'],
  taking: [{ kind: 'async-stacks', since: iso(12_000), expectedMs: 8300 }],
  pending: ['heap snapshot'],
  done: [
    { kind: 'cpu-profile', file: 'cpu.cpuprofile' },
    { kind: 'requests', file: 'requests.json' },
  ],
  endsAt: iso(-3000),
} as unknown as CapturingDump

test('a status says what is being taken, for how long, and what comes', () => {
  expect(progressLines(dump, now)).toEqual([
    '  async-stacks: for 12.0 s, should take about 8.3 s',
    '  waits for heap snapshot',
    '  then heap-snapshot',
    '  over in about 3.0 s',
  ])
  expect(progressLines({ ...dump, endsAt: iso(2000) }, now).at(-1)).toBe('  should have been over 2.0 s ago')
})

test('a kind of which something was kept early is still being taken', () => {
  const taking = [{ kind: 'cpu-profile' as const, since: iso(0), expectedMs: 5010 }]
  const [first, ...others] = progressLines({ ...dump, kinds: ['cpu-profile'], taking, pending: [] }, now)
  expect(first).toBe('  cpu-profile: for <1 ms, should take about 5.0 s')
  expect(others).toEqual(['  over in about 3.0 s'])
})

test('an older process tells less', () => {
  const { taking: _, ...older } = dump
  expect(progressLines(older as CapturingDump, now)[0]).toBe('  waits for heap snapshot')
})
