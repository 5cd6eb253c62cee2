// The monitor thread. Started by supervisor.ts; everything that it does is in engine.ts.
import { parentPort, workerData } from 'node:worker_threads'
import type { AppLink } from '../profilers/app-link.js'
import { openThreadLink } from '../profilers/thread-link.js'
import { blockForFiles } from '../store/fs.js'
import { createBlock } from './block.js'
import { type Engine, startEngine } from './engine.js'
import { type EngineData, type FromThread, type ToThread, toWire } from './messages.js'
import { fillStandardDescriptors } from './standard-descriptors.js'

blockForFiles()
fillStandardDescriptors()

if (!parentPort) throw new Error('this file is the entry of a worker thread')
const port = parentPort
const data = workerData as EngineData
const block = createBlock(data.block)
const post = (message: FromThread) => port.postMessage(message)

let engine: Engine | undefined
let early: ToThread[] | undefined = []

// An inspector session does not keep a thread alive and a port does: so the port gets its listener before any await.
port.on('message', (message: ToThread) => {
  if (early) early.push(message)
  else void handle(message)
})

async function handle(message: ToThread): Promise<void> {
  if ('exiting' in message) return engine?.detach()
  const { call, id, args } = message
  try {
    const work = engine?.calls[call] as (...args: unknown[]) => Promise<unknown>
    post({ id, value: await work(...args) })
  } catch (error) {
    post({ id, error: toWire(error) })
  }
  if (call === 'stop') port.close()
}

async function openLink(): Promise<AppLink> {
  const link = await openThreadLink({
    monitorId: data.monitorId,
    onAttach: () => {
      block.add('attached', 1)
      // Counted first, looked second: either the app thread sees us attached or we see it leaving.
      if (block.load('exiting')) {
        block.add('attached', -1)
        throw new Error('the process is exiting')
      }
    },
    onDetach: () => block.add('attached', -1),
  })
  if (block.load('exiting')) link.close()
  return link
}

engine = await startEngine(data, { openLink, emit: post, beforeFiles: fillStandardDescriptors })
post({ ready: true })
const waiting = early
early = undefined
for (const message of waiting) void handle(message)
