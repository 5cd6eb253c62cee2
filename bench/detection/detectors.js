import { captureEnded, fired, initialState, judge } from '../../packages/core/dist/rules/judge.js'

/**
 * A detector is made once per series and is then given its values in order; it says whether it fires on each. All have
 * the same `min`, percentage, ring and cooldown (in samples).
 *
 * @typedef {{ min: number, spike: number, history: number, cooldown: number }} Settings
 * @typedef {(value: number, index: number) => boolean} Detector
 */

/** The rules as they ship. The capture is taken to be over before the next sample, and to move the metric. */
export function autodump({ min, spike, history, cooldown }) {
  const threshold = {
    enabled: true,
    min,
    spike,
    watermark: null,
    leak: null,
    cooldown,
    hold: 1,
    capture: ['cpu-profile'],
  }
  let state = initialState()
  return (value, index) => {
    const reading = { value, at: index, capturing: false }
    const judged = judge({ metric: 'series', unit: 'value' }, threshold, state, reading, { history, warmup: history })
    state = judged.state
    if (judged.decision.fire === null) return false
    state = captureEnded(fired(state, judged.decision.fire, index), true)
    return true
  }
}

/**
 * The rule of mosn/holmes (`matchRule` in util.go, `avg` in ring.go): whole numbers, at or above the line, and the sample
 * is in the ring before the mean is taken. `ruleAbs` and `ruleMax` are left out, as the watermark is for everybody here.
 */
export function holmes({ min, spike, history, cooldown }) {
  const ring = cut(history)
  const after = pause(cooldown)
  return value => {
    const whole = Math.trunc(value)
    const values = ring.push(whole)
    if (!ring.warm()) return false
    const mean = Math.trunc(values.reduce((a, b) => a + b, 0) / values.length)
    return after(whole >= Math.trunc(min) && whole >= Math.trunc((mean * (100 + spike)) / 100))
  }
}

/** The textbook: above the mean of the samples before by three of their standard deviations; no percentage. */
export function threeSigma({ min, history, cooldown }) {
  return sigmas(3, 0, { min, history, cooldown })
}

/** The percentage and three deviations together. */
export function percentAndThreeSigma({ min, spike, history, cooldown }) {
  return sigmas(3, spike, { min, history, cooldown })
}

/** The percentage alone, the sample not in the mean. */
export function percentOnly({ min, spike, history, cooldown }) {
  return sigmas(0, spike, { min, history, cooldown })
}

function sigmas(count, spike, { min, history, cooldown }) {
  const ring = cut(history)
  const after = pause(cooldown)
  return value => {
    const warm = ring.warm()
    const values = ring.values()
    ring.push(value)
    if (!warm) return false
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1))
    return after(value >= min && value > mean * (1 + spike / 100) && value > mean + count * deviation)
  }
}

function cut(size) {
  const values = []
  return {
    values: () => values.slice(),
    warm: () => values.length >= size,
    push(value) {
      values.push(value)
      if (values.length > size) values.shift()
      return values
    },
  }
}

function pause(samples) {
  let left = 0
  return matches => {
    if (left > 0) left--
    if (!matches || left > 0) return false
    left = samples
    return true
  }
}
