import { expect, test } from 'vitest'
import { anchorInWords, classRows, grown, signedBytes, signedCount } from './holder-rows.ts'

test('a class has its size and what it grew by', () => {
  const classes = [
    { name: 'Order', count: 10, bytes: 1000 },
    { name: 'Map', count: 1, bytes: 50 },
  ]
  const growth = { ms: 1000, bytes: 400, classes: [{ name: 'Order', count: 4, bytes: 400 }], holders: [] }
  expect(classRows({ classes, growth })).toEqual([
    { name: 'Order', count: 10, bytes: 1000, grewCount: 4, grewBytes: 400 },
    { name: 'Map', count: 1, bytes: 50, grewCount: 0, grewBytes: 0 },
  ])
  expect(classRows({ classes, growth: null }).map(({ grewBytes }) => grewBytes)).toEqual([0, 0])
})

test('growth has a sign, and holders that did not change are left out', () => {
  expect([signedBytes(2048), signedBytes(-2048), signedBytes(0)]).toEqual(['+2.0 KiB', '−2.0 KiB', '0 B'])
  expect([signedCount(1200), signedCount(-3)]).toEqual(['+1,200', '−3'])
  const holders = [
    { path: 'cache', entries: 3, bytes: 100 },
    { path: 'jobs', entries: 0, bytes: 0 },
  ]
  expect(grown({ ms: null, bytes: 100, classes: [], holders })).toEqual([holders[0]])
})

test('an anchor in words', () => {
  const place = { name: 'load', file: 'file:///srv/app/shop/src/cache.js', line: 3, column: 1 }
  expect(anchorInWords({ kind: 'module', place: place as never, functions: ['load'] })).toBe(
    'variable of a module, shop/src/cache.js:3, used by load',
  )
  expect(anchorInWords({ kind: 'unknown', place: null, functions: [] })).toBe('held by Node or V8')
})
