import { adminServer } from '../admin-server/companion.js'
import { blackBox } from '../black-box/companion.js'
import { configFile } from '../config/companion.js'
import { controlSocket } from '../control/control-socket.js'
import type { MonitorApi } from '../http/monitor-api.js'
import type { Logger } from '../log.js'
import { startNotifications } from '../notify/notifications.js'
import type { Options } from '../options.js'
import type { AppLink } from '../profilers/app-link.js'
import type { Manifest } from '../store/manifest.js'
import type { Store } from '../store/store.js'
import type { EngineData } from './messages.js'
import type { Role } from './role.js'
import type { CompanionStatus } from './status.js'

/** What a companion is given. */
export interface CompanionContext {
  /** The monitor as the engine's own thread has it: it answers while the app thread cannot. */
  api: MonitorApi
  data: EngineData
  store: Store
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

const companions: Record<string, Companion> = {
  // First, so that it hears of dumps that the others make.
  notifications: startNotifications,
  'admin server': adminServer,
  'configuration file': configFile,
  'black box': blackBox,
  'control socket': controlSocket,
}

/** Starts every companion; one that fails to start or to stop leaves the others and the engine alone. */
export async function startCompanions(context: CompanionContext): Promise<RunningCompanion> {
  const running: [string, RunningCompanion][] = []
  for (const [name, start] of Object.entries(companions)) {
    try {
      running.push([name, await start(context)])
    } catch (error) {
      context.onError(`start the ${name}`, error)
    }
  }
  return {
    async stop() {
      await Promise.all(
        running.map(([name, one]) => one.stop().catch(error => context.onError(`stop the ${name}`, error))),
      )
    },
  }
}
