import { expect, test } from 'vitest'
import { isRange, sinceOf } from './ranges.ts'

const now = Date.UTC(2026, 10, 30, 3, 0, 20)

test('a range begins on a whole minute, all time nowhere', () => {
  expect(sinceOf('1h', now)).toBe(Date.UTC(2026, 10, 30, 2))
  expect(sinceOf('7d', now + 5000)).toBe(sinceOf('7d', now))
  expect(sinceOf('', now)).toBeUndefined()
})

test.each(['', null, 'constructor', '2h'])('%j is no range', name => {
  expect(isRange(name)).toBe(false)
  if (name) expect(sinceOf(name, now)).toBeUndefined()
})
