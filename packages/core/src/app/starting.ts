import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { performance } from 'node:perf_hooks'
import { clearInterval, setInterval } from 'node:timers'
import { monotonic } from '../lib/clock/monotonic.js'
import type { Block } from '../link/block.js'
import { longestStart } from '../link/start.js'

/** Milliseconds between two looks at the event loop. */
const lookEvery = 100

/** A program waits for its database for less than so many looks while it starts. */
const calmLooks = 10

/** Loading modules keeps the loop busier than that, also from a slow disk. */
const idleShare = 0.8

/** Where others have the CPU, the loop idles less at rest: its timers wait for the CPU in the midst of their work, and use none. */
const starved = { idleShare: 0.3, cpuShare: 0.2 }

const listened = 'tracing:net.server.listen:asyncEnd'

export interface StartWatchParts {
  block: Pick<Block, 'set'>
  /** All delays so far were those of the start. */
  cut(): void
  onError(what: string, error: unknown): void
  /** Whether the program may be waiting for the monitor itself: that is no rest. @default never */
  isAwaited?(): boolean
  /** Milliseconds since the program began, those in which its event loop idled, and those of CPU it used. */
  age?(): number
  idleTime?(): number
  cpuTime?(): number
}

/** Milliseconds of the process, since a thread's own are told by Node 24 and later only. */
function cpuTimeOfProcess(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Once a program has started, all monitors of it know that. */
let hasStarted = false

interface Look {
  at: number
  idle: number
  cpu: number
}

/**
 * A look that comes late on a busy machine says nothing of the app: the loop has idled meanwhile. A runtime that does not count
 * idle time says 0.
 */
function isCalm(before: Look, last: Look): boolean {
  const passed = last.at - before.at
  if (last.idle === 0) return passed < 2 * lookEvery
  const idle = last.idle - before.idle
  const used = last.cpu - before.cpu
  return idle >= idleShare * passed || (idle >= starved.idleShare * passed && used <= starved.cpuShare * passed)
}

/**
 * App thread: watches a program start. It has started when it first listens, or when its event loop has come to rest for
 * a second, or after `longestStart`. The monitor thread reads the block, since a program that loads its modules answers
 * nothing.
 */
export function createStartWatch({
  block,
  cut,
  onError,
  isAwaited = () => false,
  age = () => performance.now(),
  idleTime = () => performance.nodeTiming.idleTime,
  cpuTime = cpuTimeOfProcess,
}: StartWatchParts) {
  let timer: NodeJS.Timeout | undefined

  function release(): void {
    clearInterval(timer)
    timer = undefined
    unsubscribe(listened, ended)
  }

  /** It is called in the midst of the app's own `listen`. */
  function ended(): void {
    hasStarted = true
    release()
    try {
      cut()
    } catch (error) {
      onError('the end of the start', error)
    }
    block.set('startsUntil', Number.NaN)
  }

  return {
    start(): void {
      const ms = age()
      hasStarted ||= ms >= longestStart || process.getActiveResourcesInfo().includes('TCPServerWrap')
      if (hasStarted || timer) return
      block.set('startsUntil', monotonic() + longestStart - ms)
      subscribe(listened, ended)
      const look = () => ({ at: monotonic(), idle: idleTime(), cpu: cpuTime() })
      let calm = 0
      let last = look()
      timer = setInterval(() => {
        const before = last
        last = look()
        calm = isCalm(before, last) && !isAwaited() ? calm + 1 : 0
        if (calm >= calmLooks) ended()
      }, lookEvery)
      timer.unref()
    },
    stop: release,
  }
}
