import { expect, test } from 'vitest'
import type { Instance } from '../api/types.ts'
import { conditionOf, processName, shownOf, whereOf } from './names.ts'

const one = (more: Partial<Instance>): Instance => ({
  id: '10-abcdef01',
  pid: 10,
  host: 'here',
  title: '',
  labels: {},
  node: 'v20.20.2',
  version: '0.1.0',
  script: '/srv/shop/server.js',
  startedAt: '2026-11-28T00:00:00.000Z',
  self: false,
  condition: 'running',
  error: null,
  blockedFor: 0,
  sample: null,
  capture: null,
  lastDump: null,
  ...more,
})

test('the name is the title that somebody chose, else the script', () => {
  expect(processName(one({ title: 'shop worker' }))).toBe('shop worker')
  expect(processName(one({ title: 'node' }))).toBe('server.js')
  expect(processName(one({ script: 'C:\\shop\\app.mjs' }))).toBe('app.mjs')
  expect(processName(one({ script: '' }))).toBe('node')
})

test('where it is: version, pid and instance, as far as its labels say them', () => {
  expect(whereOf(one({}))).toBe('pid 10 · here')
  expect(whereOf(one({ labels: { version: '1.4.2', instance: 'shop-5d9' } }))).toBe('1.4.2 · pid 10 · shop-5d9')
})

test('the condition of a process is told in words', () => {
  expect(conditionOf(one({})).text).toBe('running')
  expect(conditionOf(one({ capture: { id: 'x' } as Instance['capture'] })).text).toBe('capturing')
  expect(conditionOf(one({ condition: 'blocked', blockedFor: 3000 })).text).toBe('blocked for 3 s')
  expect(conditionOf(one({ condition: 'silent' })).text).toBe('no answer')
  expect(conditionOf(one({ condition: 'busy' })).text).toBe('busy capturing')
})

test('who is shown: by id, by pid, or the one that answers', () => {
  const [self, other] = [one({ id: '9-a', pid: 9, self: true }), one({})]
  expect(shownOf([other, self], null)).toBe(self)
  expect(shownOf([other, self], '10-abcdef01')).toBe(other)
  expect(shownOf([other, self], '10')).toBe(other)
  expect(shownOf([other, self], '11')).toBeUndefined()
})
