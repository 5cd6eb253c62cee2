import { heapProfileToPprof } from '../../formats/pprof/heap.js'
import { AutodumpError, messageOf } from '../../lib/errors.js'
import { within } from '../../lib/patience.js'
import type { SampledHeap } from '../memory/sample-heap.js'

/** A profile forces a collection. So two are at least a minute apart, and collections take at most a thousandth of the time. */
const atLeast = 60_000
const share = 1000

/** Milliseconds that an answer waits for the app thread. */
const patience = 20_000

export interface LiveHeapParts {
  /** Why there are no heap profiles; `null` if there are. */
  refusal(): string | null
  /** A dump is being captured: the app must not be held twice. */
  isCapturing(): boolean
  sample(): Promise<SampledHeap>
  /** Milliseconds that never go backwards. */
  now(): number
}

export interface LiveHeapProfile {
  bytes: Uint8Array
  /** Epoch milliseconds. */
  at: number
}

/** Heap profiles of the running process. Everybody gets the same one until the next may be taken. */
export function createLiveHeap({ refusal, isCapturing, sample, now }: LiveHeapParts) {
  let last: (LiveHeapProfile & { until: number }) | undefined
  let taking: Promise<LiveHeapProfile> | undefined

  async function take(): Promise<LiveHeapProfile> {
    const { profile, at, sampleInterval, pauseMs } = await sample()
    const bytes = heapProfileToPprof(profile, { time: at, ...(sampleInterval !== null && { sampleInterval }) })
    last = { bytes, at, until: now() + Math.max(atLeast, share * pauseMs) }
    return last
  }

  return {
    async pprof(): Promise<LiveHeapProfile> {
      const why = refusal()
      if (why !== null) throw new AutodumpError('NOT_FOUND', `there is no heap profile: ${why}`)
      if (last && (now() < last.until || isCapturing())) return last
      if (isCapturing()) throw new AutodumpError('BUSY', 'a dump is being captured: ask again when it is done')
      taking ??= take().finally(() => {
        taking = undefined
      })
      try {
        return await within(patience, taking, 'the app thread does not answer', false)
      } catch (error) {
        if (last) return last
        throw error instanceof AutodumpError ? error : new AutodumpError('BUSY', messageOf(error))
      }
    },
  }
}
