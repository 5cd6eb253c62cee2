import { expect, test } from 'vitest'
import { compareFigures, type Figure, type Row, sortRows } from './figures.ts'

const figure = (name: string, line: number, value: number): Figure => ({
  name,
  place: `a.js:${line}`,
  value,
  exact: `${name}:${line}`,
  loose: name,
})

test('what both have is one row, with the change', () => {
  expect(compareFigures([figure('hash', 3, 0.2)], [figure('hash', 3, 0.9)])).toEqual([
    { name: 'hash', place: 'a.js:3', a: 0.2, b: 0.9, change: 0.9 - 0.2 },
  ])
})

test('what only one has is 0 in the other', () => {
  const rows = compareFigures([figure('old', 1, 5)], [figure('young', 2, 7)])
  expect(rows).toEqual([
    { name: 'old', place: 'a.js:1', a: 5, b: 0, change: -5 },
    { name: 'young', place: 'a.js:2', a: 0, b: 7, change: 7 },
  ])
})

test('a function that has moved is the same, and is where it is now', () => {
  expect(compareFigures([figure('hash', 3, 1)], [figure('hash', 40, 2)])).toEqual([
    { name: 'hash', place: 'a.js:40', a: 1, b: 2, change: 1 },
  ])
})

test('two of one name that have both moved are not guessed at', () => {
  const rows = compareFigures([figure('get', 3, 1), figure('get', 9, 2)], [figure('get', 4, 3), figure('get', 10, 4)])
  expect(rows.map(({ a, b }) => [a, b])).toEqual([
    [1, 0],
    [2, 0],
    [0, 3],
    [0, 4],
  ])
})

test('one that stayed is not taken for one that moved', () => {
  const rows = compareFigures([figure('get', 3, 1), figure('get', 9, 2)], [figure('get', 3, 5), figure('get', 10, 6)])
  expect(rows.map(({ a, b }) => [a, b])).toEqual([
    [1, 5],
    [2, 6],
  ])
})

test('figures of the same thing are added up', () => {
  expect(compareFigures([figure('hash', 3, 1), figure('hash', 3, 2)], [])).toMatchObject([{ a: 3, b: 0 }])
})

test('rows are sorted by what has changed the most, either way', () => {
  const rows = compareFigures(
    [figure('less', 1, 9), figure('same', 2, 5), figure('a bit', 3, 1)],
    [figure('same', 2, 5), figure('a bit', 3, 2)],
  )
  const names = (sorted: Row[]) => sorted.map(({ name }) => name)
  expect(names(sortRows(rows, 'change'))).toEqual(['less', 'a bit', 'same'])
  expect(names(sortRows(rows, 'change', true))).toEqual(['same', 'a bit', 'less'])
  expect(names(sortRows(rows, 'name'))).toEqual(['a bit', 'less', 'same'])
  expect(names(sortRows(rows, 'b'))).toEqual(['same', 'a bit', 'less'])
})
