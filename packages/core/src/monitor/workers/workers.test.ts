import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { registerWorker } from '../../app/register-worker.js'
import { AutodumpError } from '../../lib/errors.js'
import { workersChannel } from '../../link/workers-channel.js'
import { listenForWorkers } from './known-workers.js'
import { openWorkerSessions } from './worker-sessions.js'

/** A thread that names itself as `registerWorker` does, now and when it is asked. */
async function startWorker(name: string): Promise<Worker> {
  const worker = new Worker(
    `const { BroadcastChannel, parentPort, threadId, workerData } = require('node:worker_threads')
    const channel = new BroadcastChannel('${workersChannel}')
    const tell = () => channel.postMessage({ threadId, name: workerData })
    channel.onmessage = ({ data }) => data.whoIsThere && tell()
    tell()
    parentPort.postMessage('up')`,
    { eval: true, workerData: name },
  )
  onTestFinished(async () => void (await worker.terminate()))
  await once(worker, 'message')
  return worker
}

async function known(...names: string[]) {
  const workers = listenForWorkers()
  onTestFinished(workers.close)
  while (!names.every(name => [...workers.names().values()].includes(name)))
    await new Promise(resolve => setTimeout(resolve, 5))
  return workers.names()
}

describe('registering a worker thread', () => {
  it.each(['', '  ', 'x'.repeat(65), 7])('refuses the name %j', name => {
    expect(() => registerWorker(name as string)).toThrow(AutodumpError)
  })

  it('reaches a monitor that starts later', async () => {
    const { threadId } = await startWorker('early')
    expect((await known('early')).get(threadId)).toBe('early')
  })

  it('is not fooled by other messages', async () => {
    const workers = listenForWorkers()
    onTestFinished(workers.close)
    const other = new BroadcastChannel(workersChannel)
    onTestFinished(() => other.close())
    for (const message of [null, 'x', { threadId: '1', name: 'x' }, { threadId: 1 }]) other.postMessage(message)
    other.postMessage({ threadId: 77, name: 'real' })
    while (workers.names().size === 0) await new Promise(resolve => setTimeout(resolve, 5))
    expect([...workers.names()].filter(([id]) => id === 77 || typeof id !== 'number' || id === 1)).toEqual([
      [77, 'real'],
    ])
  })
})

describe('sessions with worker threads', () => {
  /** The words of the main thread's inspector, as a script. */
  function fakeLink(titles: string[]) {
    const listeners = new Map<string, (params: never) => void>()
    const sent: object[] = []
    const tell = (event: string, params: object) => listeners.get(`NodeWorker.${event}`)?.(params as never)
    return {
      sent,
      tell,
      call: async () => undefined as never,
      on: (event: string, listener: (params: never) => void) => void listeners.set(event, listener),
      close() {},
      async post(method: string, params?: object) {
        if (method === 'NodeWorker.enable') {
          for (const [index, title] of titles.entries())
            tell('attachedToWorker', { sessionId: `s${index}`, workerInfo: { title } })
        } else sent.push(JSON.parse((params as { message: string }).message))
      },
    }
  }
  const names = new Map([
    [3, 'resize'],
    [12, 'resize'],
  ])

  it('are those of threads that have registered, by the number in their title', async () => {
    const link = fakeLink(['[worker 12] a', '[worker 1] autodump', 'odd', '[worker 3]'])
    const sessions = await openWorkerSessions(link, names)
    expect(sessions.map(({ threadId, name }) => [threadId, name])).toEqual([
      [3, 'resize'],
      [12, 'resize'],
    ])
  })

  it('pass commands on, and answers and refusals back', async () => {
    const link = fakeLink(['[worker 3] a'])
    const [session] = await openWorkerSessions(link, names)
    const [good, bad] = [session?.post('Profiler.start'), session?.post('Profiler.stop')]
    const reply = (answer: object) =>
      link.tell('receivedMessageFromWorker', { sessionId: 's0', message: JSON.stringify(answer) })
    reply({ method: 'Profiler.consoleProfileStarted', params: {} })
    reply({ id: 2, error: { message: 'No recording profiles found' } })
    reply({ id: 1, result: { ok: true } })
    expect(await good).toEqual({ ok: true })
    await expect(bad).rejects.toThrow('No recording profiles found')
    expect(link.sent).toMatchObject([{ method: 'Profiler.start' }, { method: 'Profiler.stop' }])
  })

  it('end with their thread', async () => {
    const link = fakeLink(['[worker 3] a'])
    const [session] = await openWorkerSessions(link, names)
    const pending = session?.post('Profiler.stop')
    link.tell('detachedFromWorker', { sessionId: 's0' })
    await session?.ended
    await expect(pending).rejects.toThrow('the worker thread has ended')
    await expect(session?.post('Profiler.stop')).rejects.toThrow('the worker thread has ended')
  })

  it('are refused where the inspector does not know them', async () => {
    const link = { ...fakeLink([]), post: async () => Promise.reject(new Error("'NodeWorker.enable' wasn't found")) }
    await expect(openWorkerSessions(link, names)).rejects.toThrow('worker threads cannot be reached from here')
  })
})
