// An app with a reader of variables that lets go of it in the middle of a read. The monitor thread writes one line of JSON.

import { writeSync } from 'node:fs'
import { isMainThread, Worker } from 'node:worker_threads'
import { registerHooks } from '../link/hooks.js'
import { openFrameReader } from '../monitor/frames/frame-reader.js'
import { hooksWith } from './hooks.js'

export interface LetGoApp {
  /** The read ended with this error. */
  error: string
  /** Milliseconds that the end of the reader says that it took. */
  endMs: number
}

const monitorId = 9

function app(): void {
  registerHooks(
    monitorId,
    hooksWith({ 'frames.clock': () => ({ now: performance.now(), heartbeat: 0 }), 'frames.describe': () => '[]' }),
  )
  const monitor = new Worker(new URL(import.meta.url))
  // A block, in which the pause falls.
  const timer = setInterval(() => {
    for (const next = Date.now() + 50; Date.now() < next; );
  }, 1)
  monitor.on('exit', () => clearInterval(timer))
}

async function monitorThread(): Promise<void> {
  const alive = setInterval(() => {}, 1e6)
  // A reader that waited for an answer at its end would do so for an hour.
  const reader = await openFrameReader({ monitorId, onAttach() {}, onDetach() {}, patience: 1_800_000 })
  await reader.attach()
  // A pause takes longer than no time.
  const error = await reader.read(false, 0).then(
    () => 'none',
    (error: Error) => error.message,
  )
  const endMs = await reader.end()
  writeSync(1, `${JSON.stringify({ error, endMs } satisfies LetGoApp)}\n`)
  clearInterval(alive)
}

if (isMainThread) app()
else void monitorThread()
