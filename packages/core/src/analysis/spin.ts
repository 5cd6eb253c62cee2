import type { Finding } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import type { Frame, FunctionTime } from './call-tree.js'
import { plain } from './culprit.js'
import { nameFunction } from './name-culprit.js'
import { sayFunction } from './say-culprit.js'

/** A function that has itself called in the next turn of the event loop. */
export interface Spinner {
  function: FunctionTime
  by: 'setImmediate' | 'a timer'
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

/** The function of the app that immediates or timers began the most, however small its share. */
export function findSpinner(frames: Frame[]): Spinner | null {
  const hasImmediates = frames.some(
    ({ name, owner, totalMs }) => owner === 'runtime' && name === immediates && totalMs > 0,
  )
  // A function that goes on after an `await` has no function of Node around it: the promise waited for an immediate.
  const beginnerOf = ({ name }: Frame, begunBy: string) =>
    begunBy === name && hasImmediates ? 'setImmediate' : beginners[begunBy]
  const [first] = frames
    .filter(({ owner }) => owner === 'app')
    .flatMap(frame => [...frame.begunBy].map(([begunBy, ms]) => ({ frame, ms, by: beginnerOf(frame, begunBy) })))
    .filter(({ by, ms }) => by !== undefined && ms > 0)
    .sort((a, b) => b.ms - a.ms)
  return first?.by ? { function: plain(first.frame), by: first.by } : null
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
