import { expect, test } from 'vitest'
import { sectionOf } from './sections.ts'

test.each([
  [[], 'home'],
  [['tune', 'cpu'], 'home'],
  [['dumps', 'an-id'], 'dumps'],
  [['compare', 'a', 'b'], 'dumps'],
  [['faults', 'a-fingerprint'], 'faults'],
  [['now'], 'now'],
  [['constructor'], null],
])('%j belongs to %s', (path, section) => {
  expect(sectionOf(path)).toBe(section)
})
