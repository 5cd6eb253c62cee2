import type { CaptureKind } from '../captures/capture.js'
import { type CaptureConditions, type CaptureOffer, expectedLength, offersOf } from '../captures/offers.js'
import { createPauses } from '../captures/pauses.js'
import { diskLeft, memoryLeft } from '../captures/room.js'
import type { ResolvedOptions } from '../options.js'
import type { ProfilerEngine } from '../profilers/profiler.js'
import type { ArtifactEntry } from '../store/manifest.js'
import type { Block } from './block.js'

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
  /** What makes CPU profiles in the app thread. */
  profiler: string
  isRecording: boolean
  blockedFor(): number
}

/** Knows what captures cost, and asks the app thread for nothing: what it has published is enough. */
export function createCaptureCosts({
  options,
  block,
  profiler,
  isRecording,
  blockedFor,
}: CaptureCostsParts): CaptureCosts {
  const pauses = createPauses()
  // As `captures/cpu-profile.ts` chooses.
  const isTaken = profiler === 'v8-profiler-next' && isRecording && options.cpuProfile.sampleInterval !== null

  function known(): Pick<CaptureConditions, 'heapBytes' | 'profiler' | 'pauses'> {
    const heap = block.get('heapUsedBytes')
    return {
      heapBytes: Number.isFinite(heap) ? Math.max(0, heap) : null,
      profiler: isTaken ? 'inspector' : (profiler as ProfilerEngine),
      pauses,
    }
  }

  return {
    offers: async () =>
      offersOf({
        ...known(),
        options,
        memoryLeft: memoryLeft(),
        diskLeft: await diskLeft(options),
        blockedFor: blockedFor(),
      }),
    expectedLength: (kinds, duration) => expectedLength(kinds, duration, known()),
    note: entries => pauses.note(entries, known().heapBytes),
  }
}
