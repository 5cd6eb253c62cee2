import { performance } from 'node:perf_hooks'
import { clearTimeout, setTimeout } from 'node:timers'
import { longestStart } from '../link/start.js'

/** Milliseconds between two looks, and by how much the event loop may be late for one while the app is at rest. */
const turn = 10

const onTime = 5

/** So many looks in a row have to be on time. */
const enough = 2

/**
 * Milliseconds for which an app that is busy from its beginning is waited for. With a quota of less than a core it takes
 * longer to load, and shares less with us.
 *
 * @param cores that the process may use, 1 at most
 */
export const restlessFor = (cores: number): number => Math.min(longestStart, leastPatience / cores)

/** With all of a core. */
const leastPatience = 3000

export interface Rest {
  /** Resolves when the app has come to rest, or after the time to wait, as soon as its event loop turns. */
  come: Promise<void>
  /** It does so at once. */
  hurry(): void
}

/**
 * Waits until the app has started: it loads its modules and begins to listen without sharing the CPU with us. Nothing here
 * keeps the process alive.
 *
 * @param most milliseconds to wait, see `restlessFor`: asked for when so many have passed that it matters
 */
export function untilAtRest(most: () => number, now: () => number = () => performance.now()): Rest {
  const began = now()
  let timer: NodeJS.Timeout | undefined
  let punctual = 0
  let resolve = () => {}
  const come = new Promise<void>(done => {
    resolve = done
  })
  const look = () => {
    const due = now() + turn
    timer = setTimeout(() => {
      const at = now()
      punctual = at - due <= onTime ? punctual + 1 : 0
      if (punctual >= enough || (at - began >= leastPatience && at - began >= most())) resolve()
      else look()
    }, turn)
    timer.unref()
  }
  look()
  return {
    come,
    hurry() {
      clearTimeout(timer)
      resolve()
    },
  }
}
