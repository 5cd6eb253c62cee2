import { mergeProfiles } from '../../formats/merge.js'
import { normaliseProfile } from '../../formats/normalise.js'
import { parseProfile } from '../../formats/parse-profile.js'
import { late, orLate } from '../../lib/patience.js'
import type { AppLink } from '../../link/app-link.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import type { CpuProfile } from '../../model/cpu-profile.js'
import type { RecorderState } from '../../model/status.js'
import { whenFree, wholeTimes } from '../profilers/hook-profiler.js'
import { createWindows } from './windows.js'

/**
 * Milliseconds that the app thread may take to change windows. In a native call it takes as long as the call does, and
 * then the window shows its caller; the capture could not begin sooner either.
 */
const patience = 30_000

export interface Recording {
  profile: CpuProfile
  engine: RecordedWindow['engine']
  /** Milliseconds for which the app thread stood still; 0 if it was not asked. */
  pauseMs: number
}

export interface FlightRecorder {
  /** Takes a finished window from the app thread. */
  add(window: RecordedWindow): void
  /**
   * The profile of the app thread until now: at least the last two windows, once that much was recorded. The window in
   * progress is ended for it, also while the event loop is blocked; in a native call it is left out after 30 s. `null`
   * if nothing was recorded.
   */
  until(link: AppLink): Promise<Recording | null>
  /** The same without asking the app thread, and so without the window in progress. */
  soFar(): Recording | null
  /** For the status. */
  kept(): { windows: number; bytes: number }
}

/** The monitor thread's side of the flight recorder: keeps the last windows and makes one profile of them. */
export function createFlightRecorder(options: {
  state: RecorderState
  /** Milliseconds. */
  window: number
  /** Hears of each window once, also of those that a capture ended. */
  onWindow?(window: RecordedWindow): void
  onError(what: string, error: unknown): void
  /** For tests. @default 30_000 */
  patience?: number
}): FlightRecorder {
  const windows = createWindows(() => 2 * options.window)

  function add(window: RecordedWindow): void {
    if (windows.add(window)) options.onWindow?.(window)
  }

  async function rotate(link: AppLink): Promise<number> {
    const asked = whenFree(() => link.call('recorder.rotate')).then(window => {
      const { earlier, ...newest } = window
      if (earlier) add(earlier)
      add(newest)
      return window.pauseMs
    })
    try {
      const pauseMs = await orLate(options.patience ?? patience, asked)
      return pauseMs === late ? 0 : pauseMs
    } catch (error) {
      options.onError('read the flight recorder', error)
      return 0
    } finally {
      asked.catch(() => {}) // The reply may be late, and the link closed by then.
    }
  }

  function recording(pauseMs: number): Recording | null {
    const kept = windows.list()
    const [first] = kept
    return first ? { profile: mergeProfiles(kept.map(readWindow)), engine: first.engine, pauseMs } : null
  }

  return {
    add,
    until: async link => (options.state.engine ? recording(await rotate(link)) : null),
    soFar: () => recording(0),
    kept: () => ({ windows: windows.list().length, bytes: windows.bytes() }),
  }
}

/** The profile in a window. */
export function readWindow({ json, engine, startedAt }: RecordedWindow): CpuProfile {
  return wholeTimes(normaliseProfile(parseProfile(json), engine), startedAt)
}
