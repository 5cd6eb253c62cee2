import { deviationOf, meanOf, medianOf, pause, process, ring } from './parts.js'

/** So many lengths of the history are the memory of the control charts: what autodump has for its noise. */
const memoryFactor = 30

/** The textbook: above the mean of the samples before by three of their standard deviations. */
export const threeSigma = settings => beyond(settings, 3, 0)

/** The percentage and three deviations together. */
export const percentAndThreeSigma = settings => beyond(settings, 3, settings.spike)

/** The percentage alone, the sample not in the mean. */
export const percentOnly = settings => beyond(settings, 0, settings.spike)

function beyond({ min, history, cooldown }, count, percent) {
  return onHistory(history, cooldown, (value, values) => {
    const mean = meanOf(values)
    return value >= min && value > mean * (1 + percent / 100) && value > mean + count * deviationOf(values)
  })
}

/** Hampel's identifier: above the median by three times its deviation as the median absolute deviation tells it. */
export function medianAndMad({ min, spike, history, cooldown }) {
  return onHistory(history, cooldown, (value, values) => {
    const middle = medianOf(values)
    const deviation = 1.4826 * medianOf(values.map(one => Math.abs(one - middle)))
    return value >= min && value > middle * (1 + spike / 100) && value > middle + 3 * deviation
  })
}

function onHistory(size, cooldown, matches) {
  const { values, push, isFull } = ring(size)
  const after = pause(cooldown)
  return value => {
    const isMatch = isFull() && matches(value, values)
    push(value)
    return after(isMatch)
  }
}

/** Control chart of the exponentially weighted mean (Roberts 1959): lambda 0.2, three of its deviations. */
export function ewmaChart({ min, history, cooldown }) {
  const known = process(memoryFactor * history)
  const after = pause(cooldown)
  const lambda = 0.2
  let smooth = null
  return value => {
    smooth = smooth === null ? value : lambda * value + (1 - lambda) * smooth
    const limit = known.mean() + 3 * known.deviation() * Math.sqrt(lambda / (2 - lambda))
    const isMatch = known.isKnown() && value >= min && smooth > limit
    known.learn(value)
    return after(isMatch)
  }
}

/** Cumulative sum (Page 1954) of what lies half a deviation above the mean, up to 5 deviations; then it starts anew. */
export function cusum({ min, history, cooldown }) {
  const known = process(memoryFactor * history)
  const after = pause(cooldown)
  let sum = 0
  return value => {
    const deviation = known.deviation()
    const isUsable = known.isKnown() && deviation > 0
    sum = isUsable ? Math.max(0, sum + (value - known.mean()) / deviation - 0.5) : 0
    const isFiring = after(isUsable && value >= min && sum > 5)
    if (isFiring) sum = 0
    known.learn(value)
    return isFiring
  }
}

/**
 * The percentage and three deviations, and the percentage above what was the highest within an hour of the same time
 * yesterday. It has to remember a day: 288 samples of five minutes, or 86,400 of a second.
 */
export function seasonal({ day = 288, ...settings }) {
  const today = percentAndThreeSigma({ ...settings, cooldown: 0 })
  const after = pause(settings.cooldown)
  const past = ring(day + Math.ceil(day / 24))
  return value => {
    const near = past.isFull() ? past.values.slice(0, 2 * Math.ceil(day / 24)) : []
    const isNew = near.every(before => value > before * (1 + settings.spike / 100))
    const isMatch = today(value) && isNew
    past.push(value)
    return after(isMatch)
  }
}
