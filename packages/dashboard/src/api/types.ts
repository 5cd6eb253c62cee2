import type { Action, Manifest, Sample, TriggerInfo } from '@autodump/core'

export type {
  Action,
  ArtifactEntry,
  CaptureKind,
  CaptureOffer,
  CapturingDump,
  Decision,
  DumpEntry,
  DumpPage,
  Finding,
  FleetEntry as Instance,
  Manifest,
  RuleName,
  RuleState,
  RunRecord,
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

export interface Samples {
  /** Milliseconds. */
  interval: number
  samples: Sample[]
}

export type { DumpEntry as ListedDump } from '@autodump/core'
export type StoredDump = Manifest & { pinned: boolean }
