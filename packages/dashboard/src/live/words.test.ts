import { expect, it } from 'vitest'
import { sayDifference, sayField } from './words.ts'

it('the form of thresholds says the fields of a threshold as people read them', () => {
  expect(sayField('watermark', 80, 'percent')).toBe('80%')
  expect(sayField('watermark', null, 'percent')).toBe('off')
  expect(sayField('spike', 25, 'ms')).toBe('25%')
  expect(sayField('cooldown', 90_000, 'percent')).toBe('1 min 30 s')
  expect(sayField('hold', 1, 'count')).toBe('1 sample')
  expect(sayField('enabled', false, 'count')).toBe('no')
  expect(sayField('capture', ['cpu-profile', 'requests'], 'count')).toBe('CPU profile, Requests')
})

it('the form of thresholds says a change', () => {
  expect(sayDifference({ field: 'watermark', before: 80, after: 60 }, 'percent')).toBe('watermark 80% → 60%')
})
