import { meanOf, pause, ring } from './parts.js'

/**
 * The rule of mosn/holmes (`matchRule` in util.go, `avg` in ring.go): whole numbers, at or above the line, and the sample
 * is in the ring before the mean is taken. `ruleAbs` and `ruleMax` are left out, as the watermark is for everybody here.
 * Of a metric that is below 1 it sees only zeros, and fires at every one of them once `min` is below 1 too.
 */
export const holmes = settings => rule(settings, Math.trunc)

/** The same with fractions, so that it is not punished for the scale of a series. */
export const holmesInFractions = settings => rule(settings, value => value)

function rule({ min, spike, history, cooldown }, whole) {
  const { values, push, isFull } = ring(history)
  const after = pause(cooldown)
  return exact => {
    const value = whole(exact)
    const isWarm = isFull()
    push(value)
    const line = whole((whole(meanOf(values)) * (100 + spike)) / 100)
    return after(isWarm && value >= whole(min) && value >= line)
  }
}
