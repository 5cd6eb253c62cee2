import { Worker } from 'node:worker_threads'
import { AutodumpError, invalid, messageOf } from '../errors.js'
import { isRefusal } from '../runtime/permission.js'
import type { Block } from './block.js'
import type { Engine } from './engine.js'
import type { EngineCalls } from './engine-calls.js'
import { type EngineData, type EngineEvent, type FromThread, fromWire, type ToThread } from './messages.js'
import { keepAlive, within } from './patience.js'
import { isFileMissing, sayFileMissing, threadFiles } from './thread-file.js'

/** Longest wait before a monitor thread that died is started again. */
const maxBackoff = 60_000
/** A thread that has never come up after so many tries will not. */
const maxFailedStarts = 3
/** Nobody waits longer than this for the thread to come up, in milliseconds; it may still do so later. */
const startPatience = 5_000
/** How long the exit of the process may wait for the monitor thread to detach. It takes 1 to 7 ms. */
const detachPatience = 500
/** How long `stop()` waits for a capture to be cut short and written. */
const stopPatience = 10_000

/** What may take its time: the process is free to end meanwhile, unless `trigger` awaits it. */
const patient = new Set<keyof EngineCalls>(['settled', 'recorded', 'askSibling'])

export interface SupervisorParts {
  block: Block
  /** What the next thread is started with. */
  engineData(): Omit<EngineData, 'thread'>
  /** The engine within the app thread, for when there can be no thread of its own. */
  startLocal(data: EngineData, emit: (event: EngineEvent) => void): Promise<Engine>
  /** Why no thread should be tried at all, or `null`. */
  threadless: string | null
  onEvent(event: EngineEvent): void
  /** A thread has come up, however long that took. */
  onUp?(): void
  /** The monitor thread is gone in the middle of whatever it did. */
  onDown?(): void
  onError(what: string, error: unknown): void
  /** Nobody awaits the start: the process may end in the middle of it. @default false */
  mayExitWhileStarting?: boolean
  /** Milliseconds for which the thread waits for its first call before it begins its work. @default 0 */
  dormantFor?: number
  /** The option of that name. */
  monitorThread?: string | null
  /** For tests. @default thread/entry.js beside this file */
  entry?: URL
}

export interface Supervisor {
  /** Resolves when the engine runs, or after five seconds when it is slow to; never rejects. */
  start(): Promise<void>
  /** Waits for the start where that is not over; rejects with `STOPPED` where it takes too long. */
  call<K extends keyof EngineCalls>(name: K, ...args: Parameters<EngineCalls[K]>): ReturnType<EngineCalls[K]>
  stop(): Promise<void>
  state(): { mode: 'monitor-thread' | 'app-thread'; restarts: number; degraded: string | null }
}

/** Keeps the engine running: in a monitor thread that is started again when it dies, else in the app thread. */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { block, onEvent, onError, monitorThread = null } = parts
  let files: (string | URL)[] = parts.entry ? [parts.entry] : threadFiles(monitorThread)
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let nextCall = 1
  let worker: Worker | undefined
  let local: Engine | undefined
  let restarts = 0
  let failedStarts = 0
  let deaths = 0
  let degraded: string | null = null
  let stopping = false
  let unlinked = false
  let restartTimer: NodeJS.Timeout | undefined
  let up: () => void = () => {}
  let isStarted = false
  const started = new Promise<void>(resolve => {
    up = () => {
      isStarted = true
      resolve()
    }
  })

  function spawn(): void {
    let ready = false
    let cause: unknown
    try {
      const { NODE_OPTIONS, NODE_V8_COVERAGE, ...env } = process.env
      const file = files[0]
      if (file === undefined) return void goLocal(sayFileMissing(monitorThread))
      worker = new Worker(file, {
        name: 'autodump',
        workerData: {
          ...parts.engineData(),
          thread: { mode: 'monitor-thread', restarts, degraded: null },
          dormantFor: restarts === 0 ? (parts.dormantFor ?? 0) : 0,
        },
        // The app's loaders, preloads and coverage are none of this thread's business.
        execArgv: [],
        env,
        // While it loads its code V8 would make that 8 MiB or more, and never give them back.
        resourceLimits: { maxYoungGenerationSizeMb: 3 },
      })
    } catch (error) {
      return notStarted(error)
    }
    const mine = worker
    mine.on('message', (message: FromThread) => {
      if ('ready' in message) {
        ready = true
        degraded = null
        failedStarts = 0
        up()
        parts.onUp?.()
      } else if ('unlinked' in message) leave(mine, message.unlinked)
      else if ('id' in message) settle(message)
      else onEvent(message)
    })
    // Never a reason for the process to live: while somebody waits for an answer, `keepAlive` is. After `on('message')`, which refs.
    mine.unref()
    mine.on('error', error => {
      cause = error
    })
    mine.on('exit', code => {
      worker = undefined
      block.store('attached', 0)
      if (stopping || unlinked) return
      const why = cause ?? new Error(`it exited with code ${code}`)
      abandonCalls(`the monitor thread died: ${messageOf(why)}`)
      parts.onDown?.()
      if (ready) died(why)
      else notStarted(why)
    })
  }

  function notStarted(why: unknown): void {
    if (isFileMissing(why)) {
      files = files.slice(1)
      if (files.length > 0) return spawn()
      onError('start the monitor thread', why)
      return void goLocal(sayFileMissing(monitorThread))
    }
    failedStarts += 1
    onError('start the monitor thread', why)
    // A refusal comes again.
    if (failedStarts >= maxFailedStarts || isRefusal(why))
      void goLocal(`the monitor thread cannot be started: ${messageOf(why)}`)
    else restart(why)
  }

  /** The thread has found no way to the app thread, so it can capture next to nothing. */
  function leave(mine: Worker, why: string): void {
    unlinked = true
    abandonCalls(`there is no link to the app thread: ${why}`)
    parts.onDown?.()
    void mine.terminate().then(() => goLocal(`there is no link to the app thread: ${why}`))
  }

  function died(why: unknown): void {
    deaths += 1
    onError('the monitor thread', why)
    restart(why)
  }

  function abandonCalls(why: string): void {
    for (const { reject } of pending.values()) reject(new AutodumpError('STOPPED', why, { retryAfter: 1000 }))
    pending.clear()
  }

  function restart(why: unknown): void {
    const wait = Math.min(maxBackoff, 250 * 2 ** (failedStarts + deaths))
    degraded = `the monitor thread is down and will be started again within ${wait} ms: ${messageOf(why)}`
    restartTimer = setTimeout(() => {
      restarts += 1
      spawn()
    }, wait)
    restartTimer.unref()
  }

  async function goLocal(why: string): Promise<void> {
    degraded = `${why}; working in the app thread, so not while the event loop is blocked`
    try {
      const engine = await parts.startLocal(
        { ...parts.engineData(), thread: { mode: 'app-thread', restarts, degraded } },
        onEvent,
      )
      if (stopping) return void (await engine.calls.stop())
      local = engine
    } catch (error) {
      degraded = `${why}; nor could the app thread do its work: ${messageOf(error)}`
      onError('start in the app thread', error)
    }
    up()
  }

  function settle(message: Extract<FromThread, { id: number }>): void {
    const call = pending.get(message.id)
    pending.delete(message.id)
    if ('error' in message) call?.reject(fromWire(message.error))
    else call?.resolve(message.value as never)
  }

  async function call<K extends keyof EngineCalls>(name: K, ...args: Parameters<EngineCalls[K]>) {
    const releaseApp = patient.has(name) ? () => {} : keepAlive()
    try {
      if (!isStarted) await isUp()
      if (local) {
        const work = local.calls[name] as (...args: unknown[]) => Promise<unknown>
        return (await work(...args)) as never
      }
      const target = worker
      if (!target) throw new AutodumpError('STOPPED', degraded ?? 'the monitor is not running', { retryAfter: 1000 })
      return await new Promise<never>((resolve, reject) => {
        const id = nextCall++
        try {
          target.postMessage({ call: name, id, args } satisfies ToThread)
        } catch (error) {
          return reject(invalid('request', [{ field: '', message: `must be plain data: ${messageOf(error)}` }]))
        }
        pending.set(id, { resolve, reject })
      })
    } finally {
      releaseApp()
    }
  }

  /** While the engine starts, whoever calls it waits, and wakes it; not for ever, as a late dump would surprise them. */
  async function isUp(): Promise<void> {
    worker?.postMessage({ wake: true } satisfies ToThread)
    await within(startPatience, started, 'the monitor is still starting').catch(error => {
      throw new AutodumpError('STOPPED', messageOf(error), { retryAfter: 1000 })
    })
  }

  function onExit(): void {
    block.store('exiting', 1)
    if (local) return local.detach()
    if (!worker || block.load('attached') === 0) return
    worker.postMessage({ exiting: true } satisfies ToThread)
    // Detaching needs this thread to run JavaScript, so it must spin and not sleep.
    const patience = performance.now() + detachPatience
    while (block.load('attached') > 0 && performance.now() < patience);
  }

  return {
    async start() {
      process.on('exit', onExit)
      block.store('exiting', 0)
      const releaseApp = parts.mayExitWhileStarting ? () => {} : keepAlive()
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>(resolve => {
        timer = setTimeout(resolve, startPatience).unref()
      })
      if (parts.threadless) void goLocal(parts.threadless)
      else spawn()
      await Promise.race([started, patience])
      clearTimeout(timer)
      releaseApp()
    },
    call: call as Supervisor['call'],
    async stop() {
      stopping = true
      clearTimeout(restartTimer)
      const mine = worker
      try {
        if (mine || local) {
          const gone = mine ? new Promise(resolve => mine.once('exit', resolve)) : undefined
          await within(stopPatience, Promise.all([call('stop'), gone]))
        }
      } catch (error) {
        onError('stop', error)
      } finally {
        await worker?.terminate()
        abandonCalls('the monitor was stopped')
        local = undefined
        process.off('exit', onExit)
      }
    },
    state: () => ({ mode: local || parts.threadless ? 'app-thread' : 'monitor-thread', restarts, degraded }),
  }
}
