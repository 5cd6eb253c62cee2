import { mergeProfiles } from '../../formats/merge.js'
import { type CpuPprofOptions, cpuProfileToPprof } from '../../formats/pprof/cpu.js'
import type { LabelledTime } from '../../formats/pprof/split-by-time.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import { startOf } from '../profilers/start-of.js'
import { readWindow } from '../recorder/flight-recorder.js'

/** The limits of receivers (Pyroscope's, with room): samples, and bytes before compression. */
const most = { samples: 15_000, bytes: 3.5 * 1024 ** 2 }

/** Bytes of windows that wait for their turn: a usual minute is a tenth of it. */
const mostWaiting = 8 * 1024 ** 2

/** Collects the windows of the flight recorder for one push. */
export function createCollector() {
  let windows: RecordedWindow[] = []
  let bytes = 0
  return {
    add(window: RecordedWindow): void {
      windows.push(window)
      bytes += window.json.length
      while (bytes > mostWaiting && windows.length > 1) bytes -= windows.shift()?.json.length ?? 0
    },
    /** One profile of all windows since the last time, as gzipped pprof; `null` where there were none. */
    take(labelled: LabelledTime[]): Uint8Array | null {
      const taken = windows.toSorted((a, b) => a.startedAt - b.startedAt)
      windows = []
      bytes = 0
      if (taken.length === 0) return null
      const profile = mergeProfiles(taken.map(readWindow))
      return withinLimits(options => cpuProfileToPprof(profile, { time: startOf(profile), labelled, ...options }))
    },
  }
}

/** The largest form that receivers take. */
export function withinLimits(encode: (options: Pick<CpuPprofOptions, 'maxSamples'>) => Uint8Array): Uint8Array {
  for (let maxSamples = most.samples; ; maxSamples = maxSamples >> 1) {
    const encoded = encode({ maxSamples })
    if (sizeOf(encoded) <= most.bytes || maxSamples < 100) return encoded
  }
}

/** Bytes before compression: a gzip file ends with them. */
const sizeOf = (gzip: Uint8Array) =>
  Buffer.from(gzip.buffer, gzip.byteOffset, gzip.length).readUInt32LE(gzip.length - 4)
