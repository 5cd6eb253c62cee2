import { capitalised } from '../lib/text.js'
import { duration, withUnit } from '../lib/units.js'
import { type CaptureKind, evidenceKind } from '../model/capture-kind.js'
import type { ArtifactEntry, Finding, Summary, TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import type { Sample } from '../model/sample.js'
import { ruleOf } from '../rules/table.js'
import { findCollectionsInBlock } from './collections.js'
import { composeHeadline, fit } from './headline.js'
import { asItIs, type OriginalOf } from './places.js'
import { inOrder, readEvidence, sentencesOf } from './read-evidence.js'
import type { Question } from './said.js'
import { findBlock, findBlockAfter, findBlocksBefore, findSince, saySince, sinceWhen } from './since.js'
import { type Delayed, findStarved } from './starved.js'

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
  /** Milliseconds for which that block has lasted by now; the dump is still being captured. @default nobody looked */
  stillBlockedFor?: number
  /** Milliseconds for which the captures themselves held up the app thread, all together. @default 0 */
  pausedMs?: number
  failures: ArtifactEntry[]
  /** Cores of the CPU quota. @default null, for none */
  quota?: number | null
  /** The monitor thread's own observation as the rule fired; the sentence says it first. @default nothing */
  atTrigger?: Finding[]
  /** Of a crash: its forms, the longest first. @default made from the evidence */
  headlines?: string[]
  /** @default process.cwd() */
  cwd?: string
  /** Maps compiled functions to their source. @default nowhere */
  originalOf?: OriginalOf
}

/**
 * One line that names the culprit, sentences with all facts, and the findings behind them. They say only what the
 * evidence shows; without evidence they name the missing kinds.
 */
export function summarise(input: SummaryInput): Summary & { headline: string } {
  const { trigger, samples, at, evidence, pausedMs = 0, failures, cwd = process.cwd(), originalOf = asItIs } = input
  const { atTrigger = [], quota = null, stillBlockedFor = 0 } = input
  const isBlocked = stillBlockedFor > 0
  const { block, later } = blocksOf(input)
  const since = sinceWhen(trigger, samples, at)
  const asked = { trigger, samples, at, pausedMs, isBlocked, cwd, originalOf }
  const { said, waits, question } = readStarved(evidence, asked, { trigger, samples, at, block, quota })
  const starved = waits.find(isStarving)
  const aside = [...waits, ...findCollectionsInBlock(samples, block)]

  const findings: Finding[] = [...atTrigger, ...aside]
  if (block.ms > 0) findings.push(findBlock(block.ms, block.began, isBlocked))
  findings.push(...findBlocksBefore(samples, at, input.blockedFor))
  if (later) findings.push(findBlockAfter(later.ms, later.began))
  if (since) findings.push(findSince(trigger, since, at))
  findings.push(...[...said.values()].flatMap(one => one.findings))
  for (const { kind, error } of failures)
    findings.push({ kind: 'artifact-failed', text: `${kind} could not be captured: ${error}` })

  const sentences = [
    ...sayWhat(trigger, block.ms, saySince(since, at), question),
    ...[...atTrigger, ...(starved ? aside : [])].map(({ text }) => text),
    ...sentencesOf(said, failures, question),
    // A wait that is not the cause comes last.
    ...(starved ? [] : aside).map(({ text }) => text),
  ]
  const headline = composeHeadline({
    trigger,
    blockedFor: block.ms,
    isBlocked,
    starved,
    atTrigger,
    said,
    order: inOrder(question),
  })
  return { headline: input.headlines ? fit(input.headlines) : headline, text: toText(sentences, trigger), findings }
}

const isStarving = ({ kind }: Finding) => kind === 'starved'

/** The evidence, as it reads where the thread was starved or was not; and the thread was where the evidence names nobody. */
function readStarved(evidence: SummaryInput['evidence'], asked: Omit<Question, 'isStarved'>, delayed: Delayed) {
  const read = (waits: Finding[]) => {
    const question: Question = { ...asked, isStarved: waits.some(isStarving) }
    return { waits, question, said: readEvidence(evidence, question) }
  }
  const first = read(findStarved(delayed))
  const profile = first.said.get('cpu-profile')
  const isNobody = profile !== undefined && profile.findings.length > 0 && (profile.who ?? []).length === 0
  if (first.question.isStarved || !isNobody) return first
  const waits = findStarved({ ...delayed, isNobody })
  return waits.some(isStarving) ? read(waits) : first
}

/** The sentence of a crash begins with the name of a program, a custom metric with its own name. */
function toText([first = '', ...others]: string[], { rule }: TriggerInfo): string {
  const begin = rule === 'crash' ? first : first.charAt(0).toUpperCase() + first.slice(1)
  return [begin, ...others.map(capitalised)].map(text => (/[.!?…]$/.test(text) ? text : `${text}.`)).join(' ')
}

/** A heartbeat may be this many milliseconds late without a cause. */
const late = 100

/** Kinds whose capture may hold the app thread for long. One that failed does not say for how long it did. */
const holdsApp = (kind: CaptureKind) => kind === 'heap-profile' || evidenceKind(kind).stopsApp === true

interface LoopBlock {
  ms: number
  /** Epoch milliseconds. */
  began: number
}

/**
 * How long the event loop was blocked at the trigger, and since when; the block may have gone on during the capture, less
 * the pauses of the captures themselves. A block that began after the trigger did not cause it: it is `later`, if
 * the captures were not what it was.
 */
function blocksOf({ blockedFor, stillBlockedFor, samples, at, pausedMs = 0, failures }: SummaryInput): {
  block: LoopBlock
  later: LoopBlock | null
} {
  const known: LoopBlock = { ms: stillBlockedFor || blockedFor, began: at - blockedFor }
  if (failures.some(({ kind }) => holdsApp(kind))) return { block: known, later: null }
  const seen = samples
    .filter(sample => sample.at > at)
    .map(({ at: until, blockedFor: ms = 0 }) => ({ ms: ms - pausedMs, began: until - ms }))
    .filter(({ ms }) => ms > (pausedMs > 0 ? late : 0))
  const longest = (blocks: LoopBlock[]) => blocks.reduce<LoopBlock | null>((a, b) => (a && a.ms >= b.ms ? a : b), null)
  const then = longest(seen.filter(({ began }) => began <= at))
  return {
    block: then && then.ms > known.ms ? then : known,
    later: longest(seen.filter(({ began }) => began > at)),
  }
}

function sayWhat(
  { metric, rule, value, mean, threshold, unit, reason }: TriggerInfo,
  blockedFor: number,
  since: string,
  { isStarved, isBlocked }: Pick<Question, 'isStarved' | 'isBlocked'>,
): string[] {
  if (rule === 'crash') return [reason]
  const blocked = blockedFor > 0 ? [sayBlocked(blockedFor, isStarved, isBlocked)] : []
  if (metric === null || value === null || unit === null)
    return [reason === 'by hand' ? 'captured by hand' : `captured by hand: ${reason}`, ...blocked]
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
  return [...blocked, risen]
}

function sayBlocked(ms: number, isStarved: boolean, isBlocked: boolean): string {
  if (isBlocked)
    return `the event loop has ${isStarved ? 'stood still' : 'been blocked'} for ${duration(ms)} and still ${isStarved ? 'does' : 'is'}`
  return `the event loop ${isStarved ? 'stood still' : 'was blocked'} for at least ${duration(ms)}`
}
