import { duration, percent } from '../lib/units.js'
import type { AsyncWaitEvidence } from '../model/async-wait.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { Finding } from '../model/manifest.js'
import { type HeapGrowth, heapGrowth } from './allocating.js'
import { findBefore, findPast, isSame, type Past, runsNow, sayBefore, sayCollections } from './before.js'
import { collectsMuch, muchGc, sayAllocating, sayHeapGrowth, whoCollects } from './collecting.js'
import { analyseCpu, type CpuAnalysis, withoutOurCollections } from './cpu.js'
import { type Culprit, explicable } from './culprit.js'
import { nameCulprit, nameFunction } from './name-culprit.js'
import { asksForCpu, type Question, type Said } from './said.js'
import { findSpread, sayCulprit, sayFunction } from './say-culprit.js'
import { sinceWhen } from './since.js'
import { countedSpinner, findSpin, nameSpin, saySpin, surerSpinner, utilizationIn } from './spin.js'
import {
  findInWorkers,
  isLoadElsewhere,
  isWorkerProfile,
  sayHelpers,
  sayLoadElsewhere,
  sayWorkers,
} from './worker-threads.js'

/** The least busy share of a profile from which a function is blamed. */
const worthBlame = 0.05

/** The least busy share of a profile from which its functions are worth a word where the CPU is not the question. */
const worthWord = 0.3

/** The share of the busy time during the capture from which a function is the culprit, despite anything that ran before. */
const much = 0.5

/**
 * The profiles of the app thread (during the capture, before it) and of worker threads.
 *
 * @param waits the callbacks that the app asked for, where that was watched
 */
export function readCpu(values: unknown[], question: Question, waits?: AsyncWaitEvidence): Said {
  const { trigger, samples, at, pausedMs, isStarved, isBlocked, cwd, originalOf } = question
  const ofWorkers = values.filter(isWorkerProfile)
  const [profile, recorded] = values.filter(value => !isWorkerProfile(value)) as (CpuProfile | undefined)[]
  const before = recorded && analyseCpu(recorded, cwd, originalOf)
  const since = profile && withoutOurCollections(analyseCpu(profile, cwd, originalOf), pausedMs)
  const counted = waits ? countedSpinner(waits, cwd, originalOf) : null
  const cpu = since && { ...since, spinner: counted ?? surerSpinner(since.spinner, before?.spinner ?? null) }
  const utilization = utilizationIn(samples, at)
  const findings = [
    ...(cpu ? [...findSpin(cpu, utilization), ...findInCpu(cpu)] : []),
    ...(before ? findBefore(before, cpu) : []),
    ...findInWorkers(ofWorkers, cwd, originalOf),
  ]
  const workers = sayWorkers(ofWorkers, cwd, originalOf)
  const lastSample = samples.findLast(sample => sample.at <= at)
  if (trigger.metric === 'cpu' && lastSample && isLoadElsewhere(lastSample)) {
    const [first = '', ...more] = sayLoadElsewhere(lastSample, workers).split('; ')
    return {
      findings,
      sentences: [first, ...more],
      who: [more[0] ?? first],
      ...(more.length === 0 && { isElsewhere: true }),
    }
  }
  if (isStarved) return { findings, sentences: [], who: [] }
  const spin = cpu ? saySpin(cpu, utilization) : null
  const overMs = overFor(question)
  const past = before ? sayBefore(before, undefined, isBlocked) : null
  const said = spin ?? (cpu ? sayCpu(cpu, before, asksForCpu(trigger), overMs) : past)
  const helping = trigger.metric === 'cpu' && lastSample ? sayHelpers(lastSample) : null
  const isCollecting = helping !== null || (cpu !== undefined && collectsMuch(cpu))
  const growth = isCollecting && asksForCpu(trigger) ? heapGrowth(samples, at) : null
  const inProfile = cpu
    ? whoInCpu(cpu, pastOf(cpu, before, overMs), before, growth)
    : whoBefore(before ? findPast(before) : null, before, isBlocked)
  return {
    findings,
    sentences: [said, growth && sayHeapGrowth(growth), helping, ...workers].filter(text => text !== null),
    who: cpu && spin ? nameSpin(cpu) : inProfile,
  }
}

/**
 * @param before the content of the flight recorder: it decides if the capture does not show the culprit
 * @param overMs for how long the metric was over its line at the trigger, if that is known
 * @param isAsked whether the CPU is the question; if not, only a function that keeps it busy is worth a word
 */
export function sayCpu(cpu: CpuAnalysis, before?: CpuAnalysis, isAsked = true, overMs?: number): string | null {
  const { windowMs, busyMs, gcMs, culprit } = cpu
  const past = pastOf(cpu, before, overMs) ? sayBefore(before as CpuAnalysis, cpu) : null
  const but = past ? `, but ${past}` : ''
  if (!isAsked && (!culprit || busyMs < worthWord * windowMs || culprit.share < worthWord)) return null
  if (windowMs === 0) return `the CPU profile holds no sample${but}`
  if (busyMs < worthBlame * windowMs)
    return `the process was ${percent(1 - busyMs / windowMs)} idle during the profile${but || ', so no function stands out'}`
  const collections = sayCollections(gcMs, busyMs)
  const gc = collections && collections + sayAllocating(cpu)
  const none = 'no single function stands out'
  // The first profile of a block that is over, or that began before the profile: the one before has the culprit.
  if (!culprit) return past ? `${past}, and ${none} since${gc}` : `${none} in the CPU profile${gc}`
  const now = `${sayCulprit(culprit)} took ${percent(culprit.share)} of the busy time${gc}`
  return isBeyondDoubt(culprit) ? now : `${now}${but}`
}

/** A function of a package that nothing of the app calls is what serves every request: it explains nothing that is over. */
const isBeyondDoubt = ({ function: { owner }, share, calledBy }: Culprit): boolean =>
  share >= much && (owner === 'app' || calledBy !== null)

/** Milliseconds for which the metric was over its line at the trigger, the sample before it included; 0: it is not known. */
function overFor({ trigger, samples, at }: Question): number {
  const since = sinceWhen(trigger, samples, at)
  return since?.after ? at - since.after : 0
}

/**
 * The functions that ran before, if they are news: another function than the culprit, in a process that had something
 * to do.
 *
 * @param overMs a function that is over so soon explains as much of that time, not of all seconds before
 */
function pastOf(cpu: CpuAnalysis, before: CpuAnalysis | undefined, overMs = 0): Past | null {
  const past = before ? findPast(before, cpu) : null
  if (!before || !past) return null
  const window = overMs > 0 ? Math.min(overMs, before.windowMs) : before.windowMs
  if (past.loadBefore * before.windowMs < worthBlame * window) return null
  const { culprit } = cpu
  const isKnown = [culprit?.function, culprit?.calledBy].some(
    one => one && one.name === past.function.name && one.file === past.function.file,
  )
  return isKnown ? null : past
}

/** The share of the busy time from which a headline names a function: nobody can change a package that somebody calls. */
function isSure({ function: { owner }, share, calledBy, spread }: Culprit, cpu: CpuAnalysis): boolean {
  // Who made the garbage explains its part of the time better than anybody explains the rest.
  const goesByRest = (owner === 'app' || spread !== undefined) && cpu.allocating === null
  const part = goesByRest ? (share * cpu.busyMs) / explicable(cpu.busyMs, cpu.gcMs) : share
  return part >= (owner === 'app' ? 0.2 : calledBy ? worthWord : much)
}

function whoInCpu(
  cpu: CpuAnalysis,
  past: Past | null,
  before: CpuAnalysis | undefined,
  growth: HeapGrowth | null,
): string[] {
  const { windowMs, busyMs, gcMs, culprit } = cpu
  const isBusy = busyMs >= worthBlame * windowMs
  const sure = culprit && isBusy && isSure(culprit, cpu) ? culprit : null
  if (past && (!sure || !isBeyondDoubt(sure))) return whoBefore(past, before)
  const gc = gcMs > muchGc * busyMs ? `${percent(gcMs / busyMs)} garbage collection` : null
  if (!sure) return isBusy ? whoCollects(cpu, growth, cpu.busiest ?? before?.busiest ?? null) : []
  const names = nameCulprit(sure)
  const share = `${percent(sure.share)} of the busy time`
  const [full = ''] = names
  return [...(gc ? [`${full}, ${share}, plus ${gc}`, `${full}, plus ${gc}`] : [`${full}, ${share}`]), ...names]
}

function whoBefore(past: Past | null, before: CpuAnalysis | undefined, isBlocked = false): string[] {
  if (!past) return []
  const culprit = before?.culprit
  const around = before?.callbacks?.find(one => isSame(one.function, past.function))?.around
  const named = around ? { ...around, line: past.function.line } : past.function
  const names = culprit && isSame(culprit.function, past.function) ? nameCulprit(culprit) : [nameFunction(named)]
  if (isBlocked && before && runsNow(past, before)) return names
  return [...names.flatMap(name => [`${name} in the seconds before`, `${name} just before`]), ...names]
}

export function findInCpu(cpu: CpuAnalysis): Finding[] {
  const { windowMs, busyMs, gcMs, allocating, culprit, functions } = cpu
  const hot = functions.slice(0, 5).filter(({ ownMs }) => ownMs > 0.01 * busyMs)
  return [
    ...findSpread(culprit),
    ...hot.map(one => ({
      kind: 'hot-function',
      text: `${sayFunction(one)}: ${percent(one.ownMs / busyMs)} of the busy time itself, ${percent(one.totalMs / busyMs)} with what it calls`,
      data: { ...one },
    })),
    ...(culprit
      ? [
          {
            kind: 'culprit',
            text: `${sayCulprit(culprit).replace(/,$/, '')}: ${percent(culprit.share)} of the busy time`,
            // Of all the time: a function of an idle process explains nothing.
            data: { ...culprit, load: (culprit.share * busyMs) / (windowMs || 1) },
          },
        ]
      : []),
    ...(gcMs > 0.1 * busyMs
      ? [
          {
            kind: 'gc-share',
            text: `garbage collection took ${percent(gcMs / busyMs)} of the busy time, ${duration(gcMs)}${sayAllocating(cpu)}`,
            data: { gcMs, busyMs, ...(allocating && { function: allocating.function }) },
          },
        ]
      : []),
    ...(windowMs > 0
      ? [{ kind: 'idle', text: `the process was ${percent(1 - busyMs / windowMs)} idle`, data: { windowMs, busyMs } }]
      : []),
  ]
}
