import { createHash } from 'node:crypto'
import type { CaptureKind } from '../model/capture-kind.js'
import type { Fault } from '../model/fault.js'
import type { Finding, Manifest, TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import { anonymous } from './places.js'
import { inOrder } from './read-evidence.js'
import { leads } from './said.js'

/** The findings that name one culprit, by kind of evidence, the surest first. */
const naming: Partial<Record<CaptureKind, readonly string[]>> = {
  'cpu-profile': ['spin', 'culprit', 'hot-before', 'gc-share'],
  'async-stacks': ['waiting-function'],
  requests: ['outbound-group', 'request-group'],
  holders: ['holder'],
  'heap-profile': ['allocator'],
}

/** Waits and memory explain their own metrics only; code that ran and the route of the requests explain any. */
const explainOwnMetric = new Set(['waiting-function', 'outbound-group', 'holder', 'allocator'])

/**
 * The fault that a dump shows; none where somebody asked for a dump and it accuses nobody. The fingerprint goes by names
 * that stay: no line, since each release moves those, no host, no figures. Error trackers group by the same parts of a
 * stack.
 */
export function faultOf({ trigger, summary }: Pick<Manifest, 'trigger' | 'summary'>): Fault | undefined {
  const { metric, rule } = trigger
  const culprit = culpritIn(trigger, summary.findings)
  if (rule === 'manual' && culprit === null) return undefined
  const family = (metric === null ? null : metricInfo(metric).family) ?? metric ?? rule
  // A spike and a watermark are two ways to see one fault.
  const kind = rule === 'spike' || rule === 'watermark' ? 'level' : rule
  const hash = createHash('sha256').update(JSON.stringify([family, kind, culprit ?? '']))
  return { fingerprint: hash.digest('hex').slice(0, 12), title: culprit === null ? titleOf(trigger) : inWords(culprit) }
}

/** A function without a name is called by its file: the line is no part of a fault. */
const inWords = (culprit: string): string =>
  culprit.startsWith(`${anonymous} (`) ? `a function in ${culprit.slice(anonymous.length + 2, -1)}` : culprit

/** Where nobody is to blame. */
function titleOf({ metric }: TriggerInfo): string {
  if (metric !== null) return `${metricInfo(metric).title}, culprit unknown`
  return 'Crash, cause unknown'
}

/** The evidence counts in the order of the sentences, and a machine that is too busy before any code, as in the headline. */
function culpritIn(trigger: TriggerInfo, findings: Finding[]): string | null {
  const cause = findings.find(({ kind }) => kind === 'crash')?.data?.cause
  if (trigger.rule === 'crash') return typeof cause === 'string' ? cause : null
  const kinds = inOrder({ trigger }).flatMap(evidence =>
    (naming[evidence] ?? []).filter(kind => leads(trigger, evidence) || !explainOwnMetric.has(kind)),
  )
  for (const kind of ['starved', ...kinds]) {
    const name = nameIn(findings.find(one => one.kind === kind && accuses(trigger, one)))
    if (name !== null) return name
  }
  return null
}

/** In a dump that somebody asked for, code is a fault from this share of all the time on. */
const worthBlame = 0.1

/** At any moment some requests are in flight and some function runs: where nothing went wrong, only much of it accuses. */
function accuses({ rule }: TriggerInfo, { kind, data = {} }: Finding): boolean {
  if (rule !== 'manual') return true
  if (kind === 'request-group') return data.piledUp === true
  if (kind === 'gc-share') return false
  const load = kind === 'culprit' ? data.load : kind === 'hot-before' ? data.loadBefore : undefined
  return typeof load !== 'number' || load >= worthBlame
}

interface Code {
  name?: unknown
  file?: unknown
  path?: unknown
}

/** `hash (src/orders.js)`, `GET /orders/:id`, `postgres db.local:5432`. */
function nameIn(finding: Finding | undefined): string | null {
  if (!finding) return null
  const { kind, data = {} } = finding
  if (kind === 'starved') return 'the machine or the CPU quota'
  const own = (data.function ?? data) as Code
  const caller = data.calledBy as Code | null | undefined
  // A callback is called by the function that it stands in, as in the headline.
  const code = own.name === anonymous && caller?.file === own.file ? (caller as Code) : own
  if (typeof code.path === 'string') return code.path
  if (typeof code.name === 'string')
    return typeof code.file === 'string' && code.file ? `${code.name} (${code.file})` : code.name
  if (typeof data.route === 'string') return `${data.method} ${data.route}`
  if (typeof data.target === 'string') return `${data.kind} ${data.target}`
  return null
}
