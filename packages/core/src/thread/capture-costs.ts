import type { CaptureKind } from '../captures/capture.js'
import { type CaptureConditions, type CaptureOffer, expectedLength, offersOf } from '../captures/offers.js'
import { createPauses } from '../captures/pauses.js'
import { diskLeft, memoryLeft } from '../captures/room.js'
import type { Without } from '../captures/switches.js'
import type { ResolvedOptions } from '../options.js'
import type { ArtifactEntry } from '../store/manifest.js'
import type { Block } from './block.js'
import type { Equipment } from './messages.js'

export interface CaptureCosts {
  /** What a capture of each kind would cost now. */
  offers(): Promise<CaptureOffer[]>
  /** Milliseconds until captures of these kinds should be over. */
  expectedLength(kinds: CaptureKind[], duration: number): number
  /** The artifacts of a capture that has ended: the next estimate goes by what they have cost. */
  note(entries: ArtifactEntry[]): void
}

export interface CaptureCostsParts {
  options: ResolvedOptions
  block: Pick<Block, 'get'>
  without: Without
  /** What makes CPU profiles in the app thread. */
  equipment(): Equipment
  blockedFor(): number
}

/** Knows what captures cost, and asks the app thread for nothing: what it has published is enough. */
export function createCaptureCosts({
  options,
  block,
  without,
  equipment,
  blockedFor,
}: CaptureCostsParts): CaptureCosts {
  const pauses = createPauses()
  function known(): Pick<CaptureConditions, 'heapBytes' | 'profiler' | 'pauses'> {
    const { profiler, recorder } = equipment()
    // As `captures/cpu-profile.ts` chooses.
    const isTaken =
      profiler === 'v8-profiler-next' && recorder.engine !== null && options.cpuProfile.sampleInterval !== null
    const heap = block.get('heapUsedBytes')
    return {
      heapBytes: Number.isFinite(heap) ? Math.max(0, heap) : null,
      profiler: isTaken ? 'inspector' : profiler,
      pauses,
    }
  }

  return {
    offers: async () =>
      offersOf({
        ...known(),
        options,
        without,
        memoryLeft: memoryLeft(),
        diskLeft: await diskLeft(options),
        blockedFor: blockedFor(),
      }),
    expectedLength: (kinds, duration) => expectedLength(kinds, duration, known()),
    note: entries => pauses.note(entries, known().heapBytes),
  }
}
