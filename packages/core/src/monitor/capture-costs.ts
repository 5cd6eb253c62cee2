import { memoryLeft } from '../lib/memory-left.js'
import type { Block } from '../link/block.js'
import type { Equipment } from '../link/engine-calls.js'
import type { CaptureEstimate } from '../model/capture-estimate.js'
import type { CaptureKind, Without } from '../model/capture-kind.js'
import { sharesRate } from '../model/cpu-profile.js'
import type { ArtifactEntry, Manifest } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Store } from '../model/store.js'
import type { CaptureConditions } from './captures/capture.js'
import { estimatesOf, expectedLength, pauseNow } from './captures/capture-estimates.js'
import { createPauses, heapOf } from './captures/pauses.js'
import { diskLeft } from './captures/room.js'

export interface CaptureCosts {
  /** Estimates of the current cost of each kind of capture. */
  estimates(): Promise<CaptureEstimate[]>
  /** Milliseconds for which a kind should stop the app now; `null`: it is not known. */
  expectedPause(kind: CaptureKind): number | null
  /** Milliseconds until captures of these kinds should be over. */
  expectedLength(kinds: CaptureKind[], duration: number): number
  /** Whether a capture is allowed now, and stops the app for at most that many milliseconds as far as is known. */
  isCheap(kind: CaptureKind, ms: number): boolean
  /** Records the artifacts of a finished capture: their cost feeds the next estimate. */
  note(entries: ArtifactEntry[]): void
  /** Reads unseen dumps in the directory: their cost describes this machine. */
  learn(): Promise<void>
}

export interface CaptureCostsParts {
  options: ResolvedOptions
  block: Pick<Block, 'get'>
  without: Without
  /** That the process may use, 1 at most. */
  cores: number
  /** The engine that makes CPU profiles in the app thread. */
  equipment(): Equipment
  blockedFor(): number
  store: Pick<Store, 'list' | 'manifest'>
  onError(what: string, error: unknown): void
}

/** The number of dumps to read, newest first. */
const dumpsToLearnFrom = 20

/** Estimates the cost of captures. It asks the app thread for nothing: the published figures are enough. */
export function createCaptureCosts({
  options,
  block,
  without,
  cores,
  equipment,
  blockedFor,
  store,
  onError,
}: CaptureCostsParts): CaptureCosts {
  const pauses = createPauses()
  function known(): Pick<CaptureConditions, 'heapBytes' | 'profiler' | 'cores' | 'pauses'> {
    const { profiler, recorder } = equipment()
    // The same choice as in `captures/cpu-profile.ts`.
    const isTaken = sharesRate(profiler) && recorder.engine !== null && options.cpuProfile.sampleInterval !== null
    const heap = block.get('heapUsedBytes')
    return {
      heapBytes: Number.isFinite(heap) ? Math.max(0, heap) : null,
      profiler: isTaken ? 'inspector' : profiler,
      cores,
      pauses,
    }
  }

  const seen = new Set<string>()
  /** This process already knows its own captures. */
  const ownStart = Date.now() - process.uptime() * 1000
  const isOfOthers = (dump: Manifest) => dump.process.pid !== process.pid || Date.parse(dump.createdAt) < ownStart

  async function learn(): Promise<void> {
    try {
      const { dumps } = await store.list({ limit: dumpsToLearnFrom })
      for (const { id } of dumps.filter(({ id }) => !seen.has(id))) {
        seen.add(id)
        const manifest = await store.manifest(id)
        if (manifest && isOfOthers(manifest)) pauses.learn(manifest.artifacts, heapOf(manifest))
      }
    } catch (error) {
      onError('learn what captures have cost', error)
    }
  }

  return {
    learn,
    isCheap(kind, ms) {
      const now = known()
      if (now.heapBytes === null || blockedFor() > 0) return false
      const [estimate] = estimatesOf({
        ...now,
        options,
        without,
        memoryLeft: memoryLeft(),
        // The capture asks the disk itself.
        diskLeft: Number.POSITIVE_INFINITY,
        blockedFor: 0,
      }).filter(estimate => estimate.kind === kind)
      return estimate?.enabled === true && estimate.reason === null && (estimate.expectedPauseMs ?? 0) <= ms
    },
    async estimates() {
      await learn()
      return estimatesOf({
        ...known(),
        options,
        without,
        memoryLeft: memoryLeft(),
        diskLeft: await diskLeft(options),
        blockedFor: blockedFor(),
      })
    },
    expectedPause: kind => pauseNow(kind, known()),
    expectedLength: (kinds, duration) => expectedLength(kinds, duration, known()),
    note: entries => pauses.note(entries, known().heapBytes),
  }
}
