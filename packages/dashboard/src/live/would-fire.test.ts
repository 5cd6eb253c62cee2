import { defaultThreshold, replay } from '@autodump/core/rules'
import { describe, expect, it } from 'vitest'
import type { Sample } from '../api/types.ts'
import { countWords, tryOut } from './would-fire.ts'

const start = 1_764_361_000_000
const settings = { history: 10, warmup: 10, captureDuration: 5000, maxPerHour: 30 }

/** Ten minutes at 30% with a minute at 90% in them, and with readings of another metric. */
const samples: Sample[] = Array.from({ length: 600 }, (_, second) => ({
  at: start + second * 1000,
  values: { cpu: second >= 300 && second < 360 ? 90 : 30 + (second % 3), inFlight: second % 40 === 0 ? 9000 : 1 },
}))

const cpu = defaultThreshold('cpu')

describe('what would have fired', () => {
  it('is what replay says of that metric', () => {
    const { outcomes, proposed } = tryOut(samples, 'cpu', { now: cpu, proposed: cpu }, settings)
    const own = samples.map(({ at, values }) => ({ at, values: { cpu: values.cpu ?? null } }))
    const { firings } = replay(own, { ...settings, thresholds: { cpu } })
    expect(outcomes.map(({ firing }) => firing)).toEqual(firings)
    expect(proposed).toBe(1)
    expect(outcomes.map(({ under }) => under)).toEqual(['both'])
  })

  it('sets apart what is new and what is no longer', () => {
    const strict = { ...cpu, spike: null, watermark: 31.5 }
    const deaf = { ...cpu, spike: null, watermark: 95 }
    const later = tryOut(samples, 'cpu', { now: strict, proposed: deaf }, settings)
    expect(later.outcomes.every(({ under }) => under === 'now')).toBe(true)
    expect(later).toMatchObject({ proposed: 0 })
    expect(later.now).toBeGreaterThan(0)
    const earlier = tryOut(samples, 'cpu', { now: deaf, proposed: strict }, settings)
    expect(earlier.outcomes.every(({ under }) => under === 'proposed')).toBe(true)
  })

  it('counts no dump that the quota would have forbidden, and still shows it', () => {
    const eager = { ...cpu, spike: null, min: 0, watermark: 32, cooldown: 0 }
    const trial = tryOut(samples, 'cpu', { now: eager, proposed: eager }, { ...settings, maxPerHour: 2 })
    expect(trial.proposed).toBe(2)
    expect(trial.outcomes.length).toBeGreaterThan(2)
  })

  it('is nothing without samples', () => {
    expect(tryOut([], 'cpu', { now: cpu, proposed: cpu }, settings)).toMatchObject({ outcomes: [], over: 0 })
  })
})

it('the forecast says it in one sentence', () => {
  const trial = { outcomes: [], now: 0, proposed: 2, over: 58 * 60_000, notes: [] }
  expect(countWords(trial, true)).toBe('2 dumps in the last 58 min, now none')
  expect(countWords(trial, false)).toBe('2 dumps in the last 58 min')
  expect(countWords({ ...trial, proposed: 0, now: 1, over: 40_000 }, true)).toBe('No dump in the last 40 s, now 1')
  expect(countWords({ ...trial, now: 2 }, true)).toBe('2 dumps in the last 58 min, as many as now')
})
