import type { ArtifactEntry, CapturingDump } from '../store/manifest.js'

/** A dump while it is being captured, as everybody sees it; what was handed out is never changed. */
export interface Progress {
  dump(): CapturingDump
  update(part: Partial<CapturingDump>): void
  /** Files of a kind are on disk, or have failed. */
  finished(entries: readonly ArtifactEntry[]): void
  /** Notes what one of the captures waits for, instead of what it waited for before. */
  waiter(): { waitsFor(): string | null; set(what: string | null): void }
}

/** @param onChange told of each change */
export function createProgress(begun: CapturingDump, onChange: (dump: CapturingDump) => void): Progress {
  let dump = begun
  function update(part: Partial<CapturingDump>): void {
    dump = { ...dump, ...part }
    onChange(dump)
  }
  return {
    dump: () => dump,
    update,
    finished(entries) {
      const more = entries.map(({ file, kind, state, bytes, pauseMs = null }) => ({
        file,
        kind,
        state,
        bytes,
        pauseMs,
      }))
      update({ done: [...dump.done, ...more] })
    },
    waiter() {
      let waitsFor: string | null = null
      return {
        waitsFor: () => waitsFor,
        set(what) {
          if (what === waitsFor) return
          const others = dump.pending.filter(other => other !== waitsFor)
          waitsFor = what
          update({ pending: what ? [...others, what] : others })
        },
      }
    },
  }
}
