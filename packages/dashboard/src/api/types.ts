import type { Action, CaptureKind, CapturingDump, DumpEntry, Manifest, Sample, TriggerInfo } from '@autodump/core'

export type {
  Action,
  ArtifactEntry,
  CaptureKind,
  CapturingDump,
  Decision,
  DumpEntry,
  DumpPage,
  Finding,
  Manifest,
  RuleName,
  RuleState,
  Sample,
  Status,
  Threshold,
  Thresholds,
  TriggerInfo,
  Verdict,
} from '@autodump/core'

export type Unit = NonNullable<TriggerInfo['unit']>

/** Who looks, and what he may do. */
export interface Session {
  scheme: 'token' | 'authorize' | 'open'
  actions: Record<Action, boolean>
  canLogout: boolean
  version: string
  /** Id of the process that answers. */
  instance: string
  pid: number
  host: string
  prefix: string
}

/** What a capture of one kind would cost now. */
export interface CaptureOffer {
  kind: CaptureKind
  enabled: boolean
  reason: string | null
  stopsApp: boolean
  expectedPauseMs: number | null
  note: string | null
  /** Milliseconds; `null` for kinds that take no time of their own. */
  duration: number | null
  opensWith: string[]
}

export interface Samples {
  /** Milliseconds. */
  interval: number
  samples: Sample[]
}

/** A process among those that share the dump directory. */
export interface Instance {
  id: string
  pid: number
  host?: string
  title?: string
  script: string
  startedAt: string
  self: boolean
  condition: 'stopped' | 'starting' | 'running' | 'stopping' | 'blocked' | 'silent'
  error: string | null
  blockedFor: number | null
  sample: Sample | null
  capture: CapturingDump | null
  lastDump: { id: string; summary: string } | null
}

export type ListedDump = DumpEntry & { pinned: boolean }
export type StoredDump = Manifest & { pinned: boolean }
