import type { WithSourceMaps } from '../analysis/source-maps.js'
import type { AppLink } from '../link/app-link.js'
import type { CaptureKind, Without } from '../model/capture-kind.js'
import type { ArtifactEntry, CapturingDump, Finding, TriggerInfo } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Sample } from '../model/sample.js'
import type { Store } from '../model/store.js'
import type { UploadTarget } from '../model/upload-target.js'
import type { CaptureContext } from './captures/capture.js'
import type { HostLock } from './host-lock.js'

export interface DumpRequest {
  trigger: TriggerInfo
  kinds: CaptureKind[]
  /** Milliseconds. The options give the default. */
  duration?: number
  /** Milliseconds for which the app thread has been blocked. */
  blockedFor: number
  /** The process may die soon: waits for nothing. */
  urgent?: boolean
  /** See `CaptureContext.workers`. */
  workers?: CaptureContext['workers']
  /** See `SummaryInput.atTrigger`. */
  atTrigger?: Finding[]
}

export interface DumpParts
  extends Pick<
    CaptureContext,
    'stuck' | 'knownWorkers' | 'recording' | 'recorded' | 'noted' | 'expectedPause' | 'affordablePause'
  > {
  store: Store
  options: ResolvedOptions
  /** Kinds that this process cannot capture: the options have them off. */
  without: Without
  limits: Record<string, unknown>
  /** The bucket that the dumps are for. */
  uploadTo: UploadTarget | null
  openLink(): Promise<AppLink>
  /** The engine runs in the app thread, which must not stand still for long. */
  inAppThread: boolean
  /** Holds the app thread until the returned function is called. */
  hold(link: AppLink): () => void
  /** One process of the host at a time runs the captures that would hurt together. */
  hostLock: HostLock
  /** Milliseconds until captures of these kinds should be over. */
  expectedLength(kinds: CaptureKind[], duration: number): number
  withSourceMaps: WithSourceMaps
  /** The samples from `since` on (monotonic milliseconds), and some before. */
  samples(since: number): Sample[]
  /** Called on each change while the dump is captured. */
  onProgress(dump: CapturingDump): void
  /** Called with the artifacts of each finished capture. */
  onTaken(entries: ArtifactEntry[]): void
  onError(what: string, error: unknown): void
}
