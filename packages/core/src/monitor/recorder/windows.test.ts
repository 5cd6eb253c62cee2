import { expect, it } from 'vitest'
import type { RecordedWindow } from '../../link/recorded-window.js'
import { createWindows } from './windows.js'

const second = 1_000_000

function windowAt(startedAt: number, seconds = 5, json = '{}'): RecordedWindow {
  return {
    engine: 'v8-profiler-next',
    json,
    startedAt: startedAt * second,
    endedAt: (startedAt + seconds) * second,
    pauseMs: 1,
  }
}

const starts = (windows: ReturnType<typeof createWindows>) => windows.list().map(({ startedAt }) => startedAt / second)

it('the store of windows keeps what reaches into the time to keep, counted from the newest', () => {
  const windows = createWindows(() => 10_000)
  for (const at of [0, 5, 10, 15]) windows.add(windowAt(at))
  expect(starts(windows)).toEqual([10, 15])
  // Ended early, by a trigger: the time before it needs three.
  windows.add(windowAt(20, 2))
  expect(starts(windows)).toEqual([10, 15, 20])
})

it('the store of windows puts them in order, however they arrive', () => {
  const windows = createWindows(() => 10_000)
  windows.add(windowAt(5))
  windows.add(windowAt(0))
  expect(starts(windows)).toEqual([0, 5])
})

it('the store of windows drops the oldest rather than grow beyond its limit, but never the newest', () => {
  const windows = createWindows(() => 10_000, 100)
  windows.add(windowAt(0, 5, 'x'.repeat(60)))
  windows.add(windowAt(5, 5, 'x'.repeat(60)))
  expect(starts(windows)).toEqual([5])
  windows.add(windowAt(10, 5, 'x'.repeat(200)))
  expect(starts(windows)).toEqual([10])
  expect(windows.bytes()).toBe(200)
})

it('the store of windows takes a window once, though it comes twice', () => {
  const windows = createWindows(() => 10_000)
  for (const at of [0, 5, 5]) windows.add(windowAt(at))
  expect(starts(windows)).toEqual([0, 5])
})
