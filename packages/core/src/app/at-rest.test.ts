import { describe, expect, it } from 'vitest'
import { restlessFor, untilAtRest } from './at-rest.js'

it('an app with less than a core has longer to load, but no longer than any program may start', () => {
  expect([1, 0.5, 0.2, 0.1, 0.01].map(restlessFor)).toEqual([3000, 6000, 15_000, 30_000, 30_000])
})

/** A clock whose timers come as late as `lateness` says, one after the other, and after that on time. */
function clockOf(lateness: number[]) {
  let time = 0
  let next: (() => void) | undefined
  const clock = {
    now: () => time,
    after(ms: number, work: () => void) {
      next = () => {
        time += ms + (lateness.shift() ?? 0)
        work()
      }
      return () => {
        next = undefined
      }
    },
  }
  return {
    clock,
    /** Lets time pass until nobody waits any more. Returns when that was. */
    run(): number {
      for (let work = next; work; work = next) {
        next = undefined
        work()
      }
      return time
    },
  }
}

function restOf(cores: number, lateness: number[]): number {
  const { clock, run } = clockOf(lateness)
  untilAtRest(() => cores, clock)
  return run()
}

describe('the app is at rest', () => {
  it('with a core when its event loop was on time twice', () => {
    expect(restOf(1, [])).toBe(20)
    expect(restOf(1, [0, 80, 6])).toBe(10 + 90 + 16 + 20)
  })

  it('with less than a core only when it was for longer than the kernel stops a process', () => {
    expect(restOf(0.1, [])).toBe(270)
    // On time while its next module was waited for.
    expect(restOf(0.1, [0, 0, 0, 90])).toBe(20 + 50 + 140 + 270)
  })

  it('when it was busy for long enough', () => {
    const busy = Array.from({ length: 1000 }, () => 90)
    expect(restOf(1, [...busy])).toBe(3000)
    expect(restOf(0.5, [...busy])).toBe(6000)
  })

  it('at once where somebody waits for it', async () => {
    const { clock, run } = clockOf([])
    const rest = untilAtRest(() => 1, clock)
    rest.hurry()
    await rest.come
    expect(run()).toBe(0)
  })
})
