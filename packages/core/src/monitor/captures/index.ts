import type { CaptureKind } from '../../model/capture-kind.js'
import { asyncStacksCapture } from './async-stacks.js'
import { asyncWaitCapture } from './async-wait.js'
import type { Capture } from './capture.js'
import { cpuProfileCapture } from './cpu-profile.js'
import { framesCapture } from './frames.js'
import { heapProfileCapture } from './heap-profile.js'
import { heapSnapshotCapture } from './heap-snapshot.js'
import { holdersCapture } from './holders.js'
import { reportCapture } from './report.js'
import { requestsCapture } from './requests.js'
import { traceCapture } from './trace.js'

/** The capture of each kind of evidence. A new kind is a file beside these and a line here. */
export const captures: Record<CaptureKind, Capture> = {
  'cpu-profile': cpuProfileCapture,
  requests: requestsCapture,
  frames: framesCapture,
  'async-stacks': asyncStacksCapture,
  'async-wait': asyncWaitCapture,
  'heap-profile': heapProfileCapture,
  'heap-snapshot': heapSnapshotCapture,
  holders: holdersCapture,
  trace: traceCapture,
  report: reportCapture,
}
