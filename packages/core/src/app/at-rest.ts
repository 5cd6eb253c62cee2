import { performance } from 'node:perf_hooks'
import { clearTimeout, setTimeout } from 'node:timers'

/** Milliseconds between two looks, and by how much the event loop may be late for one while the app is at rest. */
const turn = 10

const onTime = 5

/** So many looks in a row have to be on time. */
const enough = 2

/** An app that is busy from its beginning is not waited for longer than this, in milliseconds. */
export const restlessFor = 3000

export interface Rest {
  /** Resolves when the app has come to rest, or after three seconds, as soon as its event loop turns. */
  come: Promise<void>
  /** It does so at once. */
  hurry(): void
}

/**
 * Waits until the app has started: it loads its modules and begins to listen without sharing the CPU with us. Nothing here
 * keeps the process alive.
 */
export function untilAtRest(now: () => number = () => performance.now()): Rest {
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
      if (punctual >= enough || at - began >= restlessFor) resolve()
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
