import { expect, test } from 'vitest'
import type { CpuProfile } from '../compare/profiles.ts'
import { culpritIn, stackOf } from './stack-of.ts'

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber: 10 * id - 1, columnNumber: 0 },
  children,
})

const profile: CpuProfile = {
  nodes: [
    node(1, '(root)', '', [2, 6]),
    node(2, 'handle', 'file:///app/src/server.js', [3]),
    node(3, 'hash', 'file:///app/src/orders.js', [4, 5]),
    node(4, 'pbkdf2Sync', 'node:crypto'),
    node(5, 'log', 'file:///app/src/log.js'),
    node(6, 'hash', 'file:///app/src/orders.js'),
  ],
  startTime: 0,
  endTime: 100_000,
  samples: [4, 5, 6],
  timeDeltas: [0, 80_000, 10_000],
}

test('the stack on which a function took most of its time, with what it mostly called', () => {
  const stack = stackOf(profile, { name: 'hash', file: 'src/orders.js' })
  expect(stack.map(({ name, isCulprit }) => [name, isCulprit])).toEqual([
    ['pbkdf2Sync', false],
    ['hash', true],
    ['handle', false],
  ])
  expect(stack[1]?.place).toContain('orders.js:30')
  expect(stack[0]?.isRuntime).toBe(true)
})

test('a function that the profile does not have has no stack', () => {
  expect(stackOf(profile, { name: 'hash', file: 'other/orders.js' })).toEqual([])
  expect(stackOf({ ...profile, nodes: [] }, { name: 'hash', file: 'src/orders.js' })).toEqual([])
})

test('the culprit is what the findings of a CPU profile blame', () => {
  const data = { function: { name: 'hash', file: 'src/orders.js', line: 3 } }
  const idle = { kind: 'idle', text: 'idle', data }
  expect(culpritIn([idle, { kind: 'culprit', text: 'hash', data }])).toEqual({ name: 'hash', file: 'src/orders.js' })
  expect(culpritIn([idle])).toBeUndefined()
})
