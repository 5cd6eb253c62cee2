import { Session } from 'node:inspector'
import type { AppLink } from './app-link.js'
import { hookExpression } from './hooks.js'

interface Evaluation {
  result: { type: string; value?: unknown }
  exceptionDetails?: { text: string; exception?: { description?: string } }
}

/** Milliseconds. A thread that ends in the turn in which it detached can abort the whole process (Node 22 to 26). */
const lingering = 100

/**
 * Attaches the monitor thread to the app thread. To be called in a worker thread; the app thread may be in the middle
 * of a synchronous loop.
 *
 * A process that exits with a session attached waits for it and says so on stderr, so the app thread has to know:
 * `onAttach` is called before the session exists and `onDetach` once it is gone.
 *
 * The session does not keep the worker thread alive; only `close()` does, for a moment.
 */
export async function openThreadLink(options: {
  /** Whose hooks `call` runs. */
  monitorId: number
  onAttach(): void
  onDetach(): void
}): Promise<AppLink> {
  const session = new Session()
  options.onAttach()
  try {
    session.connectToMainThread()
  } catch (error) {
    options.onDetach()
    throw error
  }

  let open = true
  const onClosed: (() => void)[] = []
  // Some versions of Node forget the callbacks of a session that was disconnected: reject them here.
  const waiting = new Set<(error: Error) => void>()

  const post = (method: string, params?: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!open) return reject(closed(method))
      waiting.add(reject)
      session.post(method, params, (error: unknown, result?: object) => {
        waiting.delete(reject)
        if (error) reject(protocolError(method, error))
        else resolve(result)
      })
    })

  return {
    post,
    async call(hook, ...args) {
      const { result, exceptionDetails } = (await post('Runtime.evaluate', {
        expression: hookExpression(options.monitorId, hook, args),
        returnByValue: true,
        // A debugger that somebody has attached must stop neither here nor at an exception.
        silent: true,
        disableBreaks: true,
      })) as Evaluation
      if (exceptionDetails) throw new Error(`hook ${hook}: ${firstLine(exceptionDetails)}`)
      if (result.type === 'undefined') throw new Error(`hook ${hook}: the app thread has no hooks of this monitor`)
      return result.value as never
    },
    on(event, listener) {
      session.on(event, (message: { params: unknown }) => listener(message.params as never))
    },
    onClose(listener) {
      if (open) onClosed.push(listener)
      else listener()
    },
    close() {
      if (!open) return
      open = false
      try {
        session.disconnect()
      } finally {
        session.removeAllListeners()
        for (const reject of waiting) reject(closed('the call'))
        waiting.clear()
        for (const listener of onClosed) listener()
        options.onDetach()
        setTimeout(() => {}, lingering)
      }
    },
  }
}

function closed(what: string): Error {
  return new Error(`${what} got no reply: the link to the app thread is closed`)
}

/** Protocol errors come as `Error`s or as plain objects, depending on the version of Node. */
export function protocolError(method: string, error: unknown): Error {
  const { message } = error as { message?: string }
  return new Error(`${method}: ${message ?? String(error)}`)
}

function firstLine({ text, exception }: NonNullable<Evaluation['exceptionDetails']>): string {
  return (exception?.description ?? text).split('\n', 1)[0] as string
}
