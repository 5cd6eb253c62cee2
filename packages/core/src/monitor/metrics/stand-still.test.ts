import { expect, it } from 'vitest'
import { appThread, createStopFinder, type Look, monitorThread } from './stand-still.js'

/** A witness that has looked at 1000 ms, when the process had used 500 ms of CPU, and looks again. */
function lookAgain(look: Partial<Look> & { now: number }, before: Partial<Look> = {}) {
  const find = createStopFinder(monitorThread)
  find({ now: 1000, cpuTime: 500, waited: 40, appLate: 0, ...before })
  return find({ cpuTime: 510, waited: 42, appLate: look.now - 1000, ...look })
}

it('a look that comes when it should finds no stop', () => {
  const find = createStopFinder(monitorThread)
  for (let now = 0; now < 2000; now += 130) expect(find({ now, cpuTime: now / 50, waited: 0, appLate: 30 })).toBeNull()
})

it('both threads late by the same time and no CPU used: the process stood still, from half a second on', () => {
  expect(lookAgain({ now: 1500 })).toEqual({ from: 1100, to: 1500 })
  expect(lookAgain({ now: 4100 })).toEqual({ from: 1100, to: 4100 })
})

it('an app that was busy until the stop stood still nevertheless', () => {
  expect(lookAgain({ now: 1500, cpuTime: 600 })).toEqual({ from: 1100, to: 1500 })
})

it('threads that used the CPU, or waited for one, did not stand still', () => {
  expect(lookAgain({ now: 4100, cpuTime: 3000 })).toBeNull()
  expect(lookAgain({ now: 4100, waited: 2800 })).toBeNull()
  expect(lookAgain({ now: 4100, cpuTime: null })).toBeNull()
})

it('a witness that was late alone saw no stop of the process', () => {
  expect(lookAgain({ now: 4100, appLate: 120 })).toBeNull()
})

it('a witness without a heartbeat to compare goes by the rest', () => {
  expect(lookAgain({ now: 4100, appLate: null, waited: null }, { waited: null })).toEqual({ from: 1100, to: 4100 })
})

it('the app thread as its own witness knows only long stops without any use of the CPU', () => {
  const find = createStopFinder(appThread(1000))
  find({ now: 0, cpuTime: 0 })
  expect(find({ now: 4000, cpuTime: 1 })).toBeNull()
  expect(find({ now: 11_000, cpuTime: 2 })).toEqual({ from: 5000, to: 11_000 })
  expect(find({ now: 21_000, cpuTime: 300 })).toBeNull()
})
