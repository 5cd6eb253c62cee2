import type { AsyncStackGroup } from '@autodump/core'
import { expect, test } from 'vitest'
import { above, hasOwnCode, mergeStacks, openAtFirst, searchTree, waitInWords } from './async-tree.ts'

const frame = (name: string, line: number, of?: string): AsyncStackGroup['frames'][number] => ({
  function: name,
  file: of === 'node' ? 'node:internal' : `file:///srv/shop/src/${name}.js`,
  line,
  column: 1,
  kind: 'async',
  ...(of && { package: of }),
})

/** Innermost first, as in the file. */
const groups: AsyncStackGroup[] = [
  {
    count: 5,
    frames: [frame('query', 3, 'pg'), frame('load', 2), frame('handle', 1)],
    waitsOn: { type: 'socket', detail: 'db:5432' },
  },
  { count: 57, frames: [frame('lock', 9), frame('handle', 1)], waitsOn: { type: 'lock', detail: 'Mutex.queue' } },
  { count: 2, frames: [frame('load', 2), frame('handle', 1)], waitsOn: null },
  { count: 1, frames: [frame('fetch', 4, 'node')], waitsOn: { type: 'timer' } },
]

const shape = (nodes: ReturnType<typeof mergeStacks>): unknown =>
  nodes.map(({ frame, count, waits, children }) => [
    frame.function,
    count,
    waits.map(({ text, count }) => `${count} ${text}`),
    shape(children),
  ])

test('stacks with the same outer frames become one, with the sum of their counts', () => {
  expect(shape(mergeStacks(groups, false))).toEqual([
    [
      'handle',
      64,
      [],
      [
        ['lock', 57, ['57 a lock: Mutex.queue'], []],
        ['load', 7, ['2 not known'], [['query', 5, ['5 a socket: db:5432'], []]]],
      ],
    ],
    ['fetch', 1, ['1 a timer'], []],
  ])
})

test('own code is there unless all frames are of packages and of Node', () => {
  expect(hasOwnCode(groups)).toBe(true)
  expect(hasOwnCode(groups.slice(3))).toBe(false)
})

test('own code only: what a package waits on goes to the one who called it', () => {
  expect(shape(mergeStacks(groups, true))).toEqual([
    [
      'handle',
      64,
      [],
      [
        ['lock', 57, ['57 a lock: Mutex.queue'], []],
        ['load', 7, ['5 a socket: db:5432', '2 not known'], []],
      ],
    ],
  ])
})

test.each([
  ['QUERY', ['query']],
  ['src/load.js:2', ['load']],
  ['5432', ['query']],
  ['', []],
])('searching %j finds %j', (text, names) => {
  expect(searchTree(mergeStacks(groups, false), text).map(({ frame }) => frame.function)).toEqual(names)
})

test('what is found is brought to light', () => {
  const tree = mergeStacks(groups, false)
  const open = above(searchTree(tree, 'query'))
  expect([...open].sort()).toEqual([tree[0]?.path, tree[0]?.children[1]?.path].sort())
})

test('a stack that does not part is open down to its end', () => {
  const one = mergeStacks([groups[0] as AsyncStackGroup], false)
  expect([...openAtFirst(one)]).toEqual([one[0]?.path, one[0]?.children[0]?.path])
  expect(openAtFirst(mergeStacks(groups, false)).size).toBe(0)
})

test('a type that is not known yet keeps its name', () => {
  expect(waitInWords({ type: 'gpu' as 'timer' })).toBe('gpu')
})
