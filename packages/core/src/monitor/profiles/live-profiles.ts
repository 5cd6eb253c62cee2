import { monotonic } from '../../lib/clock/monotonic.js'
import { AutodumpError } from '../../lib/errors.js'
import type { AppLink } from '../../link/app-link.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import type { CpuProfile } from '../../model/cpu-profile.js'
import type { LiveProfileKind } from '../../model/live-profile.js'
import type { PprofFile } from '../../model/monitor-api.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { RecorderState } from '../../model/status.js'
import { sampleHeap } from '../memory/sample-heap.js'
import { chooseProfiler } from '../profilers/choose.js'
import { createLiveCpu } from './live-cpu.js'
import { createLiveHeap, type LiveHeapProfile } from './live-heap.js'

/** Seconds of a CPU profile where nobody says: as in Go. */
const usualSeconds = 30

/** Microseconds between samples where no recorder runs: as in Go. */
const usualInterval = 10_000

/** The profiles of the running process, for requests and for the receivers that they are pushed to. */
export interface LiveProfiles {
  hear(window: RecordedWindow): void
  get(kind: LiveProfileKind, seconds?: number): Promise<PprofFile>
  heap(): Promise<LiveHeapProfile>
  close(): void
}

export function createLiveProfiles(parts: {
  options: Pick<ResolvedOptions, 'recorder' | 'heapProfile'>
  state: RecorderState
  openLink(): Promise<AppLink>
  rotate(link: AppLink): Promise<unknown>
  isCapturing(): boolean
}): LiveProfiles {
  const { options, state, openLink, rotate, isCapturing } = parts
  const cpu = createLiveCpu({
    isRecording: () => state.engine !== null,
    window: options.recorder.window,
    openLink,
    rotate,
    record,
    now: () => monotonic() * 1000,
  })
  const heap = createLiveHeap({
    refusal: () => (options.heapProfile.enabled ? null : 'heapProfile.enabled is false'),
    isCapturing,
    async sample() {
      const link = await openLink()
      try {
        return await sampleHeap(link)
      } finally {
        link.close()
      }
    },
    now: monotonic,
  })
  return {
    hear: cpu.hear,
    heap: heap.pprof,
    async get(kind, seconds = usualSeconds) {
      if (kind === 'heap') return { name: 'heap.pb.gz', bytes: (await heap.pprof()).bytes }
      // A second profile beside that of a dump would hold the app once more.
      if (!state.engine && isCapturing())
        throw new AutodumpError('BUSY', 'a dump is being captured: ask again when it is done')
      return { name: 'cpu.pb.gz', bytes: await cpu.pprof(seconds) }
    },
    close: cpu.close,
  }
}

async function record(link: AppLink, ms: number, signal: AbortSignal): Promise<CpuProfile> {
  const running = await chooseProfiler('inspector').start(link, { sampleInterval: usualInterval })
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms).unref()
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
  return (await running.stop()).profile
}
