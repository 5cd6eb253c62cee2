import { messageOf } from '../../lib/errors.js'
import type { AppLink } from '../../link/app-link.js'

/** A worker thread of the app that called `registerWorker()`, and the link to its inspector. */
export interface WorkerSession {
  threadId: number
  name: string
  /** Sends one command. Never one that runs JavaScript: see `decisions/143`. */
  post(method: string, params?: object): Promise<unknown>
  /** Resolves when the thread has ended. */
  ended: Promise<void>
}

interface Attached {
  sessionId: string
  /** `title` is `[worker 3] name`. */
  workerInfo: { title: string }
}

/**
 * Attaches to the worker threads of the app through the main thread, and returns those in `names`. It works while these
 * threads, or the main one, are in a loop. The link should serve nothing else: a second user of the inspector's domain
 * `NodeWorker` would switch it off. Closing it detaches.
 *
 * @throws Error if the app runs in a worker thread itself: from there, the inspector does not reach others
 */
export async function openWorkerSessions(link: AppLink, names: ReadonlyMap<number, string>): Promise<WorkerSession[]> {
  const sessions = new Map<string, ReturnType<typeof createSession>>()
  link.on('NodeWorker.attachedToWorker', ({ sessionId, workerInfo }: Attached) => {
    const threadId = Number(/^\[worker (\d+)\]/.exec(workerInfo.title)?.[1])
    const name = names.get(threadId)
    if (name !== undefined) sessions.set(sessionId, createSession(link, sessionId, { threadId, name }))
  })
  link.on('NodeWorker.receivedMessageFromWorker', ({ sessionId, message }: { sessionId: string; message: string }) => {
    sessions.get(sessionId)?.receive(message)
  })
  link.on('NodeWorker.detachedFromWorker', ({ sessionId }: { sessionId: string }) => sessions.get(sessionId)?.end())
  try {
    await link.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  } catch (error) {
    throw new Error(`worker threads cannot be reached from here: ${messageOf(error)}`)
  }
  // The workers were announced before the reply to `enable`.
  return [...sessions.values()].map(({ session }) => session).sort((a, b) => a.threadId - b.threadId)
}

/** Commands for one worker thread, as messages in the main thread's session. */
function createSession(link: AppLink, sessionId: string, who: { threadId: number; name: string }) {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let isOver = false
  let tellOver = () => {}
  const ended = new Promise<void>(resolve => {
    tellOver = resolve
  })

  const post = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve, reject) => {
      if (isOver) return reject(new Error('the worker thread has ended'))
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      const message = JSON.stringify({ id, method, params })
      link.post('NodeWorker.sendMessageToWorker', { sessionId, message }).catch(error => {
        waiting.delete(id)
        reject(error)
      })
    })

  return {
    session: { ...who, post, ended } satisfies WorkerSession,
    receive(message: string) {
      const { id, result, error } = JSON.parse(message) as {
        id?: number
        result?: unknown
        error?: { message: string }
      }
      const call = id === undefined ? undefined : waiting.get(id)
      if (!call) return
      waiting.delete(id as number)
      if (error) call.reject(new Error(error.message))
      else call.resolve(result)
    },
    end() {
      isOver = true
      tellOver()
      for (const { reject } of waiting.values()) reject(new Error('the worker thread has ended'))
      waiting.clear()
    },
  }
}
