import { expect, test } from 'vitest'
import type { Row } from './figures.ts'
import { faultsInWords, verdictOf } from './verdict.ts'

const row = (name: string, a: number, b: number): Row => ({ name, place: `${name}.js:3`, a, b, change: b - a })
const sides: [string, string] = ['in the 11 others', 'here']

test('the function that grew most, else the one that fell most', () => {
  expect(verdictOf([row('send', 0.9, 0.4), row('parse', 0.02, 0.43)], sides)).toBe(
    'parse (parse.js:3) takes 43% here, 2% in the 11 others.',
  )
  expect(verdictOf([row('send', 0.9, 0.4)], sides)).toBe('send (send.js:3) takes 40% here, 90% in the 11 others.')
})

test('noise is no verdict', () => {
  const nothing = 'No function takes a clearly different share of the busy time.'
  expect(verdictOf([row('send', 0.4, 0.43)], sides)).toBe(nothing)
  expect(verdictOf([], sides)).toBe(nothing)
})

test('two dumps show one fault, two, or none', () => {
  const dump = (title?: string) => (title ? { fault: { fingerprint: title, title } } : {})
  expect(faultsInWords(dump('parse (feed.js)'), dump('parse (feed.js)'))).toBe('Both show one fault: parse (feed.js).')
  expect(faultsInWords(dump('GET /a'), dump('parse (feed.js)'))).toBe('Two faults: GET /a in A, parse (feed.js) in B.')
  expect(faultsInWords(dump('GET /a'), dump())).toBe('Only A shows a fault: GET /a.')
  expect(faultsInWords(dump(), dump('GET /a'))).toBe('Only B shows a fault: GET /a.')
  expect(faultsInWords(dump(), dump())).toBe('Neither dump accuses anything.')
})
