import { expect, it } from 'vitest'
import { callsIn, takerBefore, takerOf } from './written-call.js'

it.each([
  ['return JSON.stringify(rows)', 'JSON.stringify'],
  ['return JSON.parse(JSON.stringify(rows))', 'JSON.stringify and JSON.parse'],
  ['rows.sort(byPrice)', 'Array.sort'],
  ['if (/^(a+)+$/.test(name)) return', 'a regular expression'],
  ['while (queue.length) work(queue.shift())', 'Array.shift'],
  ['sum += Math.sqrt(i)', null],
  ["say('JSON.parse(x)') // JSON.stringify(x)", null],
  ['a.sort(); b.split(c); d.shift()', null],
])('the slow calls in `%s` are %s', (line, calls) => {
  expect(callsIn(line)).toBe(calls)
})

it.each([
  ['return rows.sort(', 'Array.sort'],
  ['return rows.toSorted(', 'Array.sort'],
  ['  items.map(async ', 'Array.map'],
  ['  items.forEach(function ', 'Array.forEach'],
  ['text.replace(', 'String.replace'],
  ['app.get(', null],
  ['const price = ', null],
])('a callback after `%s` is given to %s', (before, taker) => {
  expect(takerBefore(before)).toBe(taker)
})

it('a named function is given to a method of arrays by its name', () => {
  expect(takerOf('byPrice', 'rows\n  .sort(byPrice)')).toBe('Array.sort')
  expect(takerOf('byPrice', 'app.use(byPrice); byPrice(a, b)')).toBeNull()
  expect(takerOf('a[0]', 'rows.sort(a[0])')).toBeNull()
})
