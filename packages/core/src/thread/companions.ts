import type { MonitorApi } from '../http/monitor-api.js'
import type { AppLink } from '../profilers/app-link.js'
import type { EngineData } from './messages.js'

/** What a companion is given. */
export interface CompanionContext {
  /** The monitor as the engine's own thread has it: it answers while the app thread cannot. */
  api: MonitorApi
  data: EngineData
  /** The way to the app thread. */
  openLink(): Promise<AppLink>
  /** The engine runs in the app thread, because there can be no other. */
  inAppThread: boolean
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

const companions: Record<string, Companion> = {}

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
