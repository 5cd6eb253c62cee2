import type { Crowded } from '../lib/room-for-thread.js'
import type { Block } from '../link/block.js'
import type { Engine, EngineCalls } from '../link/engine-calls.js'
import type { EngineData, EngineEvent } from '../link/messages.js'

export interface SupervisorParts {
  block: Block
  /** Milliseconds between samples. @default 1000 */
  interval?: number
  /** The data for the next thread. */
  engineData(): Omit<EngineData, 'thread'>
  /** Starts the engine in the app thread, where there can be no monitor thread. */
  startLocal(data: EngineData, emit: (event: EngineEvent) => void): Promise<Engine>
  /** Why no thread should be tried at all, or `null`. */
  threadless: string | null
  /** Why the container has no room for a thread now, `null` if it has. @param looks how often that was asked before */
  findCrowded?(looks: number): Crowded | null
  onEvent(event: EngineEvent): void
  /** A thread has come up, however long that took. */
  onUp?(): void
  /** The monitor thread is gone, perhaps in the middle of its work. */
  onDown?(): void
  onError(what: string, error: unknown): void
  /** Milliseconds for which the thread waits for its first call before it begins its work. @default 0 */
  dormantFor?: number
  /** The option of that name. */
  monitorThread?: string | null
  /** Milliseconds that a stop may take beyond the usual. @default 0 */
  stopLonger?: number
  /** Milliseconds that never go backwards. @default monotonic */
  now?: () => number
  /** For tests. @default thread/entry.js beside this file */
  entry?: URL
}

export interface Supervisor {
  /** Resolves when the engine runs, or after five seconds when it is slow to; never rejects. Keeps no process alive. */
  start(): Promise<void>
  /** Waits for the start where that is not over; rejects with `STOPPED` where it takes too long. */
  call<K extends keyof EngineCalls>(name: K, ...args: Parameters<EngineCalls[K]>): ReturnType<EngineCalls[K]>
  stop(): Promise<void>
  /** `sampling`: it is at work, as far as this thread can see. */
  state(): { mode: 'monitor-thread' | 'app-thread'; restarts: number; degraded: string | null; sampling: boolean }
}
