import type { RecordedWindow } from '../../link/recorded-window.js'

/** More than this much JSON is not kept, in bytes; a window is seldom above 200 KB. */
const maxBytes = 32 * 1024 ** 2

export interface Windows {
  add(window: RecordedWindow): void
  /** The oldest first. */
  list(): RecordedWindow[]
  bytes(): number
}

/** Keeps the windows that reach into the last `keepFor` milliseconds before the newest one ended. */
export function createWindows(keepFor: number, limit = maxBytes): Windows {
  let kept: RecordedWindow[] = []
  const bytes = () => kept.reduce((sum, { json }) => sum + json.length, 0)
  return {
    add(window) {
      // One that was ended by hand may overtake one that was posted before.
      kept = [...kept, window].sort((a, b) => a.startedAt - b.startedAt)
      const newest = kept.at(-1) as RecordedWindow
      kept = kept.filter(({ endedAt }) => endedAt > newest.endedAt - keepFor * 1000)
      while (kept.length > 1 && bytes() > limit) kept.shift()
    },
    list: () => kept,
    bytes,
  }
}
