import type { MessagePort } from 'node:worker_threads'
import { messageOf } from '../lib/errors.js'
import { blockForFiles } from '../lib/fs.js'
import type { AppLink } from '../link/app-link.js'
import { createBlock } from '../link/block.js'
import type { Engine } from '../link/engine-calls.js'
import { type EngineEvent, type FromThread, type ThreadData, type ToThread, toWire } from '../link/messages.js'
import { openThreadLink } from '../link/thread-link.js'
import { openFrameReader } from './frames/frame-reader.js'
import { collectOwnHeap } from './memory/own-heap.js'
import { fillStandardDescriptors } from './standard-descriptors.js'

/** Milliseconds. */
const endPatience = 200

/** The monitor thread at work. Resolves when the engine runs. */
export async function runThread(port: MessagePort, data: ThreadData): Promise<{ handle(message: ToThread): void }> {
  fillStandardDescriptors()
  const block = createBlock(data.block)

  const post = (message: FromThread) => port.postMessage(message)

  // For `liveness.ts` on the app thread.
  const worked = () => block.add('work', 1)

  blockForFiles(worked)

  function emit(event: EngineEvent): void {
    if (event.event === 'tick') block.add('samples', 1)
    worked()
    post(event)
  }

  let engine: Engine | undefined

  async function handle(message: ToThread): Promise<void> {
    if ('wake' in message) return
    if ('exiting' in message) return engine?.detach()
    const { call, id, args } = message
    try {
      const work = engine?.calls[call] as (...args: unknown[]) => Promise<unknown>
      post({ id, value: await work(...args) })
    } catch (error) {
      post({ id, error: toWire(error) })
    }
    if (call === 'stop') end()
  }

  /** The thread ends by itself when nothing is open any more. Open handles of a sink must not delay a stop. */
  function end(): void {
    port.close()
    setTimeout(() => process.exit(), endPatience).unref()
  }

  const attachment = {
    monitorId: data.monitorId,
    onAttach() {
      block.add('attached', 1)
      // Count first, look second: either the app thread sees us attached or we see it leaving.
      if (block.load('exiting')) {
        block.add('attached', -1)
        throw new Error('the process is exiting')
      }
    },
    onDetach: () => block.add('attached', -1),
  }

  async function openLink(): Promise<AppLink> {
    const link = await openThreadLink(attachment)
    if (block.load('exiting')) link.close()
    return link
  }

  /** Reports an app thread that cannot be reached at all. A busy app thread only takes its time to answer. */
  async function probeLink(): Promise<void> {
    try {
      const link = await openLink()
      try {
        await link.post('Runtime.evaluate', { expression: '1' })
      } finally {
        link.close()
      }
    } catch (error) {
      if (!block.load('exiting')) post({ unlinked: messageOf(error) })
    }
  }

  const { startEngine } = await import('./engine.js')

  engine = await startEngine(data, {
    openLink,
    openFrameReader: patience => openFrameReader({ ...attachment, patience }),
    emit,
    beforeFiles: fillStandardDescriptors,
    tidy: collectOwnHeap,
  })

  post({ ready: true })

  void probeLink()

  return { handle: message => void handle(message) }
}
