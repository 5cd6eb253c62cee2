import { captureKinds, evidenceKind, metricInfo } from '@autodump/core/rules'
import type { ArtifactEntry, Finding, Manifest, Sample } from '../api/types.ts'
import { kindTitle } from '../ui/format.ts'
import { groupBy } from './group.ts'

type Told = Pick<Manifest, 'createdAt' | 'trigger' | 'samples' | 'summary'>

/** When it went wrong, in epoch milliseconds: a crash is only found out at the next start. */
export function momentOf({ createdAt, trigger, samples, summary }: Told): number {
  if (trigger.rule === 'crash') {
    const died = summary.findings.find(({ kind }) => kind === 'crash')?.data?.at
    if (typeof died === 'number') return died
    const last = samples.at(-1)
    if (last) return last.at
  }
  return Date.parse(createdAt)
}

/** The last sample before it went wrong, `null` where there is none. */
export function sampleAtTrigger(dump: Told): Sample | null {
  const moment = momentOf(dump)
  return dump.samples.findLast(({ at }) => at <= moment) ?? null
}

/** The metrics with a chart: that of the trigger first, none without readings. */
export function chartedMetrics({ samples, trigger }: Pick<Manifest, 'samples' | 'trigger'>): string[] {
  const names = new Set(samples.flatMap(({ values }) => Object.keys(values)))
  return [...names]
    .filter(name => samples.some(({ values }) => typeof values[name] === 'number'))
    .sort((a, b) => Number(b === trigger.metric) - Number(a === trigger.metric))
}

/**
 * The facts that say the most at a glance: the metric of the trigger, else those that tell how the process was doing.
 */
export function leadingMetrics(manifest: Pick<Manifest, 'samples' | 'trigger'>): string[] {
  const metrics = chartedMetrics(manifest)
  const { metric } = manifest.trigger
  if (metric !== null && metrics.includes(metric)) return [metric]
  return ['cpu', 'heap', 'eventLoopDelay'].filter(name => metrics.includes(name))
}

/** Why a dump is not whole; `null` where it is. */
export function stateInWords(
  state: Manifest['state'],
  artifacts: Pick<ArtifactEntry, 'file' | 'kind' | 'state'>[],
): string | null {
  // A kind that failed as a whole has no file.
  const failed = artifacts.filter(({ state }) => state === 'failed').map(({ file, kind }) => file || kindTitle(kind))
  if (state === 'complete') return null
  if (state === 'failed') return 'nothing could be captured but the samples'
  if (failed.length === 0) return 'the capture was cut short'
  return `without ${failed.join(', ')}`
}

export interface FindingGroup {
  kind: string
  title: string
  findings: Finding[]
  /** The kind of artifact that shows more of it. */
  evidence: ArtifactEntry['kind'] | null
}

type Titles = Record<string, [title: string, evidence?: ArtifactEntry['kind']]>

/** Of each kind of evidence, the titles of its findings. */
const titlesOf = (which: 'culprits' | 'background', kinds: readonly ArtifactEntry['kind'][]): Titles =>
  Object.fromEntries(
    kinds.flatMap(kind =>
      Object.entries(evidenceKind(kind)[which] ?? {}).map(([finding, title]) => [finding, [title, kind] as const]),
    ),
  ) as Titles

const others = captureKinds.filter(kind => kind !== 'cpu-profile' && kind !== 'heap-profile')

const findingKinds: Titles = {
  crash: ['How it ended'],
  'last-words': ['Last words'],
  'last-dump': ['What its last dump says'],
  'event-loop-block': ['Event loop blocked'],
  starved: ['Starved of CPU time'],
  'cpu-wait': ['Waiting for a CPU'],
  descriptors: ['File descriptors'],
  'group-memory': ['Memory of the container'],
  ...titlesOf('culprits', ['cpu-profile', 'heap-profile']),
  memory: ['Memory'],
  ...titlesOf('culprits', others),
  since: ['Since when'],
  'event-loop-blocks-before': ['Blocked earlier'],
  'event-loop-block-after': ['Blocked during the captures'],
  starting: ['Still starting'],
  ...titlesOf('background', captureKinds),
  rule: ['The rules at the end'],
  'unfinished-dump': ['Captures cut short'],
  'cut-short': ['Cut short by a stop'],
  'artifact-failed': ['Not captured'],
  'switched-off': ['Switched off'],
}
const order = Object.keys(findingKinds)

const isCulprit = (finding: string, evidence: ArtifactEntry['kind']): boolean =>
  Object.hasOwn(evidenceKind(evidence).culprits ?? {}, finding)

/** By kind, findings that name a culprit before those that describe; first of all those about the metric of the trigger. */
export function groupFindings(findings: Finding[], metric: string | null): FindingGroup[] {
  const first = metric === null ? [] : metricInfo(metric).leading
  const rank = ({ kind, evidence }: FindingGroup) =>
    (order.includes(kind) ? order.indexOf(kind) : order.length) -
    (evidence && first.includes(evidence) && isCulprit(kind, evidence) ? order.length : 0)
  return [...groupBy(findings, ({ kind }) => kind)]
    .map(([kind, group]): FindingGroup => {
      const [title = sentence(kind), evidence = null] = findingKinds[kind] ?? []
      return { kind, title, findings: group, evidence }
    })
    .sort((a, b) => rank(a) - rank(b))
}

/** The artifact to open for a kind of evidence: taken during the capture rather than before. */
export function artifactOf(
  { artifacts }: Pick<Manifest, 'artifacts'>,
  kind: ArtifactEntry['kind'],
  phase?: ArtifactEntry['phase'],
) {
  const usable = artifacts.filter(one => one.kind === kind && one.state === 'complete')
  if (phase) return usable.find(one => one.phase === phase)
  return usable.find(one => one.phase === 'during') ?? usable[0]
}

const limitNames: Record<string, string> = { cpu: 'CPU', memory: 'memory', heap: 'heap' }

/** The whole of each percentage. */
export function limitsInWords(limits: Record<string, unknown>): [name: string, text: string][] {
  return Object.entries(limits).map(([name, limit]) => {
    const text = (limit as { text?: unknown } | null)?.text
    return [limitNames[name] ?? name, typeof text === 'string' ? text : JSON.stringify(limit)]
  })
}

/** `hot-function` as `Hot function`. */
const sentence = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('-', ' ')
