import { Worker } from 'node:worker_threads'
import { NoAddressSpace, needAddressSpace } from '../lib/address-space.js'
import { quietWorker } from '../lib/quiet-worker.js'
import { isRefusal } from '../lib/runtime/permission.js'
import type { Block } from '../link/block.js'
import type { ThreadData, ToThread } from '../link/messages.js'

/** Milliseconds that the exit of the process may wait for the monitor thread to detach. It takes 1 to 7. */
const detachPatience = 500

/** Starts the monitor thread; throws where Node refuses a thread, or where V8 would end the process over one. */
export function startWorker(file: string | URL, workerData: ThreadData): Worker {
  needAddressSpace()
  return new Worker(file, { ...quietWorker(), name: 'autodump', workerData })
}

/** Whether another try to start it would end like this one. */
export const isHopeless = (why: unknown): boolean => isRefusal(why) || why instanceof NoAddressSpace

/** Makes the monitor thread detach from the app thread, because the process exits. Waits until it has, for a bounded time. */
export function detachWorker(worker: Worker, block: Block): void {
  if (block.load('attached') === 0) return
  worker.postMessage({ exiting: true } satisfies ToThread)
  // The detaching runs JavaScript on this thread, so it spins instead of sleeping.
  const patience = performance.now() + detachPatience
  while (block.load('attached') > 0 && performance.now() < patience);
}

/** Ends a thread that no longer works. `onHang` is called when it does not end within `patience` milliseconds. */
export function endWorker(worker: Worker, patience: number, onHang: () => void): void {
  const hangs = setTimeout(onHang, patience)
  hangs.unref()
  worker.once('exit', () => clearTimeout(hangs))
  void worker.terminate()
}
