/** Events for which Node does something else as soon as anybody listens. */
type Event = 'unhandledRejection' | 'SIGTERM'

/**
 * Hears an event beside the listeners of the app, and only as long as there is one of theirs: alone ours would keep Node
 * from ending the process. It comes first, because theirs may end the process. Where theirs are as many as Node allows
 * before it warns, ours stays away.
 *
 * @param aside whether ours is away while theirs are called. `signal-exit`, for one, lets a signal end the process if it
 *   finds no other listener.
 */
export function besideTheirs<Arg>(event: Event, { aside = false } = {}) {
  const emitter = process as NodeJS.EventEmitter
  const hearing = new Set<(arg: Arg) => void>()
  let isAway = false

  const theirs = () => emitter.listeners(event).filter(one => one !== hear).length

  function settle(count: number): void {
    if (isAway || hearing.size === 0) return
    const most = process.getMaxListeners()
    const mayStay = count > 0 && (most === 0 || count < most)
    const isThere = emitter.listeners(event).includes(hear)
    if (mayStay && !isThere) emitter.prependListener(event, hear)
    else if (!mayStay && isThere) emitter.off(event, hear)
  }

  /** When all of them were called. */
  function settleSoon(): void {
    process.nextTick(() => {
      isAway = false
      settle(theirs())
    })
  }

  function hear(arg: Arg): void {
    if (aside) {
      isAway = true
      emitter.off(event, hear)
      settleSoon()
    }
    for (const listener of [...hearing]) {
      try {
        listener(arg)
      } catch {
        // The process may be about to exit, and has to end as it would have without us.
      }
    }
  }

  /** Node emits it before the listener is added. */
  function onAdded(added: string | symbol, listener: unknown): void {
    if (added === event && listener !== hear) settle(theirs() + 1)
  }

  /** Node emits it after the listener was removed, perhaps in the midst of a walk over all of them: adding would upset it. */
  function onRemoved(removed: string | symbol, listener: unknown): void {
    if (removed !== event || listener === hear) return
    if (theirs() === 0) emitter.off(event, hear)
    else settleSoon()
  }

  /** Returns a function that removes it again. */
  return (listener: (arg: Arg) => void): (() => void) => {
    hearing.add(listener)
    if (hearing.size === 1) {
      process.on('newListener', onAdded)
      process.on('removeListener', onRemoved)
      settle(theirs())
    }
    return () => {
      if (!hearing.delete(listener) || hearing.size > 0) return
      process.off('newListener', onAdded)
      process.off('removeListener', onRemoved)
      emitter.off(event, hear)
    }
  }
}
