import type { Worker } from 'node:worker_threads'
import { monotonic } from '../lib/clock/monotonic.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import { beforeExit } from '../lib/exit-hooks.js'
import { codeOf } from '../lib/files.js'
import { keepAlive, within } from '../lib/patience.js'
import type { Engine, EngineCalls } from '../link/engine-calls.js'
import type { FromThread, ToThread } from '../link/messages.js'
import { watchThread } from './liveness.js'
import { detachWorker, endWorker, isHopeless, startWorker } from './monitor-worker.js'
import { createStartGate } from './start-gate.js'
import { createStartRoom } from './start-room.js'
import type { Supervisor, SupervisorParts } from './supervisor-parts.js'
import { createThreadCalls, isPatient } from './thread-calls.js'
import { createThreadFiles, isFileMissing, sayFileMissing } from './thread-file.js'

/** Longest wait before a monitor thread that died is started again. */
const maxBackoff = 60_000

/** A thread that has never come up after so many tries will not. */
const maxFailedStarts = 3

/** Milliseconds that `stop()` waits for a capture to be cut short and written, and for a thread that has stopped working. */
const stopPatience = { working: 10_000, stalled: 1000 }

/** Milliseconds that a thread may take to end after `terminate()`. A thread in a system call that never returns never ends. */
const endPatience = 5000

/** The number of threads that may hang like that, each with its memory. No other is started then. */
const maxHanging = 2

/** Keeps the engine running: in a monitor thread that is started again when it dies, else in the app thread. */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { block, onEvent, onError, monitorThread = null } = parts
  const files = createThreadFiles(monitorThread, parts.entry)
  const calls = createThreadCalls()
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
  const gate = createStartGate()
  const room = createStartRoom(parts, gate, why => {
    degraded = why
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
    if (!mine) return
    endWorker(mine, endPatience, () => {
      if (worker !== mine) return
      hanging += 1
      gone(why)
    })
  }

  function spawn(): void {
    if (stopping || !room.isThere(spawn)) return
    let ready = false
    let cause: unknown
    try {
      const file = files.first()
      if (file === undefined) return void goLocal(sayFileMissing(monitorThread))
      worker = startWorker(file, {
        ...parts.engineData(),
        thread: { mode: 'monitor-thread', restarts, degraded: null },
        dormantFor: restarts === 0 ? (parts.dormantFor ?? 0) : 0,
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
        gate.open()
        parts.onUp?.()
      } else if ('unlinked' in message) leave(mine, message.unlinked)
      else if ('id' in message) calls.settle(message)
      else onEvent(message)
    })
    // The thread does not keep the process alive; `keepAlive` does while a call waits. After `on('message')`, which refs.
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
      calls.abandon(`the monitor thread died: ${messageOf(why)}`)
      parts.onDown?.()
      if (!ready) return notStarted(why)
      deaths += 1
      onError('the monitor thread', why)
      restart(why)
    }
  }

  function notStarted(why: unknown): void {
    if (isFileMissing(why)) {
      if (files.next()) return spawn()
      onError('start the monitor thread', why)
      return void goLocal(sayFileMissing(monitorThread))
    }
    failedStarts += 1
    onError('start the monitor thread', why)
    if (failedStarts < maxFailedStarts && !isHopeless(why)) return restart(why)
    const cannot = `the monitor thread cannot be started: ${messageOf(why)}`
    // The app thread must not do work for which there is no memory, or which hangs.
    if (hanging === 0 && codeOf(why) !== 'ERR_WORKER_OUT_OF_MEMORY') return void goLocal(cannot)
    degraded = `${cannot}; nothing is monitored`
    gate.open()
  }

  /** The thread has found no way to the app thread, so it can capture next to nothing. */
  function leave(mine: Worker, why: string): void {
    unlinked = true
    calls.abandon(`there is no link to the app thread: ${why}`)
    parts.onDown?.()
    void mine.terminate().then(() => goLocal(`there is no link to the app thread: ${why}`))
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
      const thread = { mode: 'app-thread', restarts, degraded } as const
      const engine = await parts.startLocal({ ...parts.engineData(), thread }, onEvent)
      if (stopping) return void (await engine.calls.stop())
      local = engine
    } catch (error) {
      degraded = `${why}; nor could the app thread do its work: ${messageOf(error)}`
      onError('start in the app thread', error)
    }
    gate.open()
  }

  async function call<K extends keyof EngineCalls>(name: K, ...args: Parameters<EngineCalls[K]>) {
    const releaseApp = isPatient(name) ? () => {} : keepAlive()
    try {
      if (!gate.isOpen()) {
        worker?.postMessage({ wake: true } satisfies ToThread)
        await gate.pass()
      }
      if (local) {
        const work = local.calls[name] as (...args: unknown[]) => Promise<unknown>
        return (await work(...args)) as never
      }
      const target = worker
      if (!target) throw new AutodumpError('STOPPED', degraded ?? 'the monitor is not running', { retryAfter: 1000 })
      return await calls.send(target, name, args)
    } finally {
      releaseApp()
    }
  }

  function onExit(): void {
    block.store('exiting', 1)
    if (local) return local.detach()
    if (worker) detachWorker(worker, block)
  }

  return {
    async start() {
      forgetExit = beforeExit(onExit)
      block.store('exiting', 0)
      if (parts.threadless) void goLocal(parts.threadless)
      else spawn()
      await gate.wait()
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
          const patience = watch.isStalled() ? stopPatience.stalled : stopPatience.working + (parts.stopLonger ?? 0)
          await within(patience, Promise.all([call('stop'), ended]))
        }
      } catch (error) {
        onError('stop', error)
      } finally {
        // A thread that hangs in a system call would hold up the app for ever.
        if (worker) await within(endPatience, worker.terminate()).catch(error => onError('stop', error))
        watch.end()
        calls.abandon('the monitor was stopped')
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
