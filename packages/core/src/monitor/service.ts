import type { Logger } from '../lib/log.js'
import type { AppLink } from '../link/app-link.js'
import type { EngineData } from '../link/messages.js'
import type { Role } from '../link/role.js'
import type { Manifest } from '../model/manifest.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Options } from '../model/options.js'
import type { CompanionStatus } from '../model/status.js'
import type { Store } from '../model/store.js'
import type { UploadMarks } from '../store/upload-marks.js'

/** What a companion is given. */
export interface CompanionContext {
  /** The monitor as the engine's own thread has it: it answers while the app thread cannot. */
  api: MonitorApi
  data: EngineData
  store: Store
  /** What of it is in the bucket; `null` where there is none. */
  uploads: UploadMarks | null
  /** A dump that did not come from the pipeline is on disk: tells everybody. */
  announce(manifest: Manifest): void
  /** The way to the app thread. */
  openLink(): Promise<AppLink>
  /** The engine runs in the app thread, because there can be no other. */
  inAppThread: boolean
  /** What the process is for, as far as it is known. */
  role(): Role
  /** The app's logger: what is said while the app thread is stuck is logged when it is free again. */
  logger: Logger
  /** Sets that part of the status. */
  report(part: Partial<CompanionStatus>): void
  /** Asks the app thread to start the monitor anew. */
  reconfigure(options: Options): void
  onError(what: string, error: unknown): void
}

/**
 * Something that works beside the pipeline, in the engine's thread: it listens to the events of `context.api`, and keeps
 * neither the thread nor the process alive.
 */
export type Companion = (context: CompanionContext) => Promise<RunningCompanion>

export interface RunningCompanion {
  /** Resolves when it has let go of everything. */
  stop(): Promise<void>
}
