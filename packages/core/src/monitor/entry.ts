// The monitor thread. supervisor.ts starts it; engine.ts does all of its work. This file is all that a thread loads that
// sleeps while the app starts: they may share one core, or a tenth of one.

import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadData, ToThread } from '../link/messages.js'

if (!parentPort) throw new Error('this file is the entry of a worker thread')

const port = parentPort

const data = workerData as ThreadData

const early: ToThread[] = []

let hear = (message: ToThread): void => {
  early.push(message)
  wake()
}

let wake = () => {}

// An inspector session does not keep a thread alive, but a port does: so the port gets its listener before any await.
port.on('message', (message: ToThread) => hear(message))

if (data.dormantFor > 0) {
  await new Promise<void>(resolve => {
    wake = resolve
    setTimeout(resolve, data.dormantFor)
  })
}

const { runThread } = await import('./thread.js')

const { handle } = await runThread(port, data)

hear = handle

for (const message of early) handle(message)
