import { besideTheirs } from './beside-theirs.js'

type Listener<E extends 'exit' | 'uncaughtExceptionMonitor'> = E extends 'exit'
  ? NodeJS.ExitListener
  : NodeJS.UncaughtExceptionListener

/**
 * One listener of the process for all monitors in it, since Node warns of more than ten. The event calls the added
 * functions in their order, and anything that one of them throws ends with it.
 */
function shared<E extends 'exit' | 'uncaughtExceptionMonitor'>(event: E, place: 'first' | 'in turn') {
  const listeners = new Set<Listener<E>>()
  const hear = (...args: unknown[]) => {
    for (const listener of [...listeners]) {
      try {
        ;(listener as (...args: unknown[]) => void)(...args)
      } catch {
        // The process is about to exit, and has to end as it would have without us.
      }
    }
  }
  /** Returns a function that removes it again. */
  return (listener: Listener<E>): (() => void) => {
    if (listeners.size === 0) {
      if (place === 'first') process.prependListener(event as 'exit', hear)
      else process.on(event as 'exit', hear)
    }
    listeners.add(listener)
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) process.off(event, hear)
    }
  }
}

/**
 * Before the listeners of the app, because one of them may end the process with `process.exit()` before others had
 * their turn: for work that must stop before the process is torn down.
 */
export const beforeExit = shared('exit', 'first')

/** When its turn comes, with the exit code at that moment. */
export const atExit = shared('exit', 'in turn')

export const atUncaughtException = shared('uncaughtExceptionMonitor', 'in turn')

/** The reason of each rejection that the app's own listener handles: while there is one, Node tells nobody else. */
export const atHandledRejection = besideTheirs<unknown>('unhandledRejection')

/** The first request to end that the app's own listener handles. Without one the process dies of it, as without us. */
export const atHandledSigterm = besideTheirs<unknown>('SIGTERM', { once: true })

/** The same for the signal of Ctrl-C, by which PM2 ends its apps too. */
export const atHandledSigint = besideTheirs<unknown>('SIGINT', { once: true })
