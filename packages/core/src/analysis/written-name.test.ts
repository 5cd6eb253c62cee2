import { describe, expect, it } from 'vitest'
import { createNames } from './written-name.js'

const source = `import { load } from './load'
export function priceBasket(rows) {
  return rows.map(row => row.price)
}
class Shop {
  open() {
    return Array.from({ length: 3 }, load)
  }
}
export const t = text => text
`

const nameOf = createNames(source)

describe('the name of a function', () => {
  it.each([
    ['of one letter is that of the source', 'm', 2, 8, 'priceBasket'],
    ['that a bundler has numbered is that of the source', 'priceBasket2', 2, 8, 'priceBasket'],
    [
      'that stands in the source is kept, wherever a map without columns says it is',
      'priceBasket',
      6,
      1,
      'priceBasket',
    ],
    ['of one letter is not kept for another function of the source', 't', 2, 8, 'priceBasket'],
    ['that is words of an argument is that of the source', 'rows.Array.from.length', 2, 27, 'priceBasket'],
    ['that is words of an argument of a callback is none', 'rows.Array.from.length', 3, 19, '(anonymous)'],
    ['with the class of the source is kept', 'Shop.open', 6, 7, 'Shop.open'],
    ['with a minified class is that of the source', 'e.open', 6, 7, 'open'],
    ['that a minifier dropped is that of the source', '(anonymous)', 2, 28, 'priceBasket'],
    ['of a callback is none', '(anonymous)', 3, 19, '(anonymous)'],
    ['of a callback stays the letter that it has', 'e', 3, 19, 'e'],
    ['outside of any function is kept', 'n', 1, 1, 'n'],
    ['of a line without columns is that of the line', 'm', 6, 1, 'open'],
    ['that is words of V8 is kept', '<static_initializer>', 2, 8, '<static_initializer>'],
    ['of a line that is not there is kept', 'm', 99, 1, 'm'],
  ])('%s', (_, ran, line, column, name) => {
    expect(nameOf(ran, line, column)).toBe(name)
  })
})
