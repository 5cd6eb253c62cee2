import { duration, percent } from '../lib/units.js'
import type { Finding } from '../model/manifest.js'
import type { CpuAnalysis, FunctionTime } from './cpu.js'
import { sayCulprit, sayFunction } from './say-culprit.js'

/** Fewer milliseconds before the trigger prove nothing: five samples at the usual rate. */
const proves = 100

/** A smaller share of the busy time before the trigger proves nothing either. */
const explains = 0.1

/** A function that ran before the trigger, and runs less or not at all during the capture. */
export interface Past {
  function: FunctionTime
  /** Own time, as a share of the busy time before the trigger. */
  share: number
  /** Own time as a share of all the time, before the trigger and during the capture. */
  loadBefore: number
  loadDuring: number
}

/**
 * The function whose own time fell the most from the seconds before the trigger to the capture: it is the culprit of a
 * spike that was over too soon. `null` if no function fell by enough.
 */
export function findPast(before: CpuAnalysis, during?: CpuAnalysis): Past | null {
  const { windowMs, busyMs } = before
  const loadDuring = (one: FunctionTime) =>
    (during?.functions.find(other => isSame(one, other))?.ownMs ?? 0) / (during?.windowMs || 1)
  const fall = (past: Past) => past.loadBefore - past.loadDuring
  const [most] = before.functions
    .map(one => ({
      function: one,
      share: one.ownMs / (busyMs || 1),
      loadBefore: one.ownMs / (windowMs || 1),
      loadDuring: loadDuring(one),
    }))
    .sort((a, b) => fall(b) - fall(a))
  if (!most) return null
  const fellBy = fall(most) * windowMs
  return fellBy >= proves && fellBy >= explains * busyMs ? most : null
}

/** The verdict of the flight recorder, compared with the capture if there is one. */
export function findBefore(before: CpuAnalysis, during?: CpuAnalysis): Finding[] {
  const { windowMs, busyMs } = before
  const when = `in the ${duration(windowMs)} before the trigger`
  const idle = {
    kind: 'idle-before',
    text: `${when} the process was ${percent(1 - busyMs / (windowMs || 1))} idle`,
    data: { windowMs, busyMs },
  }
  const past = findPast(before, during)
  if (!past) return [idle]
  const { share, loadBefore, loadDuring } = past
  const text = `${when} ${sayFunction(past.function)} took ${percent(share)} of the busy time itself, which is ${percent(loadBefore)} of all the time${during ? `; during the capture it took ${percent(loadDuring)}` : ''}`
  return [{ kind: 'hot-before', text, data: { ...past.function, share, loadBefore, loadDuring } }, idle]
}

/** `in the 12.3 s before hotFunction (app.js:12) took 93% of the busy time`; `null` if no function stands out. */
export function sayBefore(before: CpuAnalysis, during?: CpuAnalysis): string | null {
  const past = findPast(before, during)
  if (!past) return null
  const { culprit } = before
  const who = culprit && isSame(culprit.function, past.function) ? sayCulprit(culprit) : sayFunction(past.function)
  return `in the ${duration(before.windowMs)} before ${who} took ${percent(past.share)} of the busy time`
}

function isSame(a: FunctionTime, b: FunctionTime): boolean {
  return a.name === b.name && a.file === b.file && a.line === b.line && a.column === b.column
}
