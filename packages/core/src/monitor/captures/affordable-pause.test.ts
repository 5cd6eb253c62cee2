import { expect, it } from 'vitest'
import { affordablePause, isDying } from './affordable-pause.js'

const quiet = { streams: 0, longPolls: 0, inFlight: 0, hanging: 0, utilization: 3 }

it('a pause may last as long as what it would cost allows', () => {
  const ms = (activity: Partial<typeof quiet>) => affordablePause({ ...quiet, ...activity }).ms
  expect(ms({})).toBe(3500)
  expect(ms({ inFlight: 61, hanging: 60 })).toBe(30_000)
  expect(ms({ inFlight: 61, hanging: 60, utilization: 80 })).toBe(3500)
  expect(ms({ inFlight: 100, hanging: 60 })).toBe(3500)
  expect(ms({ inFlight: 61, hanging: 60, streams: 1 })).toBe(200)
  expect(ms({ longPolls: 1 })).toBe(200)
})

it('a leak that is seen early may cost one longer pause, but no stream', () => {
  expect(affordablePause(quiet, true).ms).toBe(6500)
  expect(affordablePause({ ...quiet, streams: 1 }, true).ms).toBe(200)
})

it('nothing can be lost any more where memory is nearly used up', () => {
  expect(isDying({ metric: 'heap', rule: 'watermark' }, false)).toBe(true)
  expect(isDying({ metric: 'heap', rule: 'leak' }, false)).toBe(false)
  expect(isDying({ metric: 'inFlight', rule: 'watermark' }, false)).toBe(false)
  expect(isDying({ metric: 'cpu', rule: 'spike' }, true)).toBe(true)
})
