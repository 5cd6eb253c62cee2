import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RecordedWindow } from '../../link/recorded-window.js'
import type { AppEngine } from '../../model/cpu-profile.js'
import { createAppRecorder } from './recorder.js'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))

afterEach(() => void vi.useRealTimers())

/** An engine that fails the test when it is misused as would crash the process. */
function strictEngine() {
  const going = new Set<number>()
  let started = 0
  let most = 0
  let broken = false
  const engine: AppEngine = {
    engine: 'v8-profiler-next',
    start() {
      if (broken) throw new Error('too many profiles')
      const mine = ++started
      going.add(mine)
      most = Math.max(most, going.size)
      return () => {
        expect(going.delete(mine), 'ended twice').toBe(true)
        return `profile ${mine}`
      }
    },
  }
  const breakDown = (now: boolean) => {
    broken = now
  }
  return { engine, going, most: () => most, started: () => started, breakDown }
}

function recorderOf(engine: AppEngine | null, more = {}) {
  const windows: RecordedWindow[] = []
  const errors: string[] = []
  const recorder = createAppRecorder({
    engine,
    enabled: true,
    window: 1000,
    sampleInterval: 10_000,
    onWindow: window => void windows.push(window),
    onError: (what, error) => void errors.push(`${what}: ${(error as Error).message}`),
    ...more,
  })
  const rotate = () => {
    const window = recorder.hooks['recorder.rotate']()
    if (!window) throw new Error('it is busy')
    return window
  }
  return { recorder, rotate, windows, errors }
}

it('the recorder in the app thread hands out a window whenever one is full, and begins the next before it ends one', () => {
  const { engine, going, most } = strictEngine()
  const { recorder, windows } = recorderOf(engine)
  expect(recorder.start()).toEqual({ engine: 'v8-profiler-next', reason: null })
  vi.advanceTimersByTime(3000)
  expect(windows.map(({ json }) => json)).toEqual(['profile 1', 'profile 2', 'profile 3'])
  expect([going.size, most()]).toEqual([1, 2])
  const [first, second] = windows as [RecordedWindow, RecordedWindow]
  expect(first.startedAt).toBeLessThanOrEqual(second.startedAt)
  expect(second.startedAt).toBeLessThanOrEqual(first.endedAt)
})

it('the recorder in the app thread changes windows when it is asked to, without the timer', () => {
  const { engine, going } = strictEngine()
  const { recorder, rotate, windows } = recorderOf(engine)
  recorder.start()
  expect(rotate().json).toBe('profile 1')
  expect(rotate().json).toBe('profile 2')
  expect(windows).toEqual([])
  expect(going.size).toBe(1)
})

it('the recorder in the app thread ends everything when it is stopped, and can be started again', () => {
  const { engine, going, started } = strictEngine()
  const { recorder, rotate, windows } = recorderOf(engine)
  recorder.start()
  recorder.start()
  expect(started()).toBe(1)
  recorder.stop()
  recorder.stop()
  expect(going.size).toBe(0)
  vi.advanceTimersByTime(5000)
  expect(windows).toEqual([])
  expect(rotate).toThrow('nothing is being recorded')
  recorder.start()
  vi.advanceTimersByTime(1000)
  expect(windows.length).toBe(1)
})

it('the recorder in the app thread goes on with the window that it has when the next cannot begin', () => {
  const { engine, going, breakDown } = strictEngine()
  const { recorder, windows, errors } = recorderOf(engine)
  recorder.start()
  breakDown(true)
  vi.advanceTimersByTime(1000)
  expect(errors).toEqual(['change the window of the flight recorder: too many profiles'])
  expect(going.size).toBe(1)
  breakDown(false)
  vi.advanceTimersByTime(1000)
  expect(windows.map(({ json }) => json)).toEqual(['profile 1'])
})

it('the recorder in the app thread says why it is off', () => {
  const { engine, started, breakDown } = strictEngine()
  expect(recorderOf(engine, { enabled: false }).recorder.start().reason).toBe('recorder.enabled is false')
  expect(recorderOf(null).recorder.start().reason).toBe('no engine works in this process')
  expect(started()).toBe(0)
  breakDown(true)
  const { recorder, errors } = recorderOf(engine)
  expect(recorder.start()).toEqual({ engine: null, reason: 'too many profiles' })
  expect(errors).toEqual(['start the flight recorder: too many profiles'])
  recorder.stop()
})

it('the recorder in the app thread ends when the process does: a profile that goes on while it is torn down takes it down with a signal', () => {
  const { engine, going } = strictEngine()
  const { recorder } = recorderOf(engine)
  recorder.start()
  expect(going.size).toBe(1)
  process.listeners('exit')[0]?.call(process, 0)
  expect(going.size).toBe(0)
  recorder.stop()
})

it('the recorder in the app thread hands out a window again that ended late, since nobody may have waited for it', () => {
  const { engine } = strictEngine()
  const { recorder, rotate, windows } = recorderOf(engine, { window: 0 })
  recorder.start()
  expect(rotate().earlier).toBeUndefined()
  expect(rotate()).toMatchObject({ json: 'profile 2', earlier: { json: 'profile 1' } })
  expect(windows).toEqual([])
})
