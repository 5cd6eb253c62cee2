import { describe, expect, it } from 'vitest'
import { createAdaptiveSampler, createRandom, thin } from './adaptive-sampler.js'

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

describe('a sampler', () => {
  it('takes every event while they are few', () => {
    const sampler = createAdaptiveSampler(10, createRandom(1))
    const weights = Array.from({ length: 50 }, (_, index) => sampler.next(index * 20))
    expect(weights).toEqual(Array(50).fill(1))
  })

  it('takes few of many, which then stand for all', () => {
    const sampler = createAdaptiveSampler(50, createRandom(2))
    // A hundred thousand a second, for two seconds.
    const weights = Array.from({ length: 200_000 }, (_, index) => sampler.next(index / 100))
    expect(weights.filter(weight => weight > 0).length).toBeLessThan(20 * 50 * 3)
    expect(sum(weights) / 200_000).toBeGreaterThan(0.8)
    expect(sum(weights) / 200_000).toBeLessThan(1.2)
  })

  it('does not lose one kind of event because of a pattern in them', () => {
    const sampler = createAdaptiveSampler(50, createRandom(3))
    const byKind: Record<number, number> = {}
    for (let index = 0; index < 200_000; index++) {
      const weight = sampler.next(index / 100)
      byKind[index % 4] = (byKind[index % 4] ?? 0) + weight
    }
    for (const total of Object.values(byKind)) expect(Math.abs(total / 50_000 - 1)).toBeLessThan(0.3)
  })

  it('takes every event again after a quiet time', () => {
    const sampler = createAdaptiveSampler(10, createRandom(4))
    for (let index = 0; index < 10_000; index++) sampler.next(index / 100)
    expect(sampler.next(5000)).toBe(1)
  })
})

describe('thinning', () => {
  const many = [
    ...Array.from({ length: 5000 }, () => ({ ms: 1, weight: 1 })),
    { ms: 2000, weight: 1 },
    { ms: 500, weight: 4 },
  ]
  const total = (waits: typeof many) => sum(waits.map(({ ms, weight }) => ms * weight))

  it('leaves as it is what is few', () => {
    expect(thin(many, 6000, createRandom(1))).toBe(many)
  })

  it('keeps what waited long, and the sum of all', () => {
    const kept = thin(many, 500, createRandom(1))
    expect(kept.length).toBeLessThan(600)
    expect(kept).toContainEqual({ ms: 2000, weight: 1 })
    expect(kept).toContainEqual({ ms: 500, weight: 4 })
    expect(Math.abs(total(kept) / total(many) - 1)).toBeLessThan(0.1)
  })
})
