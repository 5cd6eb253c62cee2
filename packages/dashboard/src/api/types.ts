import type { Manifest, TriggerInfo } from '@autodump/core'

export type {
  Action,
  ArtifactEntry,
  CaptureKind,
  CaptureOffer,
  CapturingDump,
  Decision,
  DumpEntry,
  DumpPage,
  Facets,
  FaultGroup,
  FaultPatch,
  Faults,
  Finding,
  ListedInstance as Instance,
  Manifest,
  RuleName,
  RuleState,
  RunRecord,
  Sample,
  Samples,
  Session,
  Status,
  Threshold,
  Thresholds,
  TriggerInfo,
  Verdict,
} from '@autodump/core'

export type Unit = NonNullable<TriggerInfo['unit']>

export type { DumpEntry as ListedDump } from '@autodump/core'
export type StoredDump = Manifest & { pinned: boolean }
