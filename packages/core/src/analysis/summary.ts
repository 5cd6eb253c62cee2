import type { CaptureKind } from '../captures/capture.js'
import type { RequestsEvidence } from '../captures/requests.js'
import type { Sample } from '../metrics/sample.js'
import type { CpuProfile } from '../profilers/profiler.js'
import { withUnit } from '../rules/figures.js'
import type { ArtifactEntry, Finding, Summary, TriggerInfo } from '../store/manifest.js'
import { analyseCpu, type CpuAnalysis, type Culprit, type FunctionTime } from './cpu.js'
import { findInRequests, sayRequests } from './requests.js'
import { duration, percent } from './words.js'

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
  failures: ArtifactEntry[]
  /** @default process.cwd() */
  cwd?: string
}

/** Of a profile, what has to be busy before anybody is blamed. */
const worthBlame = 0.05

/**
 * What happened, in one sentence that names the culprit, and the findings behind it. It says only what the evidence
 * shows; where there is none it says what is missing.
 */
export function summarise(input: SummaryInput): Summary {
  const { trigger, evidence, failures, cwd = process.cwd() } = input
  const [profile] = (evidence.get('cpu-profile') ?? []) as CpuProfile[]
  const [requests] = (evidence.get('requests') ?? []) as RequestsEvidence[]
  const cpu = profile && analyseCpu(profile, cwd)
  const blockedFor = longestBlock(input)
  const failed = (kind: CaptureKind) => failures.find(failure => failure.kind === kind)?.error

  const findings: Finding[] = []
  if (blockedFor > 0) findings.push(blockFinding(blockedFor))
  if (cpu) findings.push(...findInCpu(cpu))
  if (requests) findings.push(...findInRequests(requests))
  for (const { kind, error } of failures)
    findings.push({ kind: 'artifact-failed', text: `${kind} could not be captured: ${error}` })

  const who = [
    cpu ? sayCpu(cpu) : missing('CPU profile', failed('cpu-profile')),
    requests ? sayInFlight(requests, trigger) : missing('table of requests', failed('requests')),
  ]
  // What was asked for comes first: for requests that pile up, that is the table.
  if (trigger.metric === 'inFlight' || trigger.metric === 'handles') who.reverse()
  const said = [...who, ...sayMissing(trigger)].filter(text => text !== null)
  return { text: `${capitalised(sayWhat(trigger, blockedFor))}${said.map(text => `; ${text}`).join('')}.`, findings }
}

/** How long the event loop was seen to be blocked, in milliseconds; it may have gone on during the capture. */
function longestBlock({ blockedFor, samples, at }: SummaryInput): number {
  return Math.max(blockedFor, ...samples.filter(sample => sample.at > at).map(sample => sample.blockedFor ?? 0))
}

function sayWhat({ metric, rule, value, mean, threshold, unit, reason }: TriggerInfo, blockedFor: number): string {
  const blocked = blockedFor > 0 ? `the event loop was blocked for at least ${duration(blockedFor)}` : null
  if (metric === null || value === null || unit === null)
    return [`captured by hand: ${reason}`, blocked].filter(Boolean).join('; ')
  const names: Record<string, string> = { eventLoopDelay: 'event loop delay', inFlight: 'requests in flight' }
  const name = names[metric] ?? metric
  const figures = [
    mean === null ? null : `mean ${withUnit(mean, unit)}`,
    threshold === null ? null : `${rule === 'watermark' ? 'watermark' : 'spike above'} ${withUnit(threshold, unit)}`,
  ].filter(Boolean)
  const risen = `${name} rose to ${withUnit(value, unit)} (${figures.join(', ')})`
  return blocked ? `${blocked}, ${risen}` : risen
}

function sayCpu(cpu: CpuAnalysis): string {
  const { windowMs, busyMs, gcMs, culprit } = cpu
  if (windowMs === 0) return 'the CPU profile holds no sample'
  if (busyMs < worthBlame * windowMs)
    return `the process was ${percent(1 - busyMs / windowMs)} idle during the profile, so no function stands out`
  const gc = gcMs > 0.3 * busyMs ? `, garbage collection ${percent(gcMs / busyMs)}` : ''
  if (!culprit) return `no single function stands out in the CPU profile${gc}`
  return `${sayCulprit(culprit)} took ${percent(culprit.share)} of the busy time${gc}`
}

function sayCulprit({ function: culprit, through, calledBy }: Culprit): string {
  const inside = through && !through.startsWith('(') ? `, mostly in ${through}` : ''
  const caller = calledBy ? `, called by ${sayFunction(calledBy)},` : inside ? ',' : ''
  return `${sayFunction(culprit)}${inside}${caller}`
}

function sayFunction({ name, file, line }: FunctionTime): string {
  return `${name} (${file}:${line})`
}

function sayInFlight(requests: RequestsEvidence, { metric }: TriggerInfo): string | null {
  const groups = sayRequests(requests)
  if (groups) return `${requests.total} ${requests.total === 1 ? 'request' : 'requests'} in flight, ${groups}`
  return metric === 'inFlight' ? 'they were gone when the table was taken' : null
}

function missing(what: string, error: string | undefined): string | null {
  return error === undefined ? null : `the ${what} failed: ${error}`
}

/** Memory: no evidence of who allocates is among the kinds that are captured. */
function sayMissing({ metric }: TriggerInfo): string[] {
  const memory = metric === 'rss' || metric === 'heap' || metric === 'gc'
  return memory ? ['who allocates is not known, since no heap profile was captured'] : []
}

function blockFinding(ms: number): Finding {
  const text = `the event loop was blocked for at least ${duration(ms)}`
  return { kind: 'event-loop-block', text, data: { ms } }
}

function findInCpu({ windowMs, busyMs, gcMs, functions }: CpuAnalysis): Finding[] {
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
