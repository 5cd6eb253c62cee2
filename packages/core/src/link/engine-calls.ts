import type { ProfilerEngine } from '../model/cpu-profile.js'
import type { FleetAnswer, FleetRequest, Instance } from '../model/fleet.js'
import type { ForwardableCalls } from '../model/forward.js'
import type { RecorderState } from '../model/status.js'
import type { RecordedWindow } from './recorded-window.js'

/** The means of the app thread for CPU profiles. */
export interface Equipment {
  /** The profiler that it offers. */
  profiler: ProfilerEngine
  recorder: RecorderState
}

/** The calls that the other thread may make to the engine. */
export interface EngineCalls extends ForwardableCalls {
  /** The app thread has chosen its profiler, which it does when the app has come to rest. */
  equipped(equipment: Equipment): Promise<void>
  /** Takes a window of the flight recorder. */
  recorded(window: RecordedWindow): Promise<void>
  /** See `Fleet.others`. */
  otherInstances(): Promise<Instance[]>
  /** See `Fleet.ask`. */
  askInstance(id: string, request: FleetRequest): Promise<FleetAnswer>
  /** The process was asked to end, and the app sees to it itself. */
  endAsked(): Promise<void>
  /** Cuts a capture in progress short, publishes it and ends everything. */
  stop(): Promise<void>
}

export interface Engine {
  calls: EngineCalls
  /** Detaches from the app thread at once, because the process is exiting. */
  detach(): void
}
