import { describe, expect, it } from 'vitest'
import { hasSamePlaces, isWhatRan } from './what-ran.js'

const text =
  'import a from "a"\n\nexport function price(rows) {\n  return rows.map(row => row.price)\n}\nconst total = async b => b\n'

const is = (name: string, line: number, column: number, url = 'file:///srv/a.js') =>
  isWhatRan(text, url, [{ name, url, line, column }])

describe('a file is what ran', () => {
  it.each([
    ['where the function of that name begins at the place', 'price', 3, 22],
    ['where an arrow function does', 'total', 6, 21],
    ['where one without a name does', '(anonymous)', 4, 19],
    ['where a call stands in the function', 'price', 4, 15],
    ['where it is the module itself', '(anonymous)', 1, 1],
    ['where nobody knows the place', 'price', 0, 0],
  ])('%s', (_, name, line, column) => {
    expect(is(name, line, column)).toBe(true)
  })

  it.each([
    ['the line is not there', 'price', 60, 22],
    ['the line is too short', 'price', 2, 22],
    ['another function stands there', 'price', 6, 21],
    ['no function does', 'price', 1, 5],
  ])('but not where %s', (_, name, line, column) => {
    expect(is(name, line, column)).toBe(false)
  })

  it('is judged by where a function begins alone for TypeScript, which somebody compiles', () => {
    expect(is('price', 3, 22, 'file:///srv/a.ts')).toBe(true)
    expect(is('price', 4, 15, 'file:///srv/a.ts')).toBe(false)
  })
})

it('a text has the places of another where all lines are as long', () => {
  expect(hasSamePlaces('a: b\nc', 'a   \nc')).toBe(true)
  expect(hasSamePlaces('a: b\nc', 'a\n   c')).toBe(false)
  expect(hasSamePlaces('a: b\nc', 'a\nc')).toBe(false)
})
