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
  ["at.toLocaleDateString('de-DE')", 'toLocaleString'],
  [`orders.map(one => \`\${one.at.toLocaleString('de-DE', { weekday: 'long' })} \${one.id}\`)`, 'toLocaleString'],
  [`say(\`JSON.parse(x) of \${name}\`)`, null],
  ['rows.reduce((all, row) => ({ ...all, [row.id]: row }), {})', 'object spread'],
  ['all = [...all, row]', 'array spread'],
  ['return Math.max(...rows)', null],
])('the slow calls in `%s` are %s', (line, calls) => {
  expect(callsIn(line)).toBe(calls)
})

it.each([
  ['return rows.sort(', 'Array.sort'],
  ['return rows.toSorted(', 'Array.sort'],
  ['  items.map(async ', 'Array.map'],
  ['  items.forEach(function ', 'Array.forEach'],
  ['text.replace(', 'String.replace'],
  ['text.replace(/\\{(\\w+)\\}/g, ', 'String.replace'],
  ['return template.replace(\n    /[(/]/g,\n    async ', 'String.replace'],
  ['return JSON.parse(text, function ', 'JSON.parse'],
  ["JSON.stringify(f('a(', b), ", 'JSON.stringify'],
  ['Array.from(rows, ', 'Array.from'],
  ['loadRows(a, b)\n  .map(', 'Array.map'],
  ['rows.map(one => one.id, ', null],
  ['JSON.parse(', null],
  ['const a = [rows.sort, ', null],
  ['app.get(', null],
  ["app.get('/prices', ", null],
  ['const price = ', null],
])('a callback after `%s` is given to %s', (before, taker) => {
  expect(takerBefore(before)).toBe(taker)
})

it('a named function is given to another by its name', () => {
  expect(takerOf('byPrice', 'rows\n  .sort(byPrice)')).toBe('Array.sort')
  expect(takerOf('byPrice', 'app.use(byPrice); byPrice(a, b)')).toBeNull()
  expect(takerOf('toDate', 'check(toDate)\nreturn JSON.parse(text, toDate)')).toBe('JSON.parse')
  expect(takerOf('fill', 'text.replaceAll(/%/g, fill)')).toBe('String.replace')
  expect(takerOf('a[0]', 'rows.sort(a[0])')).toBeNull()
})
