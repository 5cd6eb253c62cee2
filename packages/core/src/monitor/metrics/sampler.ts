import { monotonic } from '../../lib/clock/monotonic.js'
import type { Limits } from '../../lib/limits.js'
import { beatPeriod } from '../../link/beat-period.js'
import type { Block } from '../../link/block.js'
import type { BuiltinMetric } from '../../model/metric.js'
import type { CpuWait, Sample } from '../../model/sample.js'
import type { LiveMemory } from '../../rules/trend.js'
import { type AwakeClock, createAwakeClock, type Stop } from './awake.js'
import { cpuWindow, createCpuReader, readCpuTime } from './cpu.js'
import { readCustom } from './custom.js'
import { createLoopReader } from './event-loop.js'
import { createGcReader } from './gc.js'
import { createLiveMemoryReader } from './live-memory.js'
import { readHeap, readResident } from './memory.js'
import { createPeak } from './peak.js'
import { readRequestAge } from './request-age.js'
import { appThread, createStopFinder, type Witness } from './stand-still.js'

export interface Sampler {
  /**
   * Takes a reading of every metric. Metrics between two samples (`cpu`, `eventLoopUtilization`, `gc`) are `null` in
   * the first one. Never throws.
   */
  sample(): Sample
  /** Between the samples, as often as the witness says: whether the whole process has stood still. Never throws. */
  look(): void
  /** Milliseconds by which the app thread is overdue now. */
  overdue(): number
  /** A debugger has held the app thread for that time. */
  held(stop: Stop): void
  /** Earlier figures belong to the start of the app: the rates begin anew. */
  cut(): void
  /**
   * Memory that would remain after a full garbage collection, by metric; as of the last sample, and `null` if that had
   * no news.
   */
  live(): Record<string, LiveMemory | null>
  /** Totals until the last sample, in milliseconds. */
  totals(): { cpuMs: number; blockedMs: number; gcMs: number }
  /** The worst values of the last 60 seconds. */
  recent(): { eventLoopDelay: number | null; inFlight: number | null }
}

/** Milliseconds: Prometheus mostly scrapes every 15 to 60 seconds. */
const recently = 60_000

export interface SamplerOptions {
  block: Block
  limits: Limits
  /** Names, in the order of their slots in the block. */
  customMetrics: string[]
  /** Metrics for which the runtime has no figures: their readings are `null`. @default none */
  missing?: readonly string[]
  /** Milliseconds between two samples: the publisher's interval. */
  interval: number
  clock?: {
    /** Epoch milliseconds. */
    now(): number
    /** Monotonic milliseconds, of the clock that the publisher uses. */
    monotonic(): number
  }
  /** CPU time of the process so far, in microseconds. */
  readCpu?: () => { user: number; system: number }
  /** CPU time of the main thread so far, in milliseconds. @default it is not split */
  readMainThread?: () => number | null
  /** The same of V8's helper threads. @default it is not known */
  readHelpers?: () => number | null
  /** The same of our own thread, which is no load of the app. @default there is none */
  readOwnCpu?: () => number | null
  /**
   * Time that the main thread waited for a CPU since the last reading, at a monotonic time. @default it is not known
   */
  readCpuWait?: (now: number) => CpuWait | null
  /** Open descriptors, percent of the limit. @default it is not known */
  readDescriptors?: () => number | null
  /** Memory of the container, percent of its limit. @default it is not known */
  readGroupMemory?: () => number | null
  /** Resident memory of the process, in bytes. */
  readRss?: () => number
  /** The watcher that finds out that the process stood still. @default the thread of the app, which knows little */
  witness?: Witness
  /** For how long the witness has waited for a CPU so far, in milliseconds. @default it is not known */
  readOwnWait?: () => number | null
}

/**
 * The monitor thread's side of sampling: reads the figures that the app thread published and those of the whole
 * process. It needs nothing from the app thread, so it also works while the app thread is stuck.
 *
 * It may run on the app thread itself. Then call the publisher's `publishNow()` before each sample. Otherwise a block
 * that has just ended looks as if it still lasted, and is seen twice.
 */
export function createSampler(options: SamplerOptions): Sampler {
  const {
    block,
    limits,
    customMetrics,
    interval,
    missing = [],
    clock = { now: Date.now, monotonic },
    readCpu = () => process.cpuUsage(),
    readMainThread = () => null,
    readHelpers = () => null,
    readOwnCpu = () => 0,
    readCpuWait = () => null,
    readDescriptors = () => null,
    readGroupMemory = () => null,
    readRss = () => process.memoryUsage.rss(),
    witness = appThread(interval),
    readOwnWait = () => null,
  } = options
  const period = beatPeriod(interval)
  /** Of the process, and of the app thread: a debugger holds nothing else. */
  const awake = createAwakeClock()
  const appAwake = createAwakeClock()
  const findStop = createStopFinder(witness)
  const cpuReader = () => createCpuReader(limits.cpu.percentOf, cpuWindow(interval))
  const gcReader = () => createGcReader(block, 2 * (interval + period))
  let [cpu, mainThread, helpers, gc] = [cpuReader(), cpuReader(), cpuReader(), gcReader()]
  const loop = createLoopReader(block, period)
  const liveMemory = createLiveMemoryReader(block, limits.memory.bytes)
  const worstDelay = createPeak(recently)
  const mostInFlight = createPeak(recently)
  let totals = { cpuMs: 0, blockedMs: 0, gcMs: 0 }
  let recent: ReturnType<Sampler['recent']> = { eventLoopDelay: null, inFlight: null }
  let live: ReturnType<typeof liveMemory> = { heap: null, rss: null }

  /** Milliseconds since the last sample in which the app thread could not run. */
  let stopped = 0

  function note(stop: Stop, clocks: AwakeClock[]): void {
    for (const clock of clocks) clock.stop(stop)
    stopped += stop.to - stop.from
  }

  /** For how long the app thread is late, or was at its worst since the last sample. */
  function appLate(now: number): number | null {
    const heartbeat = block.get('heartbeat')
    return Number.isNaN(heartbeat) ? null : Math.max(now - heartbeat, block.load('worstDelay') / 1000)
  }

  function look(now = clock.monotonic(), cpuTime = readCpuTime(readCpu)): void {
    const stop = findStop({ now, cpuTime, waited: readOwnWait(), appLate: witness.isApart ? appLate(now) : null })
    if (stop) note(stop, [awake, appAwake])
  }

  return {
    look: () => look(),
    overdue: () => loop.overdue(appAwake.at(clock.monotonic()), appAwake),
    held: stop => note(stop, [appAwake]),
    cut() {
      ;[cpu, mainThread, helpers, gc] = [cpuReader(), cpuReader(), cpuReader(), gcReader()]
      loop.cut()
    },
    sample() {
      const time = clock.monotonic()
      const cpuTime = readCpuTime(readCpu)
      look(time, cpuTime)
      const now = awake.at(time)
      const appNow = appAwake.at(time)
      const { delay, utilization, blockedFor, blockedTime } = loop.read(appNow, appAwake)
      const rss = readResident(readRss)
      live = liveMemory(rss)
      const published = !Number.isNaN(block.get('heartbeat'))
      const values: Record<BuiltinMetric, number | null> & Sample['values'] = {
        cpu: rounded(cpu(now, cpuTime === null ? null : cpuTime - (readOwnCpu() ?? 0))),
        rss: rounded(rss === null ? null : (rss / limits.memory.bytes) * 100),
        heap: rounded(readHeap(block)),
        eventLoopDelay: rounded(delay),
        eventLoopUtilization: rounded(utilization),
        inFlight: published ? block.load('inFlight') : null,
        gc: rounded(gc(appNow, appAwake)),
        handles: rounded(block.get('handles')),
        requestAge: published ? rounded(readRequestAge(block, appNow, appAwake)) : null,
        fds: rounded(readDescriptors()),
        memory: rounded(readGroupMemory()),
        streams: published ? block.load('streams') : null,
        longPolls: published ? block.load('longPolls') : null,
      }
      for (const name of missing) values[name] = null
      customMetrics.forEach((name, index) => {
        values[name] = readCustom(block, index)
      })
      const sample: Sample = { at: Math.round(clock.now()), values }
      const main = rounded(mainThread(now, readMainThread()))
      const helping = rounded(helpers(now, readHelpers()))
      if (main !== null && typeof values.cpu === 'number') {
        const others = Math.max(0, rounded(values.cpu - main) as number)
        sample.cpuThreads = { main, others, ...(helping !== null && { helpers: Math.min(others, helping) }) }
      }
      const cpuWait = readCpuWait(now)
      if (cpuWait) sample.cpuWait = cpuWait
      if (blockedFor > 0) sample.blockedFor = Math.round(blockedFor)
      if (stopped > 0) sample.stopped = Math.round(stopped)
      stopped = 0
      const gcPause = block.get('gcPause')
      totals = { cpuMs: cpuTime ?? totals.cpuMs, blockedMs: blockedTime, gcMs: gcPause || totals.gcMs }
      recent = {
        eventLoopDelay: worstDelay(now, values.eventLoopDelay ?? null),
        inFlight: mostInFlight(now, values.inFlight ?? null),
      }
      return sample
    },
    live: () => live,
    totals: () => totals,
    recent: () => recent,
  }
}

/** Two decimals: more would be noise in logs and manifests. */
function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Math.round(value * 100) / 100
}
