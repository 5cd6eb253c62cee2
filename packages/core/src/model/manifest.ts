import type { CaptureKind } from './capture-kind.js'
import type { Count } from './count.js'
import type { Fault } from './fault.js'
import type { Unit } from './metric.js'
import type { Sample } from './sample.js'
import type { RuleName } from './threshold.js'
import type { UploadTarget } from './upload-target.js'

/** Why a dump was made. */
export interface TriggerInfo {
  /** `null` for a manual one and for a crash. */
  metric: string | null
  rule: RuleName | 'manual' | 'crash'
  value: number | null
  /** Mean of `history`. */
  mean: number | null
  /**
   * The line that was crossed, in the unit of the metric: the watermark, or what the spike rule made of the mean. A leak
   * has none.
   */
  threshold: number | null
  unit: Unit | null
  /** The samples before, oldest first. */
  history: number[]
  /** One sentence with the figures that were compared, or what the person who asked for it said. */
  reason: string
}

export interface ArtifactEntry {
  file: string
  kind: CaptureKind
  phase: 'before' | 'during'
  /** Size and SHA-256 (hex) of the content itself, before compression. */
  bytes: Count
  sha256: string
  /** `gzip` when the file on disk is `<file>.gz`. */
  encoding?: 'gzip'
  /** Size on disk. */
  storedBytes: Count
  state: 'complete' | 'failed'
  error?: string
  pauseMs?: number
  /** Begin of the shown time (a profile: its first moment), ISO 8601, where it is of a time. @format date-time */
  startedAt?: string
  /** Of a heap profile: bytes between two samples, on average. */
  sampleInterval?: number
  engine?: string
  /** It has no strings of the app in it. */
  redacted?: true
  /** The worker thread that it is of, e.g. `worker 3 (resize)`; absent for the app thread and the process. */
  thread?: string
  /** In the dump of a crash: the unfinished dump that it was saved from. */
  salvagedFrom?: string
}

export interface Finding {
  /** E.g. `hot-function`, `request-group`, `event-loop-block`. */
  kind: string
  text: string
  /** The figures behind the text. */
  data?: Record<string, unknown>
}

export interface Summary {
  /** One line: what happened, how bad it is, and the culprit. Dumps of older versions lack it: see `headlineOf`. */
  headline?: string
  /** All that the evidence says, in sentences. */
  text: string
  findings: Finding[]
}

export interface ProcessInfo {
  pid: Count
  host: string
  node: string
  v8: string
  /** Seconds since the process started. */
  uptime: number
  labels: Record<string, string>
  /** The meaning of 100% for each percentage. */
  limits: Record<string, unknown>
}

export interface Manifest {
  id: string
  /** ISO 8601, UTC. @format date-time */
  createdAt: string
  state: 'complete' | 'partial' | 'failed'
  trigger: TriggerInfo
  process: ProcessInfo
  /** The metric ring: before the trigger and during the capture. */
  samples: Sample[]
  artifacts: ArtifactEntry[]
  summary: Summary
  /**
   * The fault, the same in every dump of it. Dumps of older versions have none, nor those by hand that accuse nobody.
   */
  fault?: Fault
  /** On disk: the bucket that the dump is for. Absent where its process had none. */
  uploadTo?: UploadTarget
  /** On disk, once the dump is in the bucket: since when (ISO 8601), and the address of its manifest. */
  uploaded?: { at: string; url: string }
}

/** A dump that is still being captured: what `GET /dumps/:id` answers until the manifest is there. */
export interface CapturingDump {
  id: string
  state: 'capturing'
  /** @format date-time */
  createdAt: string
  trigger: TriggerInfo
  /** The verdict of the recorder, a moment after the trigger; the dump's own summary may name a surer culprit. */
  firstSummary?: Summary
  /** The capture waits for these, e.g. `profiler reply`. */
  pending: string[]
  /** The kinds being captured; it may become more while it lasts. */
  kinds: CaptureKind[]
  /**
   * The captures that run right now, since when (ISO 8601), and the milliseconds that each should take. Others wait.
   */
  taking: { kind: CaptureKind; since: string; expectedMs: number }[]
  /** ISO 8601, when it should be over. @format date-time */
  endsAt: string
  /** The finished captures, in that order. `file` is empty where a kind has failed as a whole. */
  done: (Pick<ArtifactEntry, 'file' | 'kind' | 'state' | 'bytes'> & { pauseMs: number | null })[]
}
