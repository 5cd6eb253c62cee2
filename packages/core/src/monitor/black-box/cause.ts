import { aftermath, type Ending, isGraceful, type LastError, type LastExit, type Run } from '../../model/run.js'
import type { Sample } from '../../model/sample.js'
import { findTrouble, nearlyFull } from './trouble.js'

/** Facts from outside the run's own files. */
export interface Circumstances {
  rebooted: boolean
  /** OOM kills in the cgroup since the last record of the run; `null` if unknown. */
  oomKills: number | null
  /** From Node's own report on a fatal error, e.g. `Allocation failed - JavaScript heap out of memory`. */
  report: { trigger: string; event: string } | null
  /** The path of the core file that the kernel wrote when the process died; `null` if there is none. */
  core: string | null
  /** A capture was in progress, and its dump has not been published. */
  unfinished: boolean
  /** Each such dump can be published for itself, so that no dump of a crash has to save its evidence. */
  canFinish?: boolean
}

/** Milliseconds. A dump that is no older than this shows how full the heap was. */
const recently = 10_000

/**
 * Determines how a run ended. Certain facts come first, then memory that was nearly full. Otherwise the ending is
 * `killed` if something was wrong, and `ended` if not.
 */
export function findEnding(run: Run, circumstances: Circumstances): Ending {
  const { error, exit, abort } = run
  const { oomKills, report } = circumstances
  const last = run.samples.at(-1)
  const at = last?.at ?? run.info.startedAt

  if (exit) {
    if (error && isGuilty(error, exit)) return exception(error, exit.code)
    // The monitor was stopped, which ends its captures.
    if (exit.code === null) return { is: 'stopped', at: exit.at, code: null }
    const isSafe = !circumstances.unfinished || circumstances.canFinish === true
    if (isGraceful(exit.code) && isSafe) return { is: 'stopped', at: exit.at, code: exit.code }
    return { is: 'exit', at: exit.at, code: exit.code, stack: exit.stack }
  }
  if (abort) return { is: 'abort', ...abort }
  // A process that lived on has samples from another time, even if the clock was set meanwhile.
  const isLogged = error?.handled && error.origin === 'unhandledRejection'
  if (error && !isLogged && (!error.handled || Math.abs(at - error.at) < run.info.interval))
    return exception(error, null)
  const trouble = findTrouble(run, circumstances.unfinished)
  if (circumstances.rebooted)
    return trouble.length > 0 ? { is: 'reboot', at, trouble } : { is: 'ended', at, rebooted: true }
  const heap = heapAtTheEnd(run)
  if (report?.trigger === 'OOMError' || /heap out of memory/.test(report?.event ?? ''))
    return { is: 'heap-out-of-memory', at, heap, reported: report?.event ?? null }
  const { value: rss, limit } = residentAtTheEnd(run)
  if ((oomKills ?? 0) > 0) return { is: 'oom-kill', at, kills: oomKills, rss, limit }
  const isResident = limit !== null && (rss ?? 0) >= nearlyFull.rss
  // Without a counter the cause is unknown: the fuller of the two is likelier.
  if ((heap ?? 0) >= nearlyFull.heap && !(isResident && (rss ?? 0) > (heap ?? 0)))
    return { is: 'heap-out-of-memory', at, heap, reported: null }
  // The counter was read and rules this out.
  if (isResident && oomKills === null) return { is: 'oom-kill', at, kills: null, rss, limit }
  if (circumstances.core !== null) return { is: 'native-crash', at, core: circumstances.core }
  if (report) trouble.unshift(`Node reported ${report.trigger}: ${report.event}`)
  if (trouble.length === 0) return { is: 'ended', at, rebooted: false }
  return { is: 'killed', at, handledSignals: run.app?.handledSignals ?? [], trouble }
}

/**
 * An app that handles rejections mostly logs them and lives on, so such an error is the cause only of an exit that is
 * not graceful. A handled exception is the cause of any exit soon after.
 */
function isGuilty(error: LastError, exit: LastExit): boolean {
  if (!error.handled) return true
  const isSoon = Math.abs(timeBetween(error, exit)) < aftermath
  return isSoon && !(error.origin === 'unhandledRejection' && isGraceful(exit.code))
}

/** Milliseconds, by the monotonic clock if both have its time. */
export function timeBetween(a: Said, b: Said): number {
  return a.steady !== undefined && b.steady !== undefined ? b.steady - a.steady : b.at - a.at
}

type Said = { at: number; steady?: number }

function exception(error: LastError, code: number | null): Ending {
  const is = error.origin === 'unhandledRejection' ? 'unhandled-rejection' : 'uncaught-exception'
  return { is, at: error.at, error, code }
}

/** Percent of the limit: the highest of the last samples, and of a dump of a full heap just before. */
function heapAtTheEnd({ samples, dump }: Run): number | null {
  const last = samples.slice(-3).map(readingOf('heap'))
  const at = samples.at(-1)?.at ?? 0
  if (dump?.metric === 'heap' && Math.abs(at - dump.at) < recently) last.push(dump.value)
  const known = last.filter(value => value !== null)
  return known.length > 0 ? Math.max(...known) : null
}

/** Only a cgroup kills at its limit. When the machine's own memory is full, the kernel may kill any process. */
function residentAtTheEnd({ samples, info }: Run): { value: number | null; limit: string | null } {
  const { source, text } = (info.limits.memory ?? {}) as { source?: unknown; text?: unknown }
  const isCgroup = typeof source === 'string' && source.startsWith('cgroup')
  const last = samples.at(-1)
  return { value: last ? readingOf('rss')(last) : null, limit: isCgroup && typeof text === 'string' ? text : null }
}

const readingOf = (metric: string) => (sample: Sample) => sample.values[metric] ?? null
