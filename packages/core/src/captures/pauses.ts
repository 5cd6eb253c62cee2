import type { ArtifactEntry } from '../store/manifest.js'
import type { CaptureKind } from './capture.js'

/** How long the app stands still for a capture: so many milliseconds, and so many more for each MiB of its heap. */
export interface PauseModel {
  fixed: number
  perMiB: number
}

/**
 * Where nothing else is known, sums over a whole capture (`decisions/209`). Heaps of nothing but small objects, as
 * `bench/captures` has them, take up to twice as long.
 */
export const usualPauses: Record<CaptureKind, PauseModel> = {
  'cpu-profile': { fixed: 10, perMiB: 0 },
  requests: { fixed: 5, perMiB: 0 },
  'async-stacks': { fixed: 20, perMiB: 50 },
  'async-wait': { fixed: 50, perMiB: 0 },
  'heap-profile': { fixed: 10, perMiB: 2 },
  'heap-snapshot': { fixed: 20, perMiB: 50 },
  trace: { fixed: 10, perMiB: 0 },
  report: { fixed: 15, perMiB: 0 },
}

/** Where the inspector is the profiler, whose start goes through the heap. */
export const inspectorPause: PauseModel = { fixed: 40, perMiB: 0.8 }

/** What a capture of this process has cost. */
export interface MeasuredPause {
  /** Milliseconds. */
  pauseMs: number
  /** Of the JavaScript heap then; `null` where it was not known. */
  heapBytes: number | null
}

/** The last measured pause of each kind, and how many of a kind were taken. */
export interface Pauses {
  note(entries: readonly ArtifactEntry[], heapBytes: number | null): void
  last(kind: CaptureKind): MeasuredPause | undefined
  taken(kind: CaptureKind): number
}

export function createPauses(): Pauses {
  const last = new Map<CaptureKind, MeasuredPause>()
  const taken = new Map<CaptureKind, number>()
  return {
    note(entries, heapBytes) {
      const complete = entries.filter(({ state, phase }) => state === 'complete' && phase === 'during')
      const [first] = complete
      if (!first) return
      const { kind } = first
      taken.set(kind, (taken.get(kind) ?? 0) + 1)
      const measured = complete.flatMap(({ pauseMs }) => pauseMs ?? [])
      if (measured.length > 0) last.set(kind, { pauseMs: measured.reduce((a, b) => a + b), heapBytes })
    },
    last: kind => last.get(kind),
    taken: kind => taken.get(kind) ?? 0,
  }
}

const mib = 1024 ** 2

/**
 * Milliseconds for which a capture will stop the app, in all: by what the last one of this process took, in proportion to
 * the heap where that counts, else by what is usual. `null` where it depends on a heap that is not known.
 */
export function expectedPause(
  model: PauseModel,
  heapBytes: number | null,
  measured: MeasuredPause | undefined,
): { ms: number; perMiB: number; measured: boolean } | null {
  const { fixed, perMiB } = model
  if (perMiB === 0) return { ms: measured?.pauseMs ?? fixed, perMiB, measured: measured !== undefined }
  if (heapBytes === null) return null
  const heap = heapBytes / mib
  if (!measured?.heapBytes) return { ms: fixed + perMiB * heap, perMiB, measured: false }
  const rate = measured.pauseMs / (measured.heapBytes / mib)
  return { ms: rate * heap, perMiB: rate, measured: true }
}
