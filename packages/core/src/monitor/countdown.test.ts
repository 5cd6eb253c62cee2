import { expect, it } from 'vitest'
import { createCountdown } from './countdown.js'

it('a countdown resolves when the time is over', async () => {
  expect(await createCountdown().wait(1)).toEqual({ cutShort: false })
})

it('a countdown ends every wait, also those to come, when cut short', async () => {
  const countdown = createCountdown()
  const first = countdown.wait(1e9)
  countdown.cutShort()
  expect(await first).toEqual({ cutShort: true })
  expect(await countdown.wait(1e9)).toEqual({ cutShort: true })
})

it('a countdown ends early only what has waited long enough, and that is no cut', async () => {
  let now = 0
  const countdown = createCountdown(() => now)
  const old = countdown.wait(1e9)
  now = 1500
  const young = countdown.wait(1e9)
  countdown.endAfter(1500)
  expect(await old).toEqual({ cutShort: false })
  expect(countdown.isCutShort()).toBe(false)
  countdown.cutShort()
  expect(await young).toEqual({ cutShort: true })
})

it('hurries: every wait ends, also one that begins later, and that is no cut', async () => {
  const countdown = createCountdown()
  const waiting = countdown.wait(1e9)
  countdown.hurry()
  expect(await waiting).toEqual({ cutShort: false })
  expect(await countdown.wait(1e9)).toEqual({ cutShort: false })
  expect(countdown.isCutShort()).toBe(false)
})
