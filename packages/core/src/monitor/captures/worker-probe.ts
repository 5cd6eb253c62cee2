import type { AppLink } from '../../link/app-link.js'

interface Attached {
  sessionId: string
}

/**
 * The number of the app's worker threads that do not answer within `patience` milliseconds, because they are in a long
 * native call. A call that makes the app thread wait for all its workers, as Node's report does, would wait as long.
 *
 * Asks through the inspector, which answers from within a loop too, and usually takes 2 to 50 ms.
 */
export async function silentWorkers(link: AppLink, patience: number): Promise<number> {
  const silent = new Set<string>()
  let allAnswered = () => {}
  const answered = new Promise<void>(resolve => {
    allAnswered = resolve
  })

  const gone = ({ sessionId }: Attached) => {
    silent.delete(sessionId)
    if (silent.size === 0) allAnswered()
  }
  try {
    link.on('NodeWorker.attachedToWorker', ({ sessionId }: Attached) => {
      silent.add(sessionId)
      // Nothing that runs JavaScript: a thread that is terminated meanwhile would live on (`decisions/143`).
      const message = JSON.stringify({ id: 1, method: 'Runtime.getIsolateId' })
      link.post('NodeWorker.sendMessageToWorker', { sessionId, message }).catch(() => gone({ sessionId }))
    })
    link.on('NodeWorker.receivedMessageFromWorker', gone)
    link.on('NodeWorker.detachedFromWorker', gone)
    await link.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  } catch {
    return 0 // Within a worker thread there is no such domain, and some processes have no inspector: it cannot be known then.
  }
  // The workers were announced before the reply to `enable`.
  let timer: NodeJS.Timeout | undefined
  if (silent.size > 0) {
    const late = new Promise<void>(resolve => {
      timer = setTimeout(resolve, patience)
    })
    await Promise.race([answered, late])
    clearTimeout(timer)
  }
  const count = silent.size
  await link.post('NodeWorker.disable')
  return count
}
