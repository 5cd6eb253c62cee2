import { duration, percent } from '../lib/units.js'
import type { Finding } from '../model/manifest.js'
import type { CpuAnalysis, Culprit, FunctionTime } from './cpu.js'
import { sayCulprit, sayFunction } from './say-culprit.js'

/** Fewer milliseconds before the trigger prove nothing: five samples at the usual rate. */
const proves = 100

/** A smaller share of the busy time before the trigger proves nothing either. */
const explains = 0.1

/** A function that ran before the trigger, and runs less or not at all during the capture. */
export interface Past {
  function: FunctionTime
  /** As a share of the busy time before the trigger: own time, or total time if `spread` is present. */
  share: number
  /** The same time as a share of all the time, before the trigger and during the capture. */
  loadBefore: number
  loadDuring: number
  spread?: Culprit['spread']
}

/**
 * The function that lost the most time from the seconds before the trigger to the capture: it is the culprit of a spike
 * that was over too soon. It goes by total time if the time was spread over other functions. A function of a package
 * counts only if it was the culprit. `null` if no function lost enough.
 */
export function findPast(before: CpuAnalysis, during?: CpuAnalysis): Past | null {
  const { windowMs, busyMs, culprit } = before
  const fall = (past: Past) => past.loadBefore - past.loadDuring
  const isEnough = (past: Past) => fall(past) * windowMs >= proves && fall(past) * windowMs >= explains * busyMs
  if (culprit?.spread) {
    const { function: one, share, spread } = culprit
    const loadDuring = (during?.callers.find(other => isSame(one, other))?.totalMs ?? 0) / (during?.windowMs || 1)
    const past = { function: one, share, loadBefore: (share * busyMs) / (windowMs || 1), loadDuring, spread }
    if (isEnough(past)) return past
  }
  const [most] = before.functions
    .filter(one => one.owner === 'app' || (culprit && isSame(culprit.function, one)))
    .map(one => ({
      function: one,
      share: one.ownMs / (busyMs || 1),
      loadBefore: one.ownMs / (windowMs || 1),
      loadDuring: (during?.functions.find(other => isSame(one, other))?.ownMs ?? 0) / (during?.windowMs || 1),
    }))
    .sort((a, b) => fall(b) - fall(a))
  return most && isEnough(most) ? most : null
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
  const { share, loadBefore, loadDuring, spread } = past
  const how = spread ? 'with what it called' : 'itself'
  const text = `${when} ${sayFunction(past.function)} took ${percent(share)} of the busy time ${how}, which is ${percent(loadBefore)} of all the time${during ? `; during the capture it took ${percent(loadDuring)}` : ''}`
  const data = { ...past.function, share, loadBefore, loadDuring, ...(spread && { spread }) }
  return [{ kind: 'hot-before', text, data }, idle]
}

/**
 * `in the 12.3 s before hotFunction (app.js:12) took 93% of the busy time`; `null` if no function stands out, or if it
 * is the culprit of the capture too.
 *
 * @param isBlocked see `Question`
 */
export function sayBefore(before: CpuAnalysis, during?: CpuAnalysis, isBlocked = false): string | null {
  const past = findPast(before, during)
  if (!past || (during?.culprit && isSame(during.culprit.function, past.function))) return null
  const { culprit, gcMs, busyMs } = before
  const who = culprit && isSame(culprit.function, past.function) ? sayCulprit(culprit) : sayFunction(past.function)
  const share = `${percent(past.share)} of the busy time`
  const collections = sayCollections(gcMs, busyMs)
  if (isBlocked && runsNow(past, before))
    return `${who} is running: it took ${share} in the last ${duration(before.windowMs)}${collections}`
  return `in the ${duration(before.windowMs)} before ${who} took ${share}${collections}`
}

/** Whether a function of the seconds before is the one that blocks an event loop which has not come back since. */
export const runsNow = (past: Past, before: CpuAnalysis): boolean => before.last.some(one => isSame(one, past.function))

/** A smaller share of the busy time in garbage collection is not mentioned. */
const worthWord = 0.3

/** `, garbage collection 41% (2.1 s)` */
export const sayCollections = (gcMs: number, busyMs: number): string =>
  gcMs > worthWord * busyMs ? `, garbage collection ${percent(gcMs / busyMs)} (${duration(gcMs)})` : ''

export function isSame(a: FunctionTime, b: FunctionTime): boolean {
  return a.name === b.name && a.file === b.file && a.line === b.line && a.column === b.column
}
