import { describe, expect, it } from 'vitest'
import { readRetryAfter, waitAfter } from './retry.js'

describe('the wait between attempts', () => {
  it('doubles up to five minutes, and a random half of it is left out', () => {
    expect([1, 2, 3, 9, 10, 500].map(attempts => waitAfter(attempts, 0, () => 1))).toEqual([
      1000, 2000, 4000, 256_000, 300_000, 300_000,
    ])
    expect(waitAfter(3, 0, () => 0)).toBe(2000)
  })

  it('is at least what the receiver asks for, up to an hour', () => {
    expect(waitAfter(1, 90_000, () => 1)).toBe(90_000)
    expect(waitAfter(10, 1000, () => 1)).toBe(300_000)
    expect(waitAfter(1, 1e12, () => 1)).toBe(3_600_000)
  })
})

describe('Retry-After', () => {
  it('is seconds, fractions of them, or a date', () => {
    const now = Date.parse('2026-11-24T01:00:00Z')
    expect(readRetryAfter('120', now)).toBe(120_000)
    expect(readRetryAfter('0.5', now)).toBe(500)
    expect(readRetryAfter('Tue, 24 Nov 2026 01:00:30 GMT', now)).toBe(30_000)
  })

  it('is nothing when it is in the past or no time', () => {
    for (const header of [undefined, 'soon', '-3', '0', 'Tue, 24 Nov 2020 01:00:30 GMT'])
      expect(readRetryAfter(header, Date.now())).toBeUndefined()
  })
})
