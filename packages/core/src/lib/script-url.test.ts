import { expect, it } from 'vitest'
import { scriptUrl } from './script-url.js'

it.each([
  ['file:///app/a.js', 'file:///app/a.js'],
  ['file:///app/a.js?key=hunter2', 'file:///app/a.js'],
  ['https://user:hunter2@cdn.example/a.js?x#hunter2', 'https://cdn.example/a.js'],
  ['webpack://shop/./src/a.js?e1f2', 'webpack://shop/./src/a.js'],
  ['data:text/javascript,const a = "hunter2"', 'data:'],
  ['DATA:text/javascript;base64,aHVudGVyMg==', 'data:'],
  ['node:internal/timers', 'node:internal/timers'],
  ['/app/what?/#1/a.js', '/app/what?/#1/a.js'],
  ['C:\\app\\a#1.js', 'C:\\app\\a#1.js'],
  ['evalmachine.<anonymous>', 'evalmachine.<anonymous>'],
  ['', ''],
])('%s is shown as %s', (url, shown) => {
  expect(scriptUrl(url)).toBe(shown)
})
