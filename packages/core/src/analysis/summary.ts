import { duration, percent, withUnit } from '../lib/units.js'
import type { AsyncStacksEvidence } from '../model/async-stacks.js'
import type { AsyncWaitEvidence } from '../model/async-wait.js'
import { type CaptureKind, evidenceKind } from '../model/capture-kind.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { HeapEvidence } from '../model/heap-profile.js'
import type { ArtifactEntry, Finding, Summary, TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import type { RequestsEvidence } from '../model/request-table.js'
import type { Sample } from '../model/sample.js'
import { ruleOf } from '../rules/table.js'
import { findInAsyncStacks, sayAsyncStacks } from './async-stacks.js'
import { findInAsyncWait, sayAsyncWait } from './async-wait.js'
import { findBefore, sayBefore } from './before.js'
import { analyseCpu, type CpuAnalysis, withoutOurCollections } from './cpu.js'
import { analyseHeap } from './heap.js'
import { asItIs, type OriginalOf } from './places.js'
import { findInRequests, sayInFlight, sayOutbound } from './requests.js'
import { sayCulprit, sayFunction } from './say-culprit.js'
import { findInHeap, sayMemory } from './say-memory.js'
import { findBlock, findBlocksBefore, findSince, saySince, sinceWhen } from './since.js'
import { findStarved } from './starved.js'
import { findInWorkers, isLoadElsewhere, isWorkerProfile, sayLoadElsewhere, sayWorkers } from './worker-threads.js'

export interface SummaryInput {
  trigger: TriggerInfo
  /** Before the trigger and since. */
  samples: Sample[]
  /** Epoch milliseconds of the trigger. */
  at: number
  /** Per kind, the `value` of each piece of evidence. */
  evidence: Map<CaptureKind, unknown[]>
  /** Milliseconds for which the app thread had been blocked at the trigger. */
  blockedFor: number
  /** Milliseconds for which the captures themselves held up the app thread, all together. @default 0 */
  pausedMs?: number
  failures: ArtifactEntry[]
  /** Cores of the CPU quota. @default null, for none */
  quota?: number | null
  /** The monitor thread's own observation as the rule fired; the sentence says it first. @default nothing */
  atTrigger?: Finding[]
  /** @default process.cwd() */
  cwd?: string
  /** Maps compiled functions to their source. @default nowhere */
  originalOf?: OriginalOf
}

/** The least busy share of a profile from which a function is blamed. */
const worthBlame = 0.05

/** Whether evidence of that kind tells most about the metric of the trigger. */
const leads = ({ metric }: TriggerInfo, kind: CaptureKind): boolean =>
  metric !== null && metricInfo(metric).leading.includes(kind)

/** A function with this share of the busy time during the capture is the culprit, despite anything that ran before. */
const beyondDoubt = 0.5

/**
 * One sentence that names the culprit, and the findings behind it. It says only what the evidence shows; without
 * evidence it says what is missing.
 */
export function summarise(input: SummaryInput): Summary {
  const { trigger, samples, at, evidence, pausedMs = 0, failures, cwd = process.cwd(), originalOf = asItIs } = input
  const profiles = evidence.get('cpu-profile') ?? []
  const ofWorkers = profiles.filter(isWorkerProfile)
  const [profile, recorded] = profiles.filter(value => !isWorkerProfile(value)) as (CpuProfile | undefined)[]
  const [requests] = (evidence.get('requests') ?? []) as RequestsEvidence[]
  const [stacks] = (evidence.get('async-stacks') ?? []) as AsyncStacksEvidence[]
  const [waits] = (evidence.get('async-wait') ?? []) as AsyncWaitEvidence[]
  const [heapFirst, heapLater] = (evidence.get('heap-profile') ?? []) as HeapEvidence[]
  const cpu = profile && withoutOurCollections(analyseCpu(profile, cwd, originalOf), pausedMs)
  const before = recorded && analyseCpu(recorded, cwd, originalOf)
  const heap = heapFirst && analyseHeap([heapFirst, heapLater], cwd, originalOf)
  const { ms: blockedFor, began } = longestBlock(input)
  const since = sinceWhen(trigger, samples, at)
  const missing = (kind: CaptureKind) => sayMissing(kind, failures)

  const block = { ms: blockedFor, began }
  const starved = findStarved({ trigger, samples, at, block, quota: input.quota ?? null })
  const aside = [...(input.atTrigger ?? []), ...starved]
  const findings: Finding[] = [...aside]
  if (blockedFor > 0) findings.push(findBlock(blockedFor, began))
  findings.push(...findBlocksBefore(samples, at, input.blockedFor))
  if (since) findings.push(findSince(trigger, since, at))
  if (cpu) findings.push(...findInCpu(cpu))
  if (before) findings.push(...findBefore(before, cpu))
  findings.push(...findInWorkers(ofWorkers, cwd, originalOf))
  if (heap) findings.push(...findInHeap(heap, heapLater ?? heapFirst))
  if (requests) findings.push(...findInRequests(requests, cwd, originalOf))
  if (stacks) findings.push(...findInAsyncStacks(stacks, cwd, originalOf))
  if (waits) findings.push(...findInAsyncWait(waits, cwd, originalOf))
  for (const { kind, error } of failures)
    findings.push({ kind: 'artifact-failed', text: `${kind} could not be captured: ${error}` })

  const waiting = stacks ? sayAsyncStacks(stacks, cwd, originalOf) : missing('async-stacks')
  const noTable = missing('requests')
  const inFlight = requests ? sayTable(requests, trigger, cwd, originalOf) : null
  const table =
    [inFlight && noTable ? `before it fell silent ${inFlight}` : inFlight, noTable].filter(Boolean).join('; ') || null
  const workers = sayWorkers(ofWorkers, cwd, originalOf)
  const lastSample = samples.findLast(sample => sample.at <= at)
  const elsewhere =
    trigger.metric === 'cpu' && lastSample && isLoadElsewhere(lastSample) ? sayLoadElsewhere(lastSample, workers) : null
  const alone = before && !cpu ? sayBefore(before) : null
  const noProfile = missing('cpu-profile')
  const inProfile = cpu ? sayCpu(cpu, before) : [alone, noProfile].filter(Boolean).join('; ') || null
  // The cause of the delay is elsewhere: the code in the thread ran too seldom.
  const isStarved = starved.some(({ kind }) => kind === 'starved')
  const running = elsewhere ? [elsewhere] : [inProfile, ...workers]
  const who = [...(isStarved ? [] : running), waiting, table]
  // Those show the current waits; a sum over the capture is the next best.
  if (waits && !waiting && !table) who.push(sayAsyncWait(waits, cwd, originalOf))
  who.push(missing('async-wait'))
  const memory = heap
    ? sayMemory(heap, heapLater ?? heapFirst, trigger.metric === 'heap')
    : (missing('heap-profile') ?? sayUnknown(trigger))
  // The leading evidence comes first: for requests that pile up, that is the table.
  if (leads(trigger, 'requests')) who.reverse()
  if (heap && leads(trigger, 'heap-profile')) who.unshift(memory)
  else who.push(memory)
  who.push(missing('heap-snapshot'))
  who.unshift(...aside.map(({ text }) => text))
  const said = who.filter(text => text !== null)
  const what = sayWhat(trigger, blockedFor, saySince(since, at), isStarved)
  return {
    // The sentence of a crash begins with the name of a program.
    text: `${trigger.rule === 'crash' ? what : capitalised(what)}${said.map(text => `; ${text}`).join('')}.`,
    findings,
  }
}

/** A heartbeat may be this many milliseconds late without a cause. */
const late = 100

/**
 * How long the event loop was blocked, in milliseconds, and since when; the block may have gone on during the capture.
 * A block no longer than the pauses of the captures does not count against the app.
 */
function longestBlock({ blockedFor, samples, at, pausedMs = 0 }: SummaryInput): { ms: number; began: number } {
  const blocks = samples
    .filter(sample => sample.at > at)
    .map(sample => ({ ms: sample.blockedFor ?? 0, began: sample.at - (sample.blockedFor ?? 0) }))
    .filter(({ ms }) => ms > pausedMs + (pausedMs > 0 ? late : 0))
  return blocks.reduce((a, b) => (b.ms > a.ms ? b : a), { ms: blockedFor, began: at - blockedFor })
}

function sayWhat(
  { metric, rule, value, mean, threshold, unit, reason }: TriggerInfo,
  blockedFor: number,
  since: string,
  isStarved: boolean,
): string {
  if (rule === 'crash') return reason
  const blocked =
    blockedFor > 0
      ? `the event loop ${isStarved ? 'stood still' : 'was blocked'} for at least ${duration(blockedFor)}`
      : null
  if (metric === null || value === null || unit === null)
    return [reason === 'by hand' ? 'captured by hand' : `captured by hand: ${reason}`, blocked]
      .filter(Boolean)
      .join('; ')
  const line = ruleOf(rule)?.line ?? null
  const figures = [
    mean === null ? null : `mean ${withUnit(mean, unit)}`,
    threshold === null ? null : `${line} ${withUnit(threshold, unit)}`,
  ].filter(Boolean)
  // For a leak the reached value tells little: the reason tells how fast it grows.
  const risen =
    line === null
      ? reason
      : `${metricInfo(metric).inSentence} rose to ${withUnit(value, unit)} (${figures.join(', ')})${since}`
  return blocked ? `${blocked}, ${risen}` : risen
}

/** `before`: the content of the flight recorder. It decides if the capture does not show the culprit. */
export function sayCpu(cpu: CpuAnalysis, before?: CpuAnalysis): string {
  const { windowMs, busyMs, gcMs, culprit } = cpu
  const past = before ? sayBefore(before, cpu) : null
  const but = past ? `, but ${past}` : ''
  if (windowMs === 0) return `the CPU profile holds no sample${but}`
  if (busyMs < worthBlame * windowMs)
    return `the process was ${percent(1 - busyMs / windowMs)} idle during the profile${but || ', so no function stands out'}`
  const gc = gcMs > 0.3 * busyMs ? `, garbage collection ${percent(gcMs / busyMs)}` : ''
  if (!culprit) return `no single function stands out in the CPU profile${gc}${but}`
  const now = `${sayCulprit(culprit)} took ${percent(culprit.share)} of the busy time${gc}`
  return culprit.share < beyondDoubt ? `${now}${but}` : now
}

function sayTable(
  requests: RequestsEvidence,
  trigger: TriggerInfo,
  cwd: string,
  originalOf: OriginalOf,
): string | null {
  const outbound = sayOutbound(requests, leads(trigger, 'requests'), cwd, originalOf)
  const gone =
    trigger.metric === 'inFlight' || trigger.metric === 'streams' ? 'they were gone when the table was taken' : null
  const inFlight = sayInFlight(requests, trigger.metric)
  return [inFlight ?? gone, outbound].filter(Boolean).join('; ') || null
}

function sayMissing(kind: CaptureKind, failures: ArtifactEntry[]): string | null {
  const error = failures.find(failure => failure.kind === kind)?.error
  return error === undefined ? null : `the ${evidenceKind(kind).inSentence} failed: ${error}`
}

function sayUnknown(trigger: TriggerInfo): string | null {
  return leads(trigger, 'heap-profile') ? 'who allocates is not known, since no heap profile was captured' : null
}

export function findInCpu({ windowMs, busyMs, gcMs, functions }: CpuAnalysis): Finding[] {
  const hot = functions.slice(0, 5).filter(({ ownMs }) => ownMs > 0.01 * busyMs)
  return [
    ...hot.map(one => ({
      kind: 'hot-function',
      text: `${sayFunction(one)}: ${percent(one.ownMs / busyMs)} of the busy time itself, ${percent(one.totalMs / busyMs)} with what it calls`,
      data: { ...one },
    })),
    ...(gcMs > 0.1 * busyMs
      ? [
          {
            kind: 'gc-share',
            text: `garbage collection took ${percent(gcMs / busyMs)} of the busy time`,
            data: { gcMs, busyMs },
          },
        ]
      : []),
    { kind: 'idle', text: `the process was ${percent(1 - busyMs / (windowMs || 1))} idle`, data: { windowMs, busyMs } },
  ]
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
