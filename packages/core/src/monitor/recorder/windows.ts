import type { RecordedWindow } from '../../link/recorded-window.js'

/** Bytes of JSON to keep at most; a window is seldom above 200 KB. */
const maxBytes = 32 * 1024 ** 2

export interface Windows {
  /** Returns whether it is a new one: a window that ended late may come twice. */
  add(window: RecordedWindow): boolean
  /** Oldest first. */
  list(): RecordedWindow[]
  bytes(): number
}

/** Keeps the windows that reach into the last `keepFor()` milliseconds before the newest one ended. */
export function createWindows(keepFor: () => number, limit = maxBytes): Windows {
  let kept: RecordedWindow[] = []
  const bytes = () => kept.reduce((sum, { json }) => sum + json.length, 0)
  return {
    add(window) {
      if (kept.some(({ startedAt }) => startedAt === window.startedAt)) return false
      // A window that was ended by hand may overtake one that was posted earlier.
      kept = [...kept, window].sort((a, b) => a.startedAt - b.startedAt)
      const newest = kept.at(-1) as RecordedWindow
      const from = newest.endedAt - keepFor() * 1000
      kept = kept.filter(({ endedAt }) => endedAt > from)
      while (kept.length > 1 && bytes() > limit) kept.shift()
      return true
    },
    list: () => kept,
    bytes,
  }
}
