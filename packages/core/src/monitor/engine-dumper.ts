import type { Block } from '../link/block.js'
import type { EngineData } from '../link/messages.js'
import { createNoted } from '../link/shared-note.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Sample } from '../model/sample.js'
import { uploadTargetOf } from '../model/upload-target.js'
import type { CaptureCosts } from './capture-costs.js'
import { affordablePause } from './captures/affordable-pause.js'
import { createDumper, type Dumper, type DumperParts } from './dumper.js'
import type { EngineHost } from './engine-host.js'
import { createHostLock } from './host-lock.js'
import { holdApp } from './memory/hold.js'
import type { FlightRecorder } from './recorder/flight-recorder.js'
import { createStuckApp } from './stuck-app.js'
import type { KnownWorkers } from './workers/known-workers.js'

export interface EngineDumperParts extends Pick<DumperParts, 'store' | 'samples' | 'onCapture' | 'onError'> {
  data: EngineData
  options: ResolvedOptions
  host: EngineHost
  block: Block
  recorder: FlightRecorder
  workers: KnownWorkers
  costs: CaptureCosts
  lastSample(): Sample | null | undefined
}

/** The dumper with all that its captures know of this process. */
export function createEngineDumper(parts: EngineDumperParts): Dumper {
  const { data, options, host, block, recorder, workers, costs, store, samples, onCapture, onError } = parts
  const inAppThread = host.beforeSample !== undefined
  return createDumper({
    store,
    options,
    without: data.without,
    limits: { ...data.limits },
    uploadTo: uploadTargetOf(options, data.instance.title),
    openLink: host.openLink,
    ...(host.openFrameReader && { stuck: createStuckApp(block, options.interval, host.openFrameReader) }),
    knownWorkers: workers.names,
    inAppThread,
    hostLock: createHostLock({ dir: options.dir, own: data.instance.id, onError }),
    // In the app thread the hold would delay the dump too.
    hold: link => (inAppThread ? () => {} : holdApp(block, link)),
    get recording() {
      return data.recorder.engine ? recorder.until : undefined
    },
    get recorded() {
      return data.recorder.engine ? recorder.soFar : undefined
    },
    ...(data.blackBox && { noted: createNoted(data.blackBox.note) }),
    samples,
    expectedPause: costs.expectedPause,
    affordablePause: early =>
      affordablePause(
        {
          streams: block.load('streams'),
          longPolls: block.load('longPolls'),
          inFlight: block.load('inFlight'),
          hanging: block.load('hanging'),
          utilization: busyOf(parts.lastSample()),
        },
        early,
      ),
    expectedLength: costs.expectedLength,
    onTaken: costs.note,
    onCapture,
    onError,
  })
}

/** Percent. On a busy machine the event loop is not idle either, however little it does. */
function busyOf(sample: Sample | null | undefined): number | null {
  const utilization = sample?.values.eventLoopUtilization ?? null
  return utilization === null ? null : Math.min(utilization, sample?.cpuThreads?.main ?? utilization)
}
