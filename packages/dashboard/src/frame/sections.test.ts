import { expect, test } from 'vitest'
import { sectionOf } from './sections.ts'

test.each([
  [[], 'live'],
  [['tune', 'cpu'], 'live'],
  [['dumps', 'an-id'], 'dumps'],
  [['compare', 'a', 'b'], 'dumps'],
  [['now'], 'now'],
  [['constructor'], null],
])('%j belongs to %s', (path, section) => {
  expect(sectionOf(path)).toBe(section)
})
