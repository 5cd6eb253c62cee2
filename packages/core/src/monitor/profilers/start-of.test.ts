import { describe, expect, it } from 'vitest'
import { realCpuProfile } from '../../testing/v8-profiles.js'
import { startOf } from './start-of.js'

describe('when a profile began', () => {
  const profile = { startTime: 5_000_000, endTime: 7_500_000 }

  it('is told by the clock that V8 took its times from', () => {
    expect(startOf(profile, { now: 1_000_000, monotonic: 8000 })).toBe(1_000_000 - 500 - 2500)
  })

  it('is reckoned from its end where V8 has another clock', () => {
    expect(startOf(profile, { now: 1_000_000, monotonic: 1 })).toBe(997_500)
    expect(startOf(profile, { now: 1_000_000, monotonic: 9e9 })).toBe(997_500)
  })

  it('is right for a profile by V8', async () => {
    const before = Date.now()
    const real = await realCpuProfile(() => {
      for (const end = Date.now() + 50; Date.now() < end; );
    })
    const start = startOf(real)
    expect(start).toBeGreaterThanOrEqual(before - 2)
    expect(start + (real.endTime - real.startTime) / 1000).toBeLessThanOrEqual(Date.now() + 2)
  })
})
