import { expect, test } from 'vitest'
import type { CapturingDump } from '../api/types.ts'
import { missing, progressOf } from './progress-of.ts'

const start = Date.UTC(2026, 10, 28)
const dump = {
  createdAt: new Date(start).toISOString(),
  endsAt: new Date(start + 10_000).toISOString(),
  pending: [],
  taking: [],
  kinds: ['cpu-profile', 'requests'],
  done: [{ kind: 'requests', file: 'requests.json', state: 'complete', bytes: 10, pauseMs: null }],
} as unknown as CapturingDump

test('half of the time is half of the bar', () => {
  expect(progressOf(dump, start + 5000)).toEqual({ share: 0.5, words: 'about 5 s to go' })
})

test('clocks that differ a little do not draw a bar outside of its frame', () => {
  expect(progressOf(dump, start - 1500).share).toBe(0)
})

test('after its time it says what it waits for, and no share', () => {
  expect(progressOf(dump, start + 11_000)).toEqual({ share: null, words: 'writes it down' })
  expect(progressOf({ ...dump, pending: ['profiler reply'] }, start + 11_000).words).toBe('waits for profiler reply')
})

test('after its time it says what is being taken, for how long already, and how long that should take', () => {
  const taking = [{ kind: 'async-stacks', since: new Date(start + 5000).toISOString(), expectedMs: 2000 }] as const
  const late = progressOf({ ...dump, taking: [...taking] }, start + 11_000)
  expect(late).toEqual({ share: null, words: 'Async stacks for 6 s, of about 2 s' })
})

test('a kind of which something was kept early is not done', () => {
  const done = [{ kind: 'cpu-profile', file: 'cpu-before.cpuprofile', state: 'complete', bytes: 1, pauseMs: null }]
  const taking = [{ kind: 'cpu-profile', since: new Date(start).toISOString(), expectedMs: 5000 }]
  const dumpNow = { ...dump, kinds: ['cpu-profile'], done, taking } as unknown as CapturingDump
  expect(missing(dumpNow)).toEqual(['CPU profile'])
  expect(missing({ ...dumpNow, taking: [] })).toEqual([])
})

test('what is not done yet is named', () => {
  expect(missing(dump)).toEqual(['CPU profile'])
})
