import { expect, it } from 'vitest'
import { createHoldFinder } from './debugger-hold.js'

it('a thread that answers and sleeps while its loop does not turn is held, from its last heartbeat on', () => {
  const holds = createHoldFinder()
  expect(holds.isUndecided(1400, 1000)).toBe(true)
  expect(holds.answered({ at: 1400, heartbeat: 1000, busy: 700 })).toBeNull()
  expect(holds.answered({ at: 1455, heartbeat: 1000, busy: 701 })).toEqual({ from: 1000, to: 1455 })
  expect(holds.answered({ at: 1510, heartbeat: 1000, busy: 702 })).toEqual({ from: 1455, to: 1510 })
  expect(holds.isUndecided(1510, 1000)).toBe(false)
})

it('a thread that answers and uses a CPU, or waits for one, is blocked by its code', () => {
  const holds = createHoldFinder()
  holds.answered({ at: 1400, heartbeat: 1000, busy: 700 })
  expect(holds.answered({ at: 1455, heartbeat: 1000, busy: 750 })).toBeNull()
  expect(holds.isUndecided(1460, 1000)).toBe(false)
  // It reaches a breakpoint after that: the time before was its own.
  expect(holds.answered({ at: 1510, heartbeat: 1000, busy: 751 })).toEqual({ from: 1455, to: 1510 })
})

it('a thread that seems to sleep while it waits for a CPU tells nothing, until it has got one', () => {
  const holds = createHoldFinder()
  holds.answered({ at: 1400, heartbeat: 1000, busy: 700 })
  expect(holds.answered({ at: 1503, heartbeat: 1000, busy: 702, isReady: true })).toBeNull()
  expect(holds.isUndecided(1503, 1000)).toBe(true)
  // The wait is counted now.
  expect(holds.answered({ at: 1560, heartbeat: 1000, busy: 855, isReady: true })).toBeNull()
  expect(holds.isUndecided(1560, 1000)).toBe(false)
})

it('answers that are too near to each other, or of two blocks, prove nothing', () => {
  const holds = createHoldFinder()
  holds.answered({ at: 1400, heartbeat: 1000, busy: 700 })
  expect(holds.answered({ at: 1410, heartbeat: 1000, busy: 700 })).toBeNull()
  expect(holds.answered({ at: 2000, heartbeat: 1600, busy: 701 })).toBeNull()
  expect(holds.isUndecided(2010, 1600)).toBe(true)
})

it('a thread that answers nothing is not taken for a breakpoint for long', () => {
  const holds = createHoldFinder()
  expect(holds.isUndecided(2400, 1000)).toBe(true)
  expect(holds.isUndecided(2500, 1000)).toBe(false)
})

it('where the CPU time is unknown nothing is taken for a breakpoint', () => {
  const holds = createHoldFinder()
  holds.answered({ at: 1400, heartbeat: 1000, busy: null })
  expect(holds.answered({ at: 1455, heartbeat: 1000, busy: null })).toBeNull()
})

it('a thread of which the stack tells that its own code sleeps is blocked, from the first answer on', () => {
  const holds = createHoldFinder()
  holds.isBlock(1000)
  expect(holds.isUndecided(1400, 1000)).toBe(false)
  expect(holds.isUndecided(2400, 2000)).toBe(true)
})
