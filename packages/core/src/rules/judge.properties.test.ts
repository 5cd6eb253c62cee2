import { describe, expect, it } from 'vitest'
import type { Decision } from '../model/decision.js'
import type { Threshold } from '../model/threshold.js'
import { random } from '../testing/random.js'
import { belowMinState } from './below-min.js'
import { deviationOf, meanOf } from './history.js'
import { judge, type Reading } from './judge.js'
import { captureEnded, fired, initialState, type MetricState, retuned } from './memory.js'

interface Step {
  threshold: Threshold
  before: MetricState
  reading: Reading
  decision: Decision
  after: MetricState
  size: number
}

/** A life of a metric at random: readings of every sort, captures, dumps admitted and refused, patches, odd clocks. */
function live(seed: number, samples: number, size: number) {
  const u = random(seed)
  const pick = <T>(values: T[]): T => values[Math.floor(u() * values.length)] as T
  const tune = (): Threshold => ({
    enabled: u() > 0.05,
    min: pick([0, 0, 20]),
    spike: pick([null, 25, 100]),
    watermark: pick([null, 50, 80]),
    leak: pick([null, 600_000, 14_400_000]),
    cooldown: pick([0, 3000, 20_000]),
    hold: pick([1, 1, 2, 5]),
    capture: ['cpu-profile'],
  })
  const steps: Step[] = []
  const clean: number[] = []
  const dumps: number[] = []
  let threshold = tune()
  let state = initialState()
  let at = 1_700_000_000_000
  let capturing = 0
  for (let index = 0; index < samples; index++) {
    at += u() < 0.01 ? -10_000 : u() < 0.02 ? 600_000 : 1000
    const value = pick([u() * 10, 30 + u() * 10, u() * 100, u() * 100, null, Number.NaN])
    // It grows for a while, falls back, and is read now and then.
    const bytes = (50 + 300 * ((index % 400) / 400) + u()) * 1024 ** 2
    const heap = { what: 'live heap', bytes, room: 2 ** 32 - bytes, sticky: seed % 2 === 0 }
    const live = pick([undefined, null, null, heap, heap, heap])
    const reading = { value, at, capturing: capturing > 0, live }
    const judged = judge({ metric: 'cpu', unit: 'percent' }, threshold, deepFreeze(state), reading, {
      history: size,
      warmup: 3,
    })
    steps.push({ threshold, before: state, reading, decision: judged.decision, after: judged.state, size })
    state = judged.state
    if (value !== null && Number.isFinite(value) && capturing === 0) clean.push(value)
    if (judged.decision.fire !== null && u() < 0.8) {
      dumps.push(index)
      state = fired(state, judged.decision.fire, at)
      capturing = 1 + Math.floor(u() * 4)
    } else if (capturing > 0 && --capturing === 0) state = captureEnded(state, u() < 0.5)
    if (u() < 0.01) {
      threshold = tune()
      state = retuned(state)
    }
  }
  return { steps, clean, dumps, state }
}

const lives = Array.from({ length: 20 }, (_, seed) => live(seed + 1, 2000, 2 + (seed % 10)))

describe('the judge, whatever comes,', () => {
  it('fires often enough for the rest to mean something', () => {
    expect(Math.min(...lives.map(({ dumps }) => dumps.length))).toBeGreaterThan(5)
    const leaks = lives.flatMap(({ steps }) => steps.filter(({ decision }) => decision.fire === 'leak'))
    expect(leaks.length).toBeGreaterThan(0)
  })

  it('returns the state that a reading below min has without words', () => {
    let quiet = 0
    for (const { threshold, before, reading, after, size } of lives.flatMap(({ steps }) => steps)) {
      const state = belowMinState('cpu', threshold, before, reading, { history: size, warmup: 3 })
      if (!state) continue
      expect(state).toEqual(after)
      quiet++
    }
    expect(quiet).toBeGreaterThan(200)
  })

  it('holds the last samples, none of a capture, and no more of them than it should', () => {
    lives.forEach(({ clean, state, steps }, seed) => {
      const size = 2 + (seed % 10)
      const remembered = [...state.history, ...state.held]
      expect(remembered).toEqual(clean.slice(-remembered.length))
      expect(Math.max(...steps.map(({ before }) => before.history.length))).toBe(size)
      expect(Math.max(...steps.map(({ before }) => before.held.length))).toBeLessThan(5)
    })
  })

  it('takes mean and deviation of the history it hands out', () => {
    for (const { decision } of lives.flatMap(({ steps }) => steps)) {
      expect(decision.mean).toBe(meanOf(decision.history))
      expect(decision.deviation).toBe(deviationOf(decision.history))
    }
  })

  it('fires only for a finite value outside a capture, at or above min, with the rule on and the cooldown over', () => {
    for (const { steps } of lives) {
      for (const { decision, reading, threshold, before } of steps) {
        if (decision.fire === null) continue
        expect(Number.isFinite(reading.value) && !reading.capturing && threshold.enabled).toBe(true)
        if (decision.fire !== 'leak') expect(reading.value).toBeGreaterThanOrEqual(threshold.min)
        expect(threshold[decision.fire]).not.toBe(null)
        if (before.lastFired !== null && before.lastFired <= reading.at)
          expect(reading.at - before.lastFired).toBeGreaterThanOrEqual(threshold.cooldown)
      }
    }
  })

  it('never looks more than one cooldown ahead, whatever the clock does', () => {
    for (const { steps } of lives) {
      for (const { decision, threshold } of steps) {
        for (const { state, reason } of Object.values(decision.rules)) {
          if (state !== 'cooling-down') continue
          const [, left, unit] = /, (\d+) (ms|s) left/.exec(reason) ?? []
          expect(Number(left) * (unit === 's' ? 1000 : 1)).toBeLessThanOrEqual(threshold.cooldown)
        }
      }
    }
  })

  it('does not fire the same rule twice without the value having fallen back, a gap or a patch', () => {
    const u = random(99)
    const threshold: Threshold = { ...tuned, cooldown: 0 }
    let state = initialState()
    let up = false
    for (let index = 0; index < 5000; index++) {
      const value = u() * 100
      const judged = judge(
        { metric: 'cpu', unit: 'percent' },
        threshold,
        state,
        { value, at: index, capturing: false },
        settings,
      )
      expect(judged.decision.fire).toBe(value >= 80 && !up ? 'watermark' : null)
      up = value >= 80
      state = judged.decision.fire ? fired(judged.state, 'watermark', index) : judged.state
    }
  })

  it('gives a reason with every verdict, and the figures are those that decide', { tags: ['full'] }, () => {
    for (const { decision } of lives.flatMap(({ steps }) => steps)) {
      for (const { state, reason } of Object.values(decision.rules)) {
        expect(reason.startsWith(state === 'firing' ? 'fires: ' : `${state.replace('-', ' ')}: `)).toBe(true)
        expect(reason).not.toMatch(/NaN|Infinity|undefined|null/)
        const shown = /(-?[\d.]+)% is (at or above|below) the watermark (\d+)%/.exec(
          reason.replace(/(?<=\d),(?=\d)/g, ''),
        )
        if (shown) expect(Number(shown[1]) >= Number(shown[3])).toBe(shown[2] === 'at or above')
      }
    }
  })

  it('says the same of the same', () => {
    expect(live(3, 300, 10)).toEqual(live(3, 300, 10))
  })
})

const settings = { history: 10, warmup: 10 }

const tuned: Threshold = {
  enabled: true,
  min: 0,
  spike: null,
  watermark: 80,
  leak: null,
  cooldown: 0,
  hold: 1,
  capture: ['cpu-profile'],
}

/** A judge that wrote into the state it was given would throw. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}
