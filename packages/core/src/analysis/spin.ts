import { grouped } from '../lib/numerals.js'
import type { AsyncWaitEvidence } from '../model/async-wait.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { Finding } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import { longWaits } from './async-wait.js'
import { afterAwait, type Frame, isIdle, selfTimes } from './call-tree.js'
import { plain } from './culprit.js'
import { nameFunction } from './name-culprit.js'
import type { OriginalOf } from './places.js'
import { type ShownFunction, sayFunction } from './say-culprit.js'

/** A function that has itself called in the next turn of the event loop. */
export interface Spinner {
  function: ShownFunction
  by: 'setImmediate' | 'a timer'
  /** Times a second, where they were counted. */
  rate?: number
  /**
   * An immediate called it, or it was counted. The functions that serve requests go on after an `await`, or are called
   * by a timer, as well.
   */
  isSure: boolean
}

/** The part of the analysis that tells. */
interface Turning {
  windowMs: number
  busyMs: number
  programMs: number
  spinner: Spinner | null
}

const immediates = 'processImmediate'

/** The functions of Node that call back. */
const beginners: Record<string, Spinner['by']> = {
  [immediates]: 'setImmediate',
  processTimers: 'a timer',
  listOnTimeout: 'a timer',
}

/**
 * The function of the app that immediates or timers began the most, however small its share; one that an immediate
 * called comes before all others.
 */
export function findSpinner(frames: Frame[]): Spinner | null {
  const hasImmediates = frames.some(
    ({ name, owner, totalMs }) => owner === 'runtime' && name === immediates && totalMs > 0,
  )
  // A function that goes on after an `await` often has no function of Node around it: the promise waited for an immediate.
  const wentOn = ({ name }: Frame, begunBy: string) => begunBy === name || begunBy === afterAwait(immediates)
  const beginnerOf = (frame: Frame, begunBy: string) =>
    hasImmediates && wentOn(frame, begunBy) ? 'setImmediate' : beginners[begunBy]
  const [first] = frames
    .filter(({ owner }) => owner === 'app')
    .flatMap(frame =>
      [...frame.begunBy].map(([begunBy, ms]) => {
        return { frame, ms, by: beginnerOf(frame, begunBy), isSure: begunBy === immediates }
      }),
    )
    .filter(({ by, ms }) => by !== undefined && ms > 0)
    .sort((a, b) => Number(b.isSure) - Number(a.isSure) || b.ms - a.ms)
  return first?.by ? { function: plain(first.frame), by: first.by, isSure: first.isSure } : null
}

/** Times a second from which a function keeps the event loop turning. */
const spinning = 500

/** The types of resources that bring a function back. */
const bringers: Record<string, Spinner['by']> = { Immediate: 'setImmediate', Timeout: 'a timer' }

/** The function that asked most often to be called back, if it did so all the time: samples may miss it, a count does not. */
export function countedSpinner(waits: AsyncWaitEvidence, cwd: string, originalOf: OriginalOf): Spinner | null {
  const [most] = longWaits(waits, cwd, originalOf)
    .filter(({ type }) => bringers[type] !== undefined)
    .sort((a, b) => b.count - a.count)
  const rate = most ? Math.round(most.count / (waits.watchedMs / 1000)) : 0
  const by = most && bringers[most.type]
  return by && rate >= spinning ? { function: most.calledBy ?? most.function, by, rate, isSure: true } : null
}

/** The function that comes back is seldom on the stack: if no sample since has it, one of the seconds before may. */
export function surerSpinner(since: Spinner | null, before: Spinner | null): Spinner | null {
  return !since?.isSure && before?.isSure ? before : since
}

/** An event loop with this utilization, from 0 to 1, never waits. */
const alwaysOn = 0.95

/** V8 counts the moments between two turns as idle, or as native code outside of functions; shares of the profile. */
const betweenTurns = { idle: 0.15, both: 0.35 }

/** Whether the event loop turned without a wait while V8's profiler saw much of the time as idle. */
function isSpin(
  { windowMs, busyMs, programMs }: Pick<Turning, 'windowMs' | 'busyMs' | 'programMs'>,
  utilization: number | null,
): boolean {
  const idleMs = windowMs - busyMs
  return (
    utilization !== null &&
    utilization >= alwaysOn &&
    idleMs >= betweenTurns.idle * windowMs &&
    idleMs + programMs >= betweenTurns.both * windowMs
  )
}

/** Whether a profile looks like the one of a spin, before anybody analyses it. */
export function looksLikeSpin(profile: CpuProfile, utilization: number | null): boolean {
  const self = selfTimes(profile)
  const ms = { window: 0, idle: 0, program: 0 }
  for (const node of profile.nodes) {
    const own = self.get(node.id) ?? 0
    ms.window += own
    if (isIdle(node)) ms.idle += own
    else if (node.callFrame.functionName === '(program)') ms.program += own
  }
  return isSpin({ windowMs: ms.window, busyMs: ms.window - ms.idle, programMs: ms.program }, utilization)
}

/**
 * `the event loop turned without ever waiting: pollUntilReady (src/config.js:4) came back by setImmediate`; `null` if
 * it waited, or the function that came back is not known.
 *
 * @param utilization of the event loop during the profile, from 0 to 1
 */
export function saySpin(cpu: Turning, utilization: number | null): string | null {
  const { spinner } = cpu
  if (!spinner || !isSpin(cpu, utilization)) return null
  const often = spinner.rate === undefined ? 'all the time' : `${grouped(spinner.rate)} times a second`
  return `the event loop turned without ever waiting: ${sayFunction(spinner.function)} came back by ${spinner.by} ${often}`
}

/** For a headline, the longest form first. */
export function nameSpin({ spinner }: Turning): string[] {
  if (!spinner) return []
  const name = nameFunction(spinner.function)
  return [`${name} comes back by ${spinner.by} without a wait`, name]
}

export function findSpin(cpu: Turning, utilization: number | null): Finding[] {
  const text = saySpin(cpu, utilization)
  if (text === null || !cpu.spinner) return []
  const { function: spinner, by, rate } = cpu.spinner
  const idle = 1 - cpu.busyMs / cpu.windowMs
  return [{ kind: 'spin', text, data: { ...spinner, by, ...(rate && { rate }), utilization, idle } }]
}

/** Of the event loop during the capture, from 0 to 1; `null` if no sample tells. */
export function utilizationIn(samples: readonly Sample[], at: number): number | null {
  const during = samples.filter(sample => sample.at > at)
  const values = (during.length > 0 ? during : samples.slice(-1)).map(
    ({ values }) => values.eventLoopUtilization ?? null,
  )
  const known = values.filter(value => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length / 100
}
