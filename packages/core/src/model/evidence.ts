import type { CaptureKind } from './capture-kind.js'

/** One file of evidence, as a capture hands it to the store. */
export interface Evidence {
  /** Its kind, where a capture brings evidence of another kind along. */
  kind?: CaptureKind
  /** Name within the dump, e.g. `requests.json`. */
  file: string
  /** Before the trigger (from a recorder) or during the capture. */
  phase: 'before' | 'during'
  content: string | Uint8Array | AsyncIterable<Uint8Array>
  /** The input of the analysis: the parsed form of `content`, or a digest of it. */
  value?: unknown
  /** How long the app thread stood still for it, in milliseconds. Read when `content` has been. */
  pauseMs?: number
  /** Begin of the shown time, in epoch milliseconds, where it is of a time. */
  startedAt?: number
  /** Of a heap profile: bytes between two samples, on average. */
  sampleInterval?: number
  /** Its maker, e.g. `v8-profiler-next`. */
  engine?: string
  /** The strings of the app were taken out of it. */
  redacted?: true
  /** The thread that it is of, where that is not the app thread. */
  thread?: string
}
