import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { needAddressSpace } from '../../lib/address-space.js'
import { ownDirectory } from '../../lib/installed-package.js'
import { orLate } from '../../lib/patience.js'
import { quietWorker } from '../../lib/quiet-worker.js'
import { hookExpression } from '../../link/hooks.js'
import { type ReaderData, readerSource } from './reader-source.js'

/** One pause of the app thread. */
export interface RawRead {
  frames: RawFrame[]
  /** Milliseconds for which the app thread stood still. */
  pauseMs: number
  /** The last heartbeat of the event loop. */
  heartbeat: number
  /** Milliseconds, on the clock of the app thread. */
  at: number
}

export interface RawFrame {
  name: string
  url: string
  /** From 0. */
  begins: RawPlace
  stands: RawPlace
  /** `DescribedVariable[]` as JSON, by scope, the innermost first; `null` where a scope could not be read. */
  variables: (string | null | undefined)[]
}

interface RawPlace {
  lineNumber: number
  columnNumber?: number
}

export interface FrameReader {
  /** Milliseconds for which attaching held up the app thread. */
  attachMs: number
  /**
   * Pauses the app thread, reads, and lets it continue. It waits for a native call to end.
   *
   * @param step whether the thread makes one step first, which shows the variables of a loop; in a regular expression that
   * is a long one
   */
  read(step: boolean): Promise<RawRead>
  /** Detaches. Resolves with the milliseconds for which that held up the app thread. */
  end(): Promise<number>
  /** Detaches at once: the process exits. */
  close(): void
}

type Told = { attachMs: number } | { read: RawRead } | { disableMs: number } | { error: string } | { detached: true }

/** Frames that are read at most. */
const maxFrames = 5

/**
 * Attaches a debugger to the app thread, from a thread of its own: this one may be busy at any moment, and a paused app
 * thread would wait for it. If either thread ends, its session ends, and with it the pause.
 */
export async function openFrameReader(options: {
  monitorId: number
  onAttach(): void
  onDetach(): void
  /** See `StuckApp.open`. */
  patience: number
}): Promise<FrameReader> {
  const { monitorId, onAttach, onDetach, patience } = options
  const workerData: ReaderData = {
    clock: hookExpression(monitorId, 'frames.clock', []),
    describe: `function () { return ${hookExpression(monitorId, 'frames.describe', []).slice(0, -1)}this) }`,
    most: maxFrames,
    own: ownDirectory && pathToFileURL(join(ownDirectory, sep)).href,
    patience,
  }
  onAttach()
  let isAttached = true
  const detached = () => {
    if (isAttached) onDetach()
    isAttached = false
  }
  const waiting: { resolve(told: Told): void; reject(error: Error): void }[] = []
  const next = () => new Promise<Told>((resolve, reject) => waiting.push({ resolve, reject }))
  const failAll = (error: Error) => {
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  const worker = startReader(workerData, detached)
  worker.on('message', (told: Told) => {
    if ('detached' in told) return detached()
    const waiter = waiting.shift()
    if ('error' in told) waiter?.reject(new Error(told.error))
    else waiter?.resolve(told)
  })
  worker.on('error', failAll)
  worker.on('exit', () => {
    detached()
    failAll(new Error('the reader of variables has ended'))
  })
  const close = () => {
    worker.postMessage('close')
    failAll(new Error('the reader of variables was closed'))
  }

  const first = (await next().catch(error => {
    close()
    throw error
  })) as { attachMs: number }
  return {
    attachMs: first.attachMs,
    async read(step) {
      worker.postMessage(step ? 'step and read' : 'read')
      return ((await next()) as { read: RawRead }).read
    },
    async end() {
      // A read that still waits has no answer any more.
      failAll(new Error('the reader of variables was closed'))
      const told = next()
      worker.postMessage('end')
      const last = await orLate(
        2 * patience,
        told.catch(() => ({ disableMs: 0 })),
      )
      return typeof last === 'object' && 'disableMs' in last ? last.disableMs : 0
    },
    close,
  }
}

function startReader(workerData: ReaderData, detached: () => void): Worker {
  try {
    needAddressSpace()
    const worker = new Worker(readerSource, { ...quietWorker(), eval: true, name: 'autodump-frames', workerData })
    worker.unref()
    return worker
  } catch (error) {
    detached()
    throw error
  }
}
