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

/**
 * The reason of each rejection that the app's own listener handles: while there is one, Node tells nobody else. Our
 * listener stays beside theirs only as long as there is one of theirs, because alone it would keep Node from ending the
 * process. It comes first, because theirs may end the process.
 */
export function atHandledRejection(listener: (reason: unknown) => void): () => void {
  hearing.add(listener)
  if (hearing.size === 1) {
    process.on('newListener', onAdded)
    process.on('removeListener', onRemoved)
    if (process.listenerCount(rejection) > 0) process.prependListener(rejection, hear)
  }
  return () => {
    if (!hearing.delete(listener) || hearing.size > 0) return
    process.off('newListener', onAdded)
    process.off('removeListener', onRemoved)
    process.off(rejection, hear)
  }
}

const rejection = 'unhandledRejection'

const hearing = new Set<(reason: unknown) => void>()

function hear(reason: unknown): void {
  for (const listener of [...hearing]) {
    try {
      listener(reason)
    } catch {
      // As above.
    }
  }
}

/** Node emits it before the listener is added. */
function onAdded(event: string | symbol, listener: unknown): void {
  if (event !== rejection || listener === hear || process.listeners(rejection).includes(hear)) return
  process.prependListener(rejection, hear)
}

/** Node emits it after the listener was removed. */
function onRemoved(event: string | symbol, listener: unknown): void {
  if (event !== rejection || listener === hear) return
  if (process.listeners(rejection).every(one => one === hear)) process.off(rejection, hear)
}
