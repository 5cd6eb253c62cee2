import { hostname } from 'node:os'
import { faultOf } from '../analysis/fault.js'
import type { OriginalOf } from '../analysis/places.js'
import { summarise } from '../analysis/summary.js'
import { isWorkerProfile } from '../analysis/worker-threads.js'
import type { Limits } from '../lib/limits.js'
import type { CaptureKind, Without } from '../model/capture-kind.js'
import type { Evidence } from '../model/evidence.js'
import type { ArtifactEntry, CapturingDump, Finding, Manifest, Summary } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import type { UploadTarget } from '../model/upload-target.js'
import { sayOff } from '../options/switches.js'

/** The result of one kind of capture. */
export interface Taken {
  kind: CaptureKind
  evidence: Evidence[]
  entries: ArtifactEntry[]
}

export interface DumpFacts {
  dump: CapturingDump
  taken: Taken[]
  /** Requested kinds that the options switch off, or that this process cannot capture. */
  off: CaptureKind[]
  without: Without
  samples: Sample[]
  /** Milliseconds for which the app thread had been blocked. */
  blockedFor: number
  /** See `SummaryInput.stillBlockedFor`. */
  stillBlockedFor: number
  /** See `SummaryInput.atTrigger`. */
  atTrigger: Finding[]
  isCutShort: boolean
  labels: Record<string, string>
  limits: Record<string, unknown>
  uploadTo: UploadTarget | null
  withSourceMaps(analyse: (originalOf: OriginalOf) => Summary): Promise<Summary>
}

/** The manifest of a dump whose artifacts are written: their content, and the trigger. */
export async function describeDump(facts: DumpFacts): Promise<Manifest> {
  const { dump, taken, off, samples, blockedFor } = facts
  const artifacts = taken.flatMap(({ entries }) => [...entries].sort(duringFirst))
  const summary = await facts.withSourceMaps(originalOf =>
    summarise({
      trigger: dump.trigger,
      samples,
      at: Date.parse(dump.createdAt),
      evidence: byKind(taken),
      blockedFor,
      stillBlockedFor: facts.stillBlockedFor,
      atTrigger: facts.atTrigger,
      quota: (facts.limits.cpu as Limits['cpu'] | undefined)?.quota ?? null,
      pausedMs: artifacts.reduce((sum, { pauseMs = 0 }) => sum + pauseMs, 0),
      failures: artifacts.filter(({ state }) => state === 'failed'),
      originalOf,
    }),
  )
  if (off.length > 0)
    summary.findings.push({ kind: 'switched-off', text: sayOff(off, facts.without), data: { kinds: off } })
  const fault = faultOf({ trigger: dump.trigger, summary })
  return {
    id: dump.id,
    createdAt: dump.createdAt,
    state: overall(artifacts, facts.isCutShort),
    trigger: dump.trigger,
    process: {
      pid: process.pid,
      host: hostname(),
      node: process.version,
      v8: process.versions.v8,
      uptime: Math.round(process.uptime()),
      labels: facts.labels,
      limits: facts.limits,
    },
    samples,
    artifacts,
    summary,
    ...(fault && { fault }),
    ...(facts.uploadTo && { uploadTo: facts.uploadTo }),
  }
}

/** A capture may bring evidence of another kind along. */
function byKind(taken: Taken[]): Map<CaptureKind, unknown[]> {
  const pieces = taken.flatMap(({ kind, evidence }) => evidence.map(one => ({ kind: one.kind ?? kind, one })))
  const kinds = new Set([...taken.map(({ kind }) => kind), ...pieces.map(({ kind }) => kind)])
  const ofKind = (kind: CaptureKind) => pieces.filter(piece => piece.kind === kind).map(({ one }) => one)
  return new Map([...kinds].map(kind => [kind, valuesOf(kind, ofKind(kind))]))
}

/**
 * The artifacts were written in the opposite order: recorded data is on disk at once. Readers take the first of a kind.
 */
const duringFirst = (a: ArtifactEntry, b: ArtifactEntry): number =>
  Number(a.phase === 'before') - Number(b.phase === 'before')

/**
 * The input of the analysis for a kind. For CPU profiles: the profile of the capture (`undefined` if there is none) and
 * the recorded one.
 */
function valuesOf(kind: CaptureKind, evidence: Evidence[]): unknown[] {
  const values = (phase: Evidence['phase']) => evidence.filter(one => one.phase === phase).map(({ value }) => value)
  const [during, before] = [values('during'), values('before').slice(-1)]
  if (kind !== 'cpu-profile') return during.length > 0 ? during : before
  const isOfApp = (value: unknown) => !isWorkerProfile(value)
  return [during.find(isOfApp), ...before, ...during.filter(isWorkerProfile)]
}

function overall(artifacts: ArtifactEntry[], cutShort: boolean): Manifest['state'] {
  // Only disabled kinds were requested: the samples are the dump.
  if (artifacts.length > 0 && !artifacts.some(({ state }) => state === 'complete')) return 'failed'
  return cutShort || artifacts.some(({ state }) => state === 'failed') ? 'partial' : 'complete'
}
