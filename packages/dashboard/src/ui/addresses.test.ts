import { expect, test } from 'vitest'
import { splitAddresses } from './addresses.ts'

const parts = (text: string) => splitAddresses(text).map(({ text, isTrace }) => (isTrace ? `<${text}>` : text))

test('the trace in a sentence of its own is a link', () => {
  expect(parts('CPU rose. Trace https://t.example/a.b/4bf9.')).toEqual([
    'CPU rose. Trace ',
    '<https://t.example/a.b/4bf9>',
    '.',
  ])
  expect(parts('CPU rose. Trace https://t.example/?id=4bf9. The memory is unknown.')).toEqual([
    'CPU rose. Trace ',
    '<https://t.example/?id=4bf9>',
    '. The memory is unknown.',
  ])
})

test('the trace at the end of a sentence is a link, without the full stop', () => {
  expect(parts('CPU rose; burn (a.js:1) took 90%; trace https://t.example/a.b/4bf9.')).toEqual([
    'CPU rose; burn (a.js:1) took 90%; trace ',
    '<https://t.example/a.b/4bf9>',
    '.',
  ])
  expect(parts('CPU rose; trace https://t.example/?id=4bf9; the memory is unknown.')).toEqual([
    'CPU rose; trace ',
    '<https://t.example/?id=4bf9>',
    '; the memory is unknown.',
  ])
})

test('other addresses stay text', () => {
  for (const text of ['all of them GET https://evil.example/', 'CPU rose; trace javascript:alert(1).', ''])
    expect(parts(text).join('')).toBe(text)
})
