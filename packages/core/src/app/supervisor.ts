import { Worker } from 'node:worker_threads'
import { monotonic } from '../lib/clock/monotonic.js'
import { AutodumpError, invalid, messageOf } from '../lib/errors.js'
import { beforeExit } from '../lib/exit-hooks.js'
import { codeOf } from '../lib/files.js'
import { keepAlive, within } from '../lib/patience.js'
import { isRefusal } from '../lib/runtime/permission.js'
import type { Block } from '../link/block.js'
import type { Engine, EngineCalls } from '../link/engine-calls.js'
import { type EngineData, type EngineEvent, type FromThread, fromWire, type ToThread } from '../link/messages.js'
import { watchThread } from './liveness.js'
import { isFileMissing, sayFileMissing, threadFiles } from './thread-file.js'

/** Longest wait before a monitor thread that died is started again. */
const maxBackoff = 60_000

/** A thread that has never come up after so many tries will not. */
const maxFailedStarts = 3

/** Nobody waits longer than this for the thread to come up, in milliseconds; it may still do so later. */
const startPatience = 5_000

/** How long the exit of the process may wait for the monitor thread to detach. It takes 1 to 7 ms. */
const detachPatience = 500

/** How long `stop()` waits for a capture to be cut short and written, and for a thread that has stopped working. */
const stopPatience = 10_000

const stalledPatience = 1000

/** How long a thread may take to be gone after `terminate()`. One in a system call that does not come back never is. */
const endPatience = 5000

/** So many threads may hang like that, each with its memory; no other is started then. */
const maxHanging = 2

/** What may take its time: the process is free to end meanwhile, unless `trigger` awaits it. */
const patient = new Set<keyof EngineCalls>(['settled', 'recorded', 'askSibling'])

export interface SupervisorParts {
  block: Block
  /** Milliseconds between samples. @default 1000 */
  interval?: number
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
  /** Milliseconds for which the thread waits for its first call before it begins its work. @default 0 */
  dormantFor?: number
  /** The option of that name. */
  monitorThread?: string | null
  /** Milliseconds that a stop may take beyond the usual. @default 0 */
  stopLonger?: number
  /** Milliseconds that never go backwards. @default monotonic */
  now?: () => number
  /** For tests. @default thread/entry.js beside this file */
  entry?: URL
}

export interface Supervisor {
  /** Resolves when the engine runs, or after five seconds when it is slow to; never rejects. Keeps no process alive. */
  start(): Promise<void>
  /** Waits for the start where that is not over; rejects with `STOPPED` where it takes too long. */
  call<K extends keyof EngineCalls>(name: K, ...args: Parameters<EngineCalls[K]>): ReturnType<EngineCalls[K]>
  stop(): Promise<void>
  /** `sampling`: it is at work, as far as this thread can see. */
  state(): { mode: 'monitor-thread' | 'app-thread'; restarts: number; degraded: string | null; sampling: boolean }
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
  let hanging = 0
  let gone: (why: unknown) => void = () => {}
  /** Why the thread is being ended. */
  let lost: Error | undefined
  let unlinked = false
  let restartTimer: NodeJS.Timeout | undefined
  let forgetExit = () => {}
  let up: () => void = () => {}
  let isStarted = false
  const started = new Promise<void>(resolve => {
    up = () => {
      isStarted = true
      resolve()
    }
  })

  const watch = watchThread({
    block,
    interval: parts.interval ?? 1000,
    now: parts.now ?? monotonic,
    wallClock: Date.now,
    onPulse(pulse, since) {
      degraded = pulse === 'alive' ? null : `the monitor thread has not sampled since ${since}`
      if (pulse === 'stalled') onError('the monitor thread', new Error(`it has not sampled since ${since}`))
      if (pulse === 'lost') replace(new Error(`it has not sampled since ${since}`))
    },
  })

  /** Ends a thread that no longer works, and waits a little for one that cannot be ended. */
  function replace(why: Error): void {
    const mine = worker
    lost = why
    const hangs = setTimeout(() => {
      if (worker !== mine) return
      hanging += 1
      gone(why)
    }, endPatience)
    hangs.unref()
    mine?.once('exit', () => clearTimeout(hangs))
    void mine?.terminate()
  }

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
        // Else Node opens the streams of the app for it, which makes their descriptors non-blocking: then the app gets EAGAIN
        // from `writeSync`. Nothing of ours writes there.
        stdout: true,
        stderr: true,
        // While it loads its code V8 would make that 8 MiB or more, and never give them back.
        resourceLimits: { maxYoungGenerationSizeMb: 3 },
      })
    } catch (error) {
      return notStarted(error)
    }
    const mine = worker
    lost = undefined
    watch.begin()
    mine.on('message', (message: FromThread) => {
      if (worker !== mine) return
      watch.hear(message)
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
      // Else it had been given up before.
      if (worker === mine) gone(lost ?? cause ?? new Error(`it exited with code ${code}`))
    })
    gone = why => {
      worker = undefined
      watch.end()
      block.store('attached', 0)
      if (stopping || unlinked) return
      abandonCalls(`the monitor thread died: ${messageOf(why)}`)
      parts.onDown?.()
      if (ready) died(why)
      else notStarted(why)
    }
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
    if (failedStarts < maxFailedStarts && !isRefusal(why)) return restart(why)
    const cannot = `the monitor thread cannot be started: ${messageOf(why)}`
    // What it had no memory for, or waits for in vain, must not be done in the app thread instead.
    if (hanging === 0 && codeOf(why) !== 'ERR_WORKER_OUT_OF_MEMORY') return void goLocal(cannot)
    degraded = `${cannot}; nothing is monitored`
    up()
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
    if (hanging >= maxHanging) {
      degraded = `the monitor thread hangs, like the one before: ${messageOf(why)}; nothing is monitored`
      return
    }
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
    // `call` keeps the process alive where somebody awaits it.
    await within(startPatience, started, 'the monitor is still starting', false).catch(error => {
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
      forgetExit = beforeExit(onExit)
      block.store('exiting', 0)
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>(resolve => {
        timer = setTimeout(resolve, startPatience).unref()
      })
      if (parts.threadless) void goLocal(parts.threadless)
      else spawn()
      await Promise.race([started, patience])
      clearTimeout(timer)
      if (worker && !watch.isSampling()) degraded ??= 'the monitor thread has not come up yet'
    },
    call: call as Supervisor['call'],
    async stop() {
      stopping = true
      clearTimeout(restartTimer)
      const mine = worker
      try {
        if (mine || local) {
          const ended = mine ? new Promise(resolve => mine.once('exit', resolve)) : undefined
          const patience = watch.isStalled() ? stalledPatience : stopPatience + (parts.stopLonger ?? 0)
          await within(patience, Promise.all([call('stop'), ended]))
        }
      } catch (error) {
        onError('stop', error)
      } finally {
        // A thread that hangs in a system call would hold up the app for ever.
        if (worker) await within(endPatience, worker.terminate()).catch(error => onError('stop', error))
        watch.end()
        abandonCalls('the monitor was stopped')
        local = undefined
        forgetExit()
      }
    },
    state: () => ({
      mode: local || parts.threadless ? 'app-thread' : 'monitor-thread',
      restarts,
      degraded,
      sampling: local !== undefined || (worker !== undefined && watch.isSampling()),
    }),
  }
}
