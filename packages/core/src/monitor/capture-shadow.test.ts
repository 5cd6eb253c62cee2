import { expect, it } from 'vitest'
import { createCaptureShadow } from './capture-shadow.js'

/** How many samples after the last one of a capture that lasts for so many still tell of it. */
function shadowOf(samples: number, interval: number): number {
  const inShadow = createCaptureShadow(interval, 0)
  let at = 0
  const take = (inProgress: boolean, endedAt: number) => {
    at += interval
    return inShadow(at, { inProgress, endedAt })
  }
  for (let count = 0; count < 20; count++) expect(take(false, 0)).toBe(false)
  for (let count = 0; count < samples; count++) expect(take(true, 0)).toBe(true)
  const endedAt = at + interval / 2
  let after = 0
  while (take(false, endedAt)) after++
  return after
}

it('a capture is told of for as many samples as cpu is made of, however long it took', () => {
  for (const samples of [1, 5, 100]) {
    expect(shadowOf(samples, 1000)).toBe(1)
    expect(shadowOf(samples, 500)).toBe(2)
    expect(shadowOf(samples, 20)).toBe(50)
    expect(shadowOf(samples, 5000)).toBe(1)
  }
})
