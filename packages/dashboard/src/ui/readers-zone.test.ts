import { expect, test } from 'vitest'
import { formatClock, formatDateTime } from './format.ts'
import { inReadersZone } from './readers-zone.ts'

const dumpAt = Date.UTC(2026, 10, 29, 0, 0, 5)

test('times of a sentence are those of the reader, on the day that is closest to the dump', () => {
  const before = Date.UTC(2026, 10, 28, 23, 59, 45)
  expect(inReadersZone('CPU rose since 23:59:45 UTC, for 20 s', dumpAt)).toBe(
    `CPU rose since ${formatClock(before)}, for 20 s`,
  )
  const dated = Date.UTC(2026, 10, 25, 1, 23, 18)
  expect(inReadersZone('threw at 2026-11-25 01:23:18 UTC, later', dumpAt)).toBe(
    `threw at ${formatDateTime(dated)}, later`,
  )
})

test('other figures and wrong times stay as they are', () => {
  for (const text of ['took 10:20 min', '99:99:99 UTC', 'UTC']) expect(inReadersZone(text, dumpAt)).toBe(text)
})
