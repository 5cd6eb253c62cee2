import type { Capture, CaptureKind } from './capture.js'
import { cpuProfileCapture } from './cpu-profile.js'
import { reportCapture } from './report.js'
import { requestsCapture } from './requests.js'

/** How each kind of evidence is taken. A new kind is a file beside these and a line here. */
export const captures: Record<CaptureKind, Capture> = {
  'cpu-profile': cpuProfileCapture,
  requests: requestsCapture,
  report: reportCapture,
}
