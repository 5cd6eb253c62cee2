import { expect, test } from 'vitest'
import { commandOf, nextOf } from './key-commands.ts'

const key = (name: string, more: object = {}) => ({
  ...{ key: name, ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, target: { tagName: 'A' } },
  ...more,
})

test('keys are commands where nobody types', () => {
  expect(['/', 'j', 'k', '?', 'x', 'constructor'].map(name => commandOf(key(name)))).toEqual([
    ...['search', 'next', 'previous', 'help', undefined, undefined],
  ])
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { defaultPrevented: true }])
    expect(commandOf(key('j', more))).toBeUndefined()
  for (const target of [{ tagName: 'INPUT' }, { tagName: 'textarea' }, { isContentEditable: true }])
    expect(commandOf(key('/', { target }))).toBeUndefined()
  expect(commandOf(key('?', { target: null }))).toBe('help')
})

test('rows are gone through one by one, up to the ends', () => {
  expect([nextOf(-1, 1, 3), nextOf(-1, -1, 3), nextOf(0, 1, 3), nextOf(2, 1, 3), nextOf(0, -1, 3)]).toEqual([
    0, 0, 1, 2, 0,
  ])
})
