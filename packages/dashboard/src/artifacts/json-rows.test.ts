import { expect, test } from 'vitest'
import { ancestorsOf, openTo, preview, searchJson } from './json-rows.ts'

const report = {
  header: { event: 'Crash', cpus: [{ model: 'Xeon' }, { model: 'EPYC' }] },
  'a/b': { '~': null },
  libuv: [],
}

test.each([
  ['xeon', ['/header/cpus/0/model']],
  ['MODEL', ['/header/cpus/0/model', '/header/cpus/1/model']],
  ['a/b', ['/a~1b']],
  ['~', ['/a~1b/~0']],
  ['null', ['/a~1b/~0']],
  ['  ', []],
  ['nowhere', []],
])('%j is found where it stands', (text, paths) => {
  expect(searchJson(report, text)).toEqual(paths)
})

test('a search ends at its limit', () => {
  expect(searchJson(Array(1000).fill('same'), 'same', 3)).toEqual(['/0', '/1', '/2'])
})

test('what holds a match is opened, itself is not', () => {
  expect([...ancestorsOf(['/header/cpus/0'])].sort()).toEqual(['', '/header', '/header/cpus'])
})

test('the tree of JSON opens so many levels', () => {
  expect([...openTo(report, 1)]).toEqual([''])
  expect([...openTo(report, 2)]).toEqual(['', '/header', '/a~1b', '/libuv'])
})

test('the tree of JSON says how much is in a list or an object', () => {
  expect([[], [1], { a: 1, b: 2 }, 'x', null].map(preview)).toEqual(['[]', '[ 1 item ]', '{ 2 keys }', '"x"', 'null'])
})
