import type { Manifest, TriggerInfo } from '@autodump/core'

export type {
  Action,
  ArtifactEntry,
  BucketReplay,
  CaptureEstimate,
  CaptureKind,
  CapturingDump,
  ComparedShares,
  Decision,
  DumpEntry,
  DumpMoment,
  DumpPage,
  Facets,
  FaultGroup,
  FaultPatch,
  Faults,
  Finding,
  ListedInstance as Instance,
  Manifest,
  ReplayRequest,
  RuleName,
  RuleState,
  RunRecord,
  Sample,
  Samples,
  Session,
  Shares,
  Status,
  Threshold,
  Thresholds,
  TriggerInfo,
  Verdict,
} from '@autodump/core'

export type Unit = NonNullable<TriggerInfo['unit']>

export type { DumpEntry as ListedDump } from '@autodump/core'
export type StoredDump = Manifest & { pinned: boolean }
