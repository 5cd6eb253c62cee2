import type { CaptureKind } from '../../model/capture-kind.js'
import type { ArtifactEntry, Manifest } from '../../model/manifest.js'

/**
 * How long the app stands still for a whole capture: fixed milliseconds, plus milliseconds for each MiB of its heap
 * (`decisions/209`). Heaps of nothing but small objects, as `bench/captures` has them, take up to twice as long.
 */
export interface PauseModel {
  fixed: number
  perMiB: number
}

/** The price of V8's walk over the heap, before this machine and this heap have shown their own. */
export const snapshotPause: PauseModel = { fixed: 20, perMiB: 50 }

/** The costs of a capture of this process, or of one that has left a dump in the same directory. */
export interface MeasuredPause {
  /** Milliseconds. */
  pauseMs: number
  /** Of the JavaScript heap then; `null` where it was not known. */
  heapBytes: number | null
}

/** The conditions that make a measured pause comparable with the next one. */
export interface PauseLike {
  heapBytes?: number | null
  /** The engine; by default any. */
  engine?: string | undefined
}

/** The measured pauses of each kind, and how many of a kind this process has taken. */
export interface Pauses {
  /** A capture of this process has ended. */
  note(entries: readonly ArtifactEntry[], heapBytes: number | null): void
  /** The artifacts of an earlier dump, in any order. Earlier calls count more. */
  learn(entries: readonly ArtifactEntry[], heapBytes: number | null): void
  /** The newest with a heap of about the size, else the newest. */
  last(kind: CaptureKind, like?: PauseLike): MeasuredPause | undefined
  taken(kind: CaptureKind): number
}

/** Pauses of one kind that are remembered. */
const remembered = 20

/** A pause grows with the heap, but unevenly: a pause counts as comparable up to this ratio of heap sizes. */
const alike = 2

export function createPauses(): Pauses {
  const known = new Map<CaptureKind, (MeasuredPause & { engine: string | undefined })[]>()
  const taken = new Map<CaptureKind, number>()

  const isMeasured = ({ state, phase }: ArtifactEntry) => state === 'complete' && phase === 'during'
  function pauseOf(complete: readonly ArtifactEntry[], heapBytes: number | null) {
    const measured = complete.flatMap(({ pauseMs }) => pauseMs ?? [])
    return measured.length > 0
      ? [{ pauseMs: measured.reduce((a, b) => a + b), heapBytes, engine: complete[0]?.engine }]
      : []
  }

  return {
    note(entries, heapBytes) {
      const complete = entries.filter(isMeasured)
      const [first] = complete
      if (!first) return
      const { kind } = first
      taken.set(kind, (taken.get(kind) ?? 0) + 1)
      known.set(kind, [...pauseOf(complete, heapBytes), ...(known.get(kind) ?? [])].slice(0, remembered))
    },
    learn(entries, heapBytes) {
      const complete = entries.filter(isMeasured)
      for (const kind of new Set(complete.map(entry => entry.kind))) {
        const ofKind = complete.filter(entry => entry.kind === kind)
        known.set(kind, [...(known.get(kind) ?? []), ...pauseOf(ofKind, heapBytes)].slice(0, remembered))
      }
    },
    last(kind, { heapBytes = null, engine } = {}) {
      const fitting = (known.get(kind) ?? []).filter(one => !engine || !one.engine || one.engine === engine)
      const ratio = (one: MeasuredPause) => Math.abs(Math.log((one.heapBytes ?? 0) / (heapBytes ?? 0)))
      return fitting.find(one => ratio(one) <= Math.log(alike)) ?? fitting[0]
    },
    taken: kind => taken.get(kind) ?? 0,
  }
}

/**
 * The app's heap when a dump began, in bytes; `null` if the manifest does not tell. The manifest has the share of V8's
 * limit, and that limit.
 */
export function heapOf({ createdAt, samples, process }: Pick<Manifest, 'createdAt' | 'samples' | 'process'>) {
  const limit = (process.limits.heap as { bytes?: unknown } | undefined)?.bytes
  const share = samples.findLast(({ at, values }) => at <= Date.parse(createdAt) && values.heap != null)?.values.heap
  return typeof limit === 'number' && share != null ? (share / 100) * limit : null
}

const mib = 1024 ** 2

/**
 * Milliseconds for which a capture will stop the app, in all: from the last pause, in proportion to the heap if that
 * counts, else the usual pause. `null` if it depends on an unknown heap.
 *
 * @param cores that the process may use, 1 at most: a quota of less makes the usual pause longer
 */
export function expectedPause(
  model: PauseModel,
  heapBytes: number | null,
  measured: MeasuredPause | undefined,
  cores = 1,
): { ms: number; perMiB: number; measured: boolean } | null {
  const { fixed, perMiB } = model
  if (perMiB === 0) return { ms: measured?.pauseMs ?? fixed, perMiB, measured: measured !== undefined }
  if (heapBytes === null) return null
  const heap = heapBytes / mib
  if (!measured?.heapBytes) return { ms: fixed + (perMiB / cores) * heap, perMiB: perMiB / cores, measured: false }
  const rate = measured.pauseMs / (measured.heapBytes / mib)
  return { ms: rate * heap, perMiB: rate, measured: true }
}
