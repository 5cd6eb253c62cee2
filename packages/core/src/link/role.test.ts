import { expect, it } from 'vitest'
import { createBlock } from './block.js'
import { createActivity, createRole } from './role.js'

function roleOf(inherited = true) {
  const block = createBlock({ customCount: 0 })
  let time = 0
  const look = createActivity(block)
  const role = createRole(block, inherited, () => time)
  const at = (ms: number, ...resources: string[]) => {
    time = ms
    look(resources)
    return role()
  }
  return at
}

it('the role of a process is that of a starter where there is nothing but a child', () => {
  const at = roleOf()
  expect(at(0)).toBe('unknown')
  expect(at(100, 'ProcessWrap', 'PipeWrap')).toBe('starts others')
  expect(at(60_000, 'ProcessWrap')).toBe('starts others')
})

it('the role of a process is to work where it listens, or has connections, whatever it starts', () => {
  const at = roleOf()
  expect(at(0, 'ProcessWrap', 'TCPSocketWrap')).toBe('works')
  expect(at(10, 'ProcessWrap')).toBe('starts others')
  expect(at(20, 'ProcessWrap', 'TCPServerWrap')).toBe('works')
  expect(at(30, 'ProcessWrap')).toBe('works')
})

it('the role of a process is to work where nothing is started for a while, until something is', () => {
  const at = roleOf()
  expect([at(5000), at(5001)]).toEqual(['unknown', 'works'])
  expect(at(9000, 'ProcessWrap')).toBe('starts others')
})

it('the role of a process is to work where the flag was for this process', () => {
  expect(roleOf(false)(0, 'ProcessWrap')).toBe('works')
})
