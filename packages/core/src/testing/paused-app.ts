// An app that a reader of variables has paused, and a monitor thread or reader that ends meanwhile:
// `node paused-app.js <ending>`. The app writes one line of JSON when it goes on.

import { writeSync } from 'node:fs'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { type ReaderData, readerSource } from '../monitor/frames/reader-source.js'

/** The thing that ends while the app is paused. `patience`: nothing does, but the reader does not wait for ever. */
export type Ending = 'monitor exits' | 'monitor throws' | 'reader exits' | 'patience'

export interface PausedApp {
  /** Turns of the app's loop when the pause was heard of, and at the end. */
  paused: number
  end: number
  /** The loop made no turn while the app was paused. */
  stoodStill: boolean
}

/** The pause does not end: its last command is left out. */
const holding = readerSource.replace("post('Debugger.resume').then(", 'new Promise(() => {}).then(')

const [turns, heard, moved] = [0, 1, 2]

interface Shared {
  counts: Int32Array
  ending: Ending
}

function app(ending: Ending): void {
  const counts = new Int32Array(new SharedArrayBuffer(12))
  const monitor = new Worker(new URL(import.meta.url), { workerData: { counts, ending } satisfies Shared })
  monitor.on('error', () => {})
  const until = Date.now() + 40_000
  function turn(): void {
    // A block, in which the pause falls, and a free moment, in which the end of the thread is seen.
    const next = Date.now() + 50
    while (Date.now() < next) Atomics.add(counts, turns, 1)
    const paused = Atomics.load(counts, heard)
    const end = Atomics.load(counts, turns)
    if ((paused > 0 && end > paused + 1000) || Date.now() > until) {
      writeSync(
        1,
        `${JSON.stringify({ paused, end, stoodStill: Atomics.load(counts, moved) === 0 } satisfies PausedApp)}\n`,
      )
      void monitor.terminate()
    } else setTimeout(turn, 1)
  }
  setTimeout(turn, 1)
}

function monitorThread({ counts, ending }: Shared): void {
  const alive = setInterval(() => {}, 1e6)
  // Tells of the pause, and ends when it is told to.
  const code = holding.replace('const wanted = listener', 'port.postMessage({ paused: true }); const wanted = listener')
  const told = `${code}; port.on('message', message => message === 'exit' && process.exit())`
  const reader = new Worker(told, {
    eval: true,
    workerData: {
      clock: '({ now: performance.now(), heartbeat: 0 })',
      describe: 'function () { return "[]" }',
      most: 5,
      own: null,
      patience: ending === 'patience' ? 300 : 1e6,
    } satisfies ReaderData,
  })
  reader.on('error', () => {})
  reader.on('message', message => {
    if ('attachMs' in message) reader.postMessage('read')
    if (!('paused' in message)) return
    const before = Atomics.load(counts, turns)
    // Later than the commands of the pause have been looked at.
    setTimeout(() => {
      Atomics.store(counts, moved, Atomics.load(counts, turns) - before)
      Atomics.store(counts, heard, Math.max(1, Atomics.load(counts, turns)))
      if (ending === 'monitor exits') process.exit()
      if (ending === 'monitor throws') throw new Error('the monitor thread dies')
      if (ending === 'reader exits') reader.postMessage('exit')
    }, 100)
  })
  reader.on('exit', () => clearInterval(alive))
}

if (isMainThread) app(process.argv[2] as Ending)
else monitorThread(workerData as Shared)
