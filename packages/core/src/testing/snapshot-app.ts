// An app of which a heap snapshot is taken by its monitor thread: `node snapshot-app.js <state>`. The monitor thread writes
// what came as one line of JSON.

import { createHook } from 'node:async_hooks'
import { writeSync } from 'node:fs'
import { isMainThread, parentPort, threadId, Worker, workerData } from 'node:worker_threads'
import { createDirectSnapshots } from '../app/mid-block/direct-snapshot.js'
import { registerHooks } from '../link/hooks.js'
import { openThreadLink } from '../link/thread-link.js'
import { streamSnapshot } from '../monitor/captures/snapshot-stream.js'
import { hooksWith } from './hooks.js'

/** What the app has on or does. `full ring`: nobody reads before the snapshot is whole. */
export type SnapshotAppState = 'nothing' | 'before' | 'destroy' | 'promiseResolve' | 'full ring'

export interface SnapshotApp {
  engine: string
  /** Nodes by the head of the snapshot, and those that are there. */
  nodes: [said: number, found: number]
  /** The text that stands in the heap alone came with it, and the number. */
  hasText: boolean
  hasNumber: boolean
  bytes: number
  /** Resources that the app heard of. */
  seen: string[]
}

const monitorId = 9
const state = (isMainThread ? process.argv[2] : workerData.state) as SnapshotAppState

async function app(): Promise<void> {
  const kept = Array.from({ length: state === 'full ring' ? 80_000 : 10 }, (_, at) => ({
    text: `kept-${at}`,
    at: at / 7,
  }))
  const seen: string[] = []
  const note = (what: string) => void seen.push(what)
  if (state === 'before' || state === 'destroy' || state === 'promiseResolve')
    createHook({ init: (_, type) => void (type === 'HEAPSNAPSHOT' && note(type)), [state]() {} }).enable()
  const snapshots = createDirectSnapshots()
  registerHooks(monitorId, hooksWith(snapshots.hooks))
  const monitor = new Worker(new URL(import.meta.url), { workerData: { state } })
  const turns = setInterval(() => snapshots.turn(), 5)
  monitor.on('message', (told: Omit<SnapshotApp, 'seen'>) => {
    clearInterval(turns)
    writeSync(1, `${JSON.stringify({ ...told, seen } satisfies SnapshotApp)}\n`)
    process.exit(kept.length > 0 ? 0 : 1)
  })
}

async function monitorThread(): Promise<void> {
  const alive = setInterval(() => {}, 1e6)
  const link = await openThreadLink({ monitorId, onAttach() {}, onDetach() {} })
  const { chunks, taken, engine } = streamSnapshot(link)
  if (state === 'full ring') await taken
  const pieces: Uint8Array[] = []
  for await (const chunk of chunks) pieces.push(chunk)
  const text = Buffer.concat(pieces).toString()
  const { snapshot, nodes, strings } = JSON.parse(text)
  parentPort?.postMessage({
    engine: engine(),
    nodes: [snapshot.node_count, nodes.length / snapshot.meta.node_fields.length],
    hasText: strings.includes('kept-7'),
    hasNumber: strings.some((one: string) => one.startsWith('0.714285714')),
    bytes: text.length,
  } satisfies Omit<SnapshotApp, 'seen'>)
  link.close()
  clearInterval(alive)
}

await (isMainThread && threadId === 0 ? app() : monitorThread())
