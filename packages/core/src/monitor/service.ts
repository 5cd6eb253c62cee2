import type { Logger } from '../lib/log.js'
import type { AppLink } from '../link/app-link.js'
import type { EngineData } from '../link/messages.js'
import type { RecordedWindow } from '../link/recorded-window.js'
import type { Role } from '../link/role.js'
import type { Manifest } from '../model/manifest.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Options } from '../model/options.js'
import type { ServiceStatus } from '../model/status.js'
import type { Store } from '../model/store.js'
import type { UploadMarks } from '../store/upload-marks.js'
import type { LiveProfiles } from './profiles/live-profiles.js'

/** The parts of the monitor that a service works with. */
export interface ServiceContext {
  /** The monitor as the engine's own thread has it: it answers while the app thread cannot. */
  api: MonitorApi
  data: EngineData
  store: Store
  /** Marks of the dumps that are in the bucket; `null` without a bucket. */
  uploads: UploadMarks | null
  /** Profiles of the running process. */
  live: LiveProfiles
  /** Announces a dump on disk that did not come from the pipeline. */
  announce(manifest: Manifest): void
  /** Hears of each window of the flight recorder. */
  onWindow(listener: (window: RecordedWindow) => void): void
  /** Hears when somebody has changed the thresholds. */
  onRetuned(listener: () => void): void
  /** Hears when the process was asked to end, and the app takes its time to do so. */
  onEndAsked(listener: () => void): void
  /** The link to the app thread. */
  openLink(): Promise<AppLink>
  /** The engine runs in the app thread, because there can be no monitor thread. */
  inAppThread: boolean
  /** The purpose of the process, as far as it is known. */
  role(): Role
  /** The app's logger. While the app thread is stuck, messages wait until it is free again. */
  logger: Logger
  /** Sets that part of the status. */
  report(part: Partial<ServiceStatus>): void
  /** Asks the app thread to start the monitor anew. */
  reconfigure(options: Options): void
  onError(what: string, error: unknown): void
  /** The work that had failed under that name succeeds again: the next failure is news. */
  onMended(what: string): void
}

/**
 * A long-lived part of the engine's thread beside the pipeline. It listens to the events of `context.api`, and keeps
 * neither the thread nor the process alive.
 */
export type Service = (context: ServiceContext) => Promise<RunningService>

export interface RunningService {
  /** Resolves when the service has released everything. */
  stop(): Promise<void>
}
