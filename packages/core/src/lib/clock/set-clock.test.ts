import { expect, it } from 'vitest'
import { createSessions } from '../../http/login-session.js'
import type { Thresholds } from '../../model/threshold.js'
import { createSampleRing } from '../../monitor/sample-ring.js'
import { createMetricStates } from '../../rules/metric-states.js'

const minute = 60_000

const day = 1440 * minute

const start = Date.UTC(2026, 10, 24)

const jumps = [-2 * day, -10 * minute, 10 * minute, 2 * day]

const queue = {
  enabled: true,
  min: 1,
  watermark: 5,
  spike: null,
  leak: null,
  hold: 1,
  cooldown: 5 * minute,
  capture: [],
}

it.each(jumps)('a cooldown is as long as it is when the clock is set by %d ms', by => {
  const states = createMetricStates({ history: 10, warmup: 10 })
  const stateAt = (now: number, value: number) => {
    const at = start + now + (now > minute ? by : 0)
    const circumstances = { now, capturing: false, collected: false, live: {} }
    const [decision] = states.judge({ queue } as unknown as Thresholds, { at, values: { queue: value } }, circumstances)
    expect(decision?.at).toBe(at)
    return decision?.rules.watermark.state
  }
  expect(stateAt(0, 9)).toBe('firing')
  states.fired('queue', 'watermark', 0)
  expect(stateAt(minute, 0)).toBe('quiet')
  expect(stateAt(2 * minute, 9)).toBe('cooling-down')
  expect(stateAt(5 * minute - 1, 9)).toBe('cooling-down')
  expect(stateAt(5 * minute, 9)).toBe('firing')
})

it.each(jumps)('whoever follows the samples misses none when the clock is set by %d ms', by => {
  const ring = createSampleRing(1000, ['queue'])
  const seen: number[] = []
  for (let second = 0; second < 20; second++) {
    const at = start + second * 1000 + (second > 9 ? by : 0)
    ring.push({ at, values: { queue: second } }, second * 1000)
    for (const { at } of ring.since(seen.at(-1) ?? 0)) seen.push(at)
  }
  expect(seen.length).toBe(20)
  const around = ring.around(12_000)
  expect(around.length).toBe(20)
  expect(around.filter(({ gap }) => gap !== undefined)).toEqual([])
})

it('a login lasts no longer than its time and an hour, however far the clock is set back', () => {
  let now = start
  const sessions = createSessions('token', () => now)
  const session = sessions.begin()
  now -= 10 * minute
  expect(sessions.isValid(session)).toBe(true)
  now -= 2 * day
  expect(sessions.isValid(session)).toBe(false)
  // A new one is good.
  expect(sessions.isValid(sessions.begin())).toBe(true)
})
