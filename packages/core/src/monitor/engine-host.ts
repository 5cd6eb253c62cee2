import type { AppLink } from '../link/app-link.js'
import type { EngineEvent } from '../link/messages.js'
import type { FrameReader } from './frames/frame-reader.js'

/** The thread that the engine runs in: the monitor thread, or the app thread if there can be no monitor thread. */
export interface EngineHost {
  /** The link to the app thread from the engine's thread. */
  openLink(): Promise<AppLink>
  /** Reads variables of the app thread; absent where the engine runs in that thread. */
  openFrameReader?(patience: number): Promise<FrameReader>
  /** Called before each sample if the engine runs in the app thread: the figures would be stale otherwise. */
  beforeSample?(): void
  /** Called before each sample if the engine has its own thread: the app may have closed descriptors meanwhile. */
  beforeFiles?(): void
  /** Gives back memory that the engine's thread needs no longer; absent in the app thread, which would stand still. */
  tidy?(): void
  emit(event: EngineEvent): void
}
