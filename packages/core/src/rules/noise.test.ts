import { describe, expect, it } from 'vitest'
import { normal, random } from '../testing/random.js'
import { learn, type Noise, noNoise, usualDistance } from './noise.js'

const size = 10

const calm = { deviation: 5, size, spike: false }

const fed = (distances: number[], from: Noise = noNoise): Noise =>
  distances.reduce((noise, distance) => learn(noise, { ...calm, distance }), from)

const gauss = (count: number, deviation: number, seed = 3): number[] => {
  const uniform = random(seed)
  return Array.from({ length: count }, () => deviation * normal(uniform))
}

describe('the usual distance', () => {
  it('is not known before two lengths of the history', () => {
    expect(usualDistance(fed(gauss(19, 5)), size)).toBeNull()
    expect(usualDistance(fed(gauss(20, 5)), size)).not.toBeNull()
  })

  it('is the root mean square, within a tenth for three hundred samples', () => {
    const usual = usualDistance(fed(gauss(300, 5)), size) as number
    expect(usual).toBeGreaterThan(4.5)
    expect(usual).toBeLessThan(5.5)
  })

  it('forgets', () => {
    const later = fed(gauss(1500, 1), fed(gauss(600, 20)))
    expect(usualDistance(later, size)).toBeLessThan(2)
  })

  it('grows with noise that grows, since that widens the deviation of the history too', () => {
    const quiet = fed(Array(300).fill(0))
    expect(usualDistance(quiet, size)).toBe(0)
    expect(usualDistance(fed(gauss(300, 5), quiet), size)).toBeGreaterThan(3)
  })

  it('is hardly moved by one outlier, however large', () => {
    const before = fed(gauss(300, 5))
    const after = learn(before, { ...calm, distance: 1e9 })
    expect(usualDistance(after, size)).toBeLessThan(1.05 * (usualDistance(before, size) as number))
  })

  it('takes little from a spike and what follows it, also when it is young', () => {
    const young = fed(gauss(12, 1))
    const spike = learn(young, { distance: 30, deviation: 1, size, spike: true })
    const wide = { deviation: 10, size, spike: false }
    const after = [27, 24, 21, 18, 15, 12, 9, 6, 3].reduce(
      (noise, distance) => learn(noise, { ...wide, distance }),
      spike,
    )
    expect(after.unsettled).toBe(1)
    expect(usualDistance(after, size)).toBeLessThan(4)
  })
})

describe('the largest distance', () => {
  it('is not known before a thousand samples', () => {
    expect(fed(gauss(999, 5)).largest).toBeNull()
    expect(fed(gauss(1000, 5)).largest).toBeGreaterThan(10)
  })

  it('is the second of the blocks, so that one event does not decide, and is forgotten with its block', () => {
    const calmFor = (count: number) => Array(count).fill(1)
    const once = fed([...calmFor(500), 50, ...calmFor(600)])
    expect(once.largest).toBe(1)
    const twice = fed([50, ...calmFor(199)], once)
    expect(twice.largest).toBe(50)
    expect(fed(calmFor(6100), twice).largest).toBe(1)
  })

  it('does not learn from spikes, nor from below the mean', () => {
    const falls = fed(Array.from({ length: 2000 }, (_, index) => (index % 50 === 0 ? -50 : 1)))
    expect(falls.largest).toBe(1)
    const spikes = Array.from({ length: 2000 }, (_, index) => index % 50 === 0)
    const after = spikes.reduce((noise, spike) => learn(noise, { ...calm, distance: spike ? 50 : 1, spike }), noNoise)
    expect(after.largest).toBe(1)
  })
})
