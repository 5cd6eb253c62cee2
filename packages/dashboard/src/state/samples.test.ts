import { expect, test } from 'vitest'
import type { Sample } from '../api/types.ts'
import { appended } from './samples.ts'

const at = (...times: number[]): Sample[] => times.map(at => ({ at, values: {} }))
const times = (samples: Sample[]) => samples.map(({ at }) => at)

test('new samples come after those that are known', () => {
  expect(times(appended(at(1, 2), at(3)))).toEqual([1, 2, 3])
  expect(times(appended([], at(3)))).toEqual([3])
})

test('nothing new leaves the list as it is, so that nobody draws it again', () => {
  const known = at(1, 2)
  expect(appended(known, [])).toBe(known)
})

test('the past that comes late goes to its place, and a sample that was heard twice is there once', () => {
  expect(times(appended(at(5, 6), at(3, 4, 5)))).toEqual([3, 4, 5, 6])
})

test('only the hour before the newest is kept', () => {
  expect(times(appended(at(0, 1000), at(3_600_500)))).toEqual([1000, 3_600_500])
})
