import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { patience, silenceAfter } from './watchdog.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('silence is some samples that did not come, and some time for the way', () => {
  expect(silenceAfter(1000)).toBe(5000)
  expect(silenceAfter(100)).toBe(2300)
})

test('whoever is heard in time is not silent; whoever is not is said to be, second by second', () => {
  const onSilence = vi.fn()
  const dog = patience(() => 1000, { onSilence, onLongSilence() {} })
  for (let second = 0; second < 20; second++) {
    vi.advanceTimersByTime(1000)
    dog.heard()
  }
  expect(onSilence).not.toHaveBeenCalled()
  vi.advanceTimersByTime(8000)
  expect(onSilence).toHaveBeenCalledTimes(3)
  dog.stop()
})

test('a connection that has been silent for long is opened anew, and again after as long', () => {
  const onLongSilence = vi.fn()
  const dog = patience(() => 1000, { onSilence() {}, onLongSilence })
  vi.advanceTimersByTime(31_000)
  expect(onLongSilence).toHaveBeenCalledTimes(0)
  vi.advanceTimersByTime(1000)
  expect(onLongSilence).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(31_000)
  expect(onLongSilence).toHaveBeenCalledTimes(2)
  dog.stop()
})
