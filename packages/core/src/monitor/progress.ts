import type { CaptureKind } from '../model/capture-kind.js'
import type { ArtifactEntry, CapturingDump } from '../model/manifest.js'

/** A dump while it is being captured, as everybody sees it; what was handed out is never changed. */
export interface Progress {
  dump(): CapturingDump
  update(part: Partial<CapturingDump>): void
  /** A kind is being taken from now on, which should take so many milliseconds; again, where it had to wait. */
  taking(kind: CaptureKind, expectedMs: number): void
  /** Files are on disk, or have failed. */
  finished(entries: readonly ArtifactEntry[]): void
  /** Nothing more comes of that kind. */
  over(kind: CaptureKind): void
  /** Notes what one of the captures waits for, instead of what it waited for before. */
  waiter(): { waitsFor(): string | null; set(what: string | null): void }
}

/** @param onChange told of each change */
export function createProgress(
  begun: CapturingDump,
  onChange: (dump: CapturingDump) => void,
  now: () => number = Date.now,
): Progress {
  let dump = begun
  function update(part: Partial<CapturingDump>): void {
    dump = { ...dump, ...part }
    onChange(dump)
  }
  return {
    dump: () => dump,
    update,
    taking(kind, expectedMs) {
      const others = dump.taking.filter(one => one.kind !== kind)
      update({ taking: [...others, { kind, since: new Date(now()).toISOString(), expectedMs }] })
    },
    over(kind) {
      if (dump.taking.some(one => one.kind === kind)) update({ taking: dump.taking.filter(one => one.kind !== kind) })
    },
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
