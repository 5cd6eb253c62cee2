import type { CaptureKind } from '../model/capture-kind.js'
import type { ArtifactEntry, CapturingDump } from '../model/manifest.js'

/** The progress of a dump, as all readers see it; a returned object never changes. */
export interface Progress {
  dump(): CapturingDump
  update(part: Partial<CapturingDump>): void
  /** A kind's capture begins now, and should take this many milliseconds; called again if it had to wait. */
  taking(kind: CaptureKind, expectedMs: number): void
  /** Files are on disk, or have failed. */
  finished(entries: readonly ArtifactEntry[]): void
  /** No more artifacts of that kind will come. */
  over(kind: CaptureKind): void
  /** Notes the current wait of one capture, in place of the previous one. */
  waiter(): { waitsFor(): string | null; set(what: string | null): void }
}

/** @param onChange called on each change */
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
