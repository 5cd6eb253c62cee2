import { performance } from 'node:perf_hooks'
import { clearTimeout, setTimeout } from 'node:timers'
import { longestStart } from '../link/start.js'

/** By how many milliseconds the event loop may be late for a look while the app is at rest. */
const onTime = 5

/** Milliseconds between two looks, and how many in a row have to be on time. */
const short = { turn: 10, enough: 2 }

/**
 * As many more where the process has less than a core. There the kernel stops threads for most of each 100 ms, one CPU after
 * the other: the event loop may be on time while the thread that reads its next module is stopped.
 */
const long = { turn: 50, enough: 5 }

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

export interface RestClock {
  now(): number
  /** Keeps no process alive. Returns a function that calls it off. */
  after(ms: number, work: () => void): () => void
}

const realClock: RestClock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/**
 * Waits until the app has started: it loads its modules and begins to listen without sharing the CPU with us. Nothing here
 * keeps the process alive.
 *
 * @param cores that the process may use, 1 at most: asked for when it matters
 */
export function untilAtRest(cores: () => number, { now, after }: RestClock = realClock): Rest {
  const began = now()
  let punctual = 0
  let forget = () => {}
  let resolve = () => {}
  const come = new Promise<void>(done => {
    resolve = done
  })

  const isAtRest = () => punctual >= short.enough && (punctual >= short.enough + long.enough || cores() >= 1)

  const isPatienceOver = (passed: number) => passed >= leastPatience && passed >= restlessFor(cores())

  const look = () => {
    const turn = punctual < short.enough ? short.turn : long.turn
    const due = now() + turn
    forget = after(turn, () => {
      const at = now()
      punctual = at - due <= onTime ? punctual + 1 : 0
      if (isAtRest() || isPatienceOver(at - began)) resolve()
      else look()
    })
  }
  look()
  return {
    come,
    hurry() {
      forget()
      resolve()
    },
  }
}
