import type { Finding } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import { afterAwait, type Frame, type FunctionTime } from './call-tree.js'
import { plain } from './culprit.js'
import { nameFunction } from './name-culprit.js'
import { sayFunction } from './say-culprit.js'

/** A function that has itself called in the next turn of the event loop. */
export interface Spinner {
  function: FunctionTime
  by: 'setImmediate' | 'a timer'
  /** An immediate called it. What serves the requests goes on after an `await`, or is called by a timer, as well. */
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

/** The function that comes back is seldom on the stack: if no sample since has it, one of the seconds before may. */
export function surerSpinner(since: Spinner | null, before: Spinner | null): Spinner | null {
  return !since?.isSure && before?.isSure ? before : since
}

/** An event loop with this utilization, from 0 to 1, never waits. */
const alwaysOn = 0.95

/** V8 counts the moments between two turns as idle, or as native code outside of functions; shares of the profile. */
const betweenTurns = { idle: 0.15, both: 0.35 }

/** Whether the event loop turned without a wait while V8's profiler saw much of the time as idle. */
function isSpin({ windowMs, busyMs, programMs }: Turning, utilization: number | null): boolean {
  const idleMs = windowMs - busyMs
  return (
    utilization !== null &&
    utilization >= alwaysOn &&
    idleMs >= betweenTurns.idle * windowMs &&
    idleMs + programMs >= betweenTurns.both * windowMs
  )
}

/**
 * `the event loop turned without ever waiting: pollUntilReady (src/config.js:4) came back by setImmediate`; `null` if
 * it waited, or nobody knows who came back.
 *
 * @param utilization of the event loop during the profile, from 0 to 1
 */
export function saySpin(cpu: Turning, utilization: number | null): string | null {
  const { spinner } = cpu
  if (!spinner || !isSpin(cpu, utilization)) return null
  return `the event loop turned without ever waiting: ${sayFunction(spinner.function)} came back by ${spinner.by} all the time`
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
  const { function: spinner, by } = cpu.spinner
  const idle = 1 - cpu.busyMs / cpu.windowMs
  return [{ kind: 'spin', text, data: { ...spinner, by, utilization, idle } }]
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
