import type { AppEngine } from '../model/cpu-profile.js'

/** One finished profile of the app thread, on its way to the ring of windows. */
export interface RecordedWindow {
  engine: AppEngine['engine']
  /** The raw profile; one string crosses threads ten times faster than the object. */
  json: string
  /** Microseconds, on the clock that V8's profiles use. */
  startedAt: number
  endedAt: number
  /** Milliseconds for which the app thread stood still to end this window and begin the next. */
  pauseMs: number
  /** The one before, which may have been lost: it ended so late that nobody may have waited for it. */
  earlier?: RecordedWindow
}
