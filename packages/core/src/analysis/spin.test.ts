import { describe, expect, it } from 'vitest'
import type { AsyncWaitEvidence, WaitGroup } from '../model/async-wait.js'
import type { Sample } from '../model/sample.js'
import { profileOf, type Slice } from '../testing/profile-of.js'
import { analyseCpu } from './cpu.js'
import { asItIs } from './places.js'
import { countedSpinner, findSpin, looksLikeSpin, saySpin, surerSpinner, utilizationIn } from './spin.js'

const analyse = (...slices: Slice[]) => analyseCpu(profileOf(...slices), '/app')

const immediate = 'processImmediate node:internal/timers:438'
const poll = 'pollUntilReady /app/src/config.js:4'

const spin = analyse(
  [560, '(idle)'],
  [240, '(program)'],
  [20, immediate],
  [60, immediate, poll],
  [20, immediate, poll, 'setImmediate node:timers:282'],
  [100, 'parserOnHeadersComplete node:_http_common:76', 'handler /app/src/server.js:1'],
)

describe('an event loop that turns without a wait', () => {
  it('is named by the function that comes back, however small its share', () => {
    expect(saySpin(spin, 1)).toBe(
      'the event loop turned without ever waiting: pollUntilReady (src/config.js:4) came back by setImmediate all the time',
    )
    expect(findSpin(spin, 1)).toMatchObject([
      { kind: 'spin', data: { name: 'pollUntilReady', line: 4, by: 'setImmediate' } },
    ])
  })

  it('is named after an await too, and for timers', () => {
    const awaited = analyse([600, '(idle)'], [300, '(program)'], [20, immediate], [80, 'waitFor /app/src/wait.js:9'])
    expect(saySpin(awaited, 0.99)).toContain('waitFor (src/wait.js:9) came back by setImmediate')
    const timers = analyse(
      [600, '(idle)'],
      [400, 'processTimers node:internal/timers:504', 'listOnTimeout node:internal/timers:524', poll],
    )
    expect(saySpin(timers, 0.99)).toContain('pollUntilReady (src/config.js:4) came back by a timer')
  })

  it('is named by what an immediate called, before all that goes on after an await or by a timer', () => {
    const serve = 'ordinaryWork /app/src/server.js:49'
    const idle: Slice[] = [
      [560, '(idle)'],
      [240, '(program)'],
    ]
    const timers = ['processTimers node:internal/timers:504', 'listOnTimeout node:internal/timers:524']
    const served: Slice[] = [
      [60, serve],
      [40, ...timers, serve],
      [40, ...timers, 'runNextTicks node:internal/process/task_queues:58', 'runMicrotasks', serve],
    ]
    const both = analyse(...idle, ...served, [20, immediate, poll])
    expect(both.spinner).toMatchObject({ function: { name: 'pollUntilReady' }, by: 'setImmediate', isSure: true })
    expect(analyse(...idle, [20, immediate], ...served).spinner).toMatchObject({ by: 'setImmediate', isSure: false })
    // A promise that goes on after a timer is no timer that comes back.
    expect(analyse(...idle, served[2] as Slice).spinner).toBeNull()
    const awaited = analyse(...idle, [20, immediate, 'runNextTicks node:a:1', 'runMicrotasks', poll])
    expect(awaited.spinner).toMatchObject({ by: 'setImmediate', isSure: false })
  })

  it('is named by the seconds before where no immediate called anything since', () => {
    const sure = spin.spinner
    const unsure = analyse([20, immediate], [80, 'waitFor /app/src/wait.js:9']).spinner
    expect(surerSpinner(null, sure)).toBe(sure)
    expect(surerSpinner(unsure, sure)).toBe(sure)
    expect(surerSpinner(sure, unsure)).toBe(sure)
    expect(surerSpinner(unsure, null)).toBe(unsure)
    expect(surerSpinner(null, unsure)).toBeNull()
  })

  it('is none where the event loop waited, computed, or nothing came back', () => {
    expect(saySpin(spin, 0.5)).toBeNull()
    expect(saySpin(spin, null)).toBeNull()
    expect(saySpin(analyse([100, '(idle)'], [900, immediate, poll]), 1)).toBeNull()
    expect(saySpin(analyse([600, '(idle)'], [400, 'onread node:net:5', poll]), 1)).toBeNull()
    expect(findSpin(spin, 0.5)).toEqual([])
  })

  it('is judged by the samples of the capture, else by the last one', () => {
    const sample = (at: number, eventLoopUtilization: number | null): Sample => ({
      at,
      values: { eventLoopUtilization },
    })
    expect(utilizationIn([sample(1, 10), sample(3, 100), sample(4, 98), sample(5, null)], 2)).toBeCloseTo(0.99)
    expect(utilizationIn([sample(1, 10), sample(2, 97)], 2)).toBeCloseTo(0.97)
    expect(utilizationIn([], 2)).toBeNull()
  })
})

describe('the function that asks to be called back, counted', () => {
  const waits = (...groups: Partial<WaitGroup>[]) =>
    ({
      watchedMs: 500,
      groups: groups.map(group => ({
        type: 'Immediate',
        detail: '',
        frames: [],
        count: 1,
        ms: 1,
        pending: 0,
        ...group,
      })),
    }) as unknown as AsyncWaitEvidence
  const poll: WaitGroup['frames'] = [['pollUntilReady', '/app/src/config.js', 4, 3, 'sync']]
  const serve: WaitGroup['frames'] = [['serve', '/app/src/server.js', 9, 3, 'sync']]
  const counted = (...groups: Partial<WaitGroup>[]) => countedSpinner(waits(...groups), '/app', asItIs)

  it('keeps the event loop turning if it comes back hundreds of times a second', () => {
    const spinner = counted({ frames: serve, count: 30 }, { frames: poll, count: 20_000 })
    expect(spinner).toMatchObject({ function: { name: 'pollUntilReady', line: 4 }, by: 'setImmediate', rate: 40_000 })
    expect(saySpin({ ...spin, spinner }, 1)).toBe(
      'the event loop turned without ever waiting: pollUntilReady (src/config.js:4) came back by setImmediate 40,000 times a second',
    )
    expect(counted({ type: 'Timeout', frames: poll, count: 400 })).toMatchObject({ by: 'a timer', rate: 800 })
  })

  it('keeps nothing turning if it seldom comes back, is of a package, or waits for something else', () => {
    expect(counted({ frames: poll, count: 200 })).toBeNull()
    expect(counted({ frames: [['tick', '/app/node_modules/a/index.js', 1, 1, 'sync']], count: 20_000 })).toBeNull()
    expect(counted({ type: 'FSREQCALLBACK', frames: poll, count: 20_000 })).toBeNull()
    expect(counted()).toBeNull()
  })
})

it('a profile looks like a spin by its idle time and native code in a loop that never waits', () => {
  const spinning = profileOf([560, '(idle)'], [240, '(program)'], [200, poll])
  expect(looksLikeSpin(spinning, 1)).toBe(true)
  expect(looksLikeSpin(spinning, 0.5)).toBe(false)
  expect(looksLikeSpin(spinning, null)).toBe(false)
  expect(looksLikeSpin(profileOf([100, '(idle)'], [900, poll]), 1)).toBe(false)
})
