/** Events for which Node does something else as soon as anybody listens. */
type Event = 'unhandledRejection' | 'SIGTERM' | 'SIGINT'

/** On the listeners of all copies of this module: an app may have two versions of autodump. */
const mark = Symbol.for('autodump.beside-theirs')

const isOurs = (listener: unknown) => Object(listener)[mark] === true

/**
 * Hears an event beside the listeners of the app, and only as long as there is one of theirs: alone ours would keep Node
 * from ending the process. It comes first, because theirs may end the process. Where theirs are as many as Node allows
 * before it warns, ours stays away.
 *
 * @param once whether it hears the event once and leaves for good before theirs are called. `signal-exit`, for one, lets a
 *   signal end the process if it finds no other listener, and others look when they have closed what they had.
 */
export function besideTheirs<Arg>(event: Event, { once = false } = {}) {
  const emitter = process as NodeJS.EventEmitter
  const hearing = new Set<(arg: Arg) => void>()
  let isHere = false
  let isSettling = false

  const theirs = () => emitter.listeners(event).filter(one => !isOurs(one)).length

  /** @param more listeners of theirs that are about to be added */
  function settle(more = 0): void {
    // Somebody else may add a listener as soon as ours is added, before it is there.
    if (!isHere || isSettling) return
    isSettling = true
    try {
      const most = process.getMaxListeners()
      const others = emitter.listeners(event).filter(one => one !== hear).length + more
      const mayStay = theirs() + more > 0 && (most === 0 || others < most)
      const isThere = emitter.listeners(event).includes(hear)
      if (mayStay && !isThere) emitter.prependListener(event, hear)
      else if (!mayStay && isThere) emitter.off(event, hear)
    } finally {
      isSettling = false
    }
  }

  function come(): void {
    if (isHere) return
    isHere = true
    process.on('newListener', onAdded)
    process.on('removeListener', onRemoved)
    settle()
  }

  function leave(): void {
    isHere = false
    process.off('newListener', onAdded)
    process.off('removeListener', onRemoved)
    emitter.off(event, hear)
  }

  function hear(arg: Arg): void {
    if (once) leave()
    for (const listener of [...hearing]) {
      try {
        listener(arg)
      } catch {
        // The process may be about to exit, and has to end as it would have without us.
      }
    }
  }

  Object.defineProperty(hear, mark, { value: true })

  /** Node emits it before the listener is added. */
  function onAdded(added: string | symbol, listener: unknown): void {
    if (added === event && !isOurs(listener)) settle(1)
  }

  /** Node emits it after the listener was removed, perhaps in the midst of a walk over all of them: adding would upset it. */
  function onRemoved(removed: string | symbol, listener: unknown): void {
    if (removed !== event || isOurs(listener)) return
    if (theirs() === 0) emitter.off(event, hear)
    else process.nextTick(settle)
  }

  /** Returns a function that removes it again. */
  return (listener: (arg: Arg) => void): (() => void) => {
    hearing.add(listener)
    if (hearing.size === 1) come()
    return () => {
      if (hearing.delete(listener) && hearing.size === 0) leave()
    }
  }
}
