import { expect, it } from 'vitest'
import { defaultThresholds } from './defaults.js'
import { createPileUpDetector } from './pile-up.js'

const thresholds = defaultThresholds([])

it('the pile-up detector starts with a metric that tells of waiting, at its min', () => {
  for (const [metric, value] of Object.entries({ inFlight: 20, eventLoopDelay: 500, handles: 500 })) {
    const isPileUp = createPileUpDetector()
    expect(isPileUp({ [metric]: value - 1 }, thresholds, 0)).toBe(false)
    expect(isPileUp({ [metric]: value }, thresholds, 1000)).toBe(true)
  }
})

it('the pile-up detector does not start with metrics that are high in good times, without a reading, or with a metric that is disabled', () => {
  const isPileUp = createPileUpDetector()
  const disabled = { ...thresholds, inFlight: { ...thresholds.inFlight, enabled: false } } as typeof thresholds
  expect(isPileUp({ cpu: 100, heap: 50, rss: 50, inFlight: null, handles: 0 }, thresholds, 0)).toBe(false)
  expect(isPileUp({ inFlight: 1000 }, disabled, 0)).toBe(false)
})

it('the pile-up detector goes on for ten seconds, and not for ever when the clock is set back', () => {
  const isPileUp = createPileUpDetector()
  expect(isPileUp({ inFlight: 20 }, thresholds, 100_000)).toBe(true)
  expect(isPileUp({ inFlight: 0 }, thresholds, 109_999)).toBe(true)
  expect(isPileUp({ inFlight: 0 }, thresholds, 110_000)).toBe(false)
  expect(isPileUp({ inFlight: 0 }, thresholds, 20_000)).toBe(false)
})
