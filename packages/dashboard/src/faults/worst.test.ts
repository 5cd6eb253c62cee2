import { expect, test } from 'vitest'
import { worstOf } from './worst.ts'

test('the worst dump passed its line by most, and is the newest of those', () => {
  const dumps: { id: string; severity?: number }[] = [
    { id: 'd' },
    { id: 'c', severity: 3 },
    { id: 'b', severity: 3 },
    { id: 'a', severity: 1.2 },
  ]
  expect(worstOf(dumps)).toBe(dumps[1])
  expect(worstOf([dumps[0] as (typeof dumps)[number]])).toBeUndefined()
})
