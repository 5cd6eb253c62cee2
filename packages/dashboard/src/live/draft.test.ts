import { describe, expect, it } from 'vitest'
import type { Threshold } from '../api/types.ts'
import { changed, differences, errorsByField, inverse, isEmpty, patchOf } from './draft.ts'

const now: Threshold = {
  enabled: true,
  min: 20,
  spike: 25,
  watermark: 80,
  leak: null,
  cooldown: 60_000,
  hold: 1,
  capture: ['cpu-profile', 'requests'],
}

describe('changes', () => {
  it('gather, and go when a field is as it was', () => {
    const one = changed(now, {}, { watermark: 60 })
    const two = changed(now, one, { spike: null })
    expect(two).toEqual({ watermark: 60, spike: null })
    expect(changed(now, two, { watermark: 80 })).toEqual({ spike: null })
  })

  it('are none when capture kinds are only in another order', () => {
    expect(isEmpty(changed(now, {}, { capture: ['requests', 'cpu-profile'] }))).toBe(true)
    expect(isEmpty(changed(now, {}, { capture: ['requests'] }))).toBe(false)
  })

  it('become a merge patch of that metric, with null for a rule that is off', () => {
    expect(JSON.stringify(patchOf('cpu', { spike: null, hold: 3 }))).toBe('{"cpu":{"spike":null,"hold":3}}')
  })

  it('stay on top of what somebody else has changed, and go where he did the same', () => {
    const mine = { watermark: 60, hold: 2 }
    expect(changed({ ...now, watermark: 70, min: 5 }, mine, {})).toEqual(mine)
    expect(changed({ ...now, watermark: 60 }, mine, {})).toEqual({ hold: 2 })
  })

  it('can be taken back field by field', () => {
    const changes = { watermark: null, capture: ['report' as const] }
    const after = { ...now, ...changes }
    expect({ ...after, ...inverse(now, changes) }).toEqual(now)
  })
})

it('the draft of thresholds says what is different, of metrics that are in both', () => {
  const before = { cpu: now, gone: now }
  const after = { cpu: { ...now, watermark: 90 }, come: now }
  expect(differences(before, after)).toEqual([{ metric: 'cpu', field: 'watermark', before: 80, after: 90 }])
})

it('the draft of thresholds puts each error at its field, and all that has none with the rest', () => {
  const errors = [
    { field: 'cpu.watermark', message: 'must be > 0' },
    { field: 'cpu.capture.0', message: 'must be one of …' },
    { field: 'cpu.capture[1]', message: 'is off' },
    { field: 'cpu.toString', message: 'is unknown' },
    { field: 'cpuTime.min', message: 'is not ours' },
    { field: '', message: 'must be an object' },
  ]
  expect(errorsByField('cpu', errors)).toEqual({
    of: { watermark: 'must be > 0', capture: 'is off' },
    other: ['cpu.toString is unknown', 'cpuTime.min is not ours', 'must be an object'],
  })
})
