import { expect, test } from 'vitest'
import { compareFigures } from './figures.ts'
import { classFigures, type Held, holderFigures, holdersVerdict, oneSided } from './holding.ts'

const mib = 1024 ** 2

const held = (holders: [path: string, mib: number, line?: number, kind?: string][], classes: [string, number][] = []) =>
  ({
    holders: holders.map(([path, size, line = 3, kind = 'Map']) => ({
      ...{ path, class: kind, entries: 1, bytes: size * mib, externalBytes: 0, holds: [] },
      anchor: {
        kind: 'module',
        place: { function: '', file: 'file:///srv/app/src/cache.js', line, column: 1 },
        functions: [],
      },
    })),
    classes: classes.map(([name, size]) => ({ name, count: 1, bytes: size * mib })),
  }) as Held

const rowsOf = (a: Held[], b: Held[]) => compareFigures(holderFigures(a), holderFigures(b))
const sides: [string, string] = ['in 1.8.2', 'in 1.9.0']

test('a holder counts with the most that it held in a dump of the side', () => {
  const rows = rowsOf([held([['cache', 10]]), held([['cache', 12]])], [held([['cache', 300]]), held([['cache', 80]])])
  expect(rows).toEqual([
    { name: 'cache', place: 'Map, app/src/cache.js:3', a: 12 * mib, b: 300 * mib, change: 288 * mib },
  ])
  expect(holdersVerdict(rows, sides)).toBe('cache (Map, app/src/cache.js:3) holds 300 MiB in 1.9.0, 12 MiB in 1.8.2.')
})

test('a holder that moved by some lines, or became another class, is the same', () => {
  expect(rowsOf([held([['cache', 10]])], [held([['cache', 11, 9, 'Array']])])).toHaveLength(1)
})

test('a new holder is told before one that is gone', () => {
  const rows = rowsOf([held([['old', 500]])], [held([['sessions', 40]])])
  expect(holdersVerdict(rows, sides)).toBe('sessions (Map, app/src/cache.js:3) is new: it holds 40 MiB in 1.9.0.')
  const fewer = rowsOf([held([['old', 500]])], [held([])])
  expect(holdersVerdict(fewer, sides)).toBe('old (Map, app/src/cache.js:3) is gone: it held 500 MiB in 1.8.2.')
  expect(holdersVerdict(rowsOf([held([['a', 5]])], [held([['a', 5.2]])]), sides)).toMatch(/clearly/)
})

test('classes are compared by name', () => {
  const rows = compareFigures(classFigures([held([], [['Session', 1]])]), classFigures([held([], [['Session', 30]])]))
  expect(rows.map(({ name, change }) => [name, change / mib])).toEqual([['Session', 29]])
})

test('where one side has none the sentence says so, with what the other one holds', () => {
  expect(oneSided([], [], sides)).toMatch(/^No holders to compare: none of the newest dumps on either side/)
  expect(oneSided([], [held([['cache', 300]])], sides)).toBe(
    'No holders to compare: none of the newest dumps in 1.8.2 says who holds the memory. cache (Map, app/src/cache.js:3) holds 300 MiB in 1.9.0.',
  )
})
