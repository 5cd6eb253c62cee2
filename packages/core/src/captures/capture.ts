import type { ResolvedOptions } from '../options.js'
import type { AppLink } from '../profilers/app-link.js'
import type { TriggerInfo } from '../store/manifest.js'

/** The kinds of evidence, in the order in which a dump lists them. */
export const captureKinds = ['cpu-profile', 'requests', 'report'] as const
export type CaptureKind = (typeof captureKinds)[number]

/** One file of evidence, as a capture hands it to the store. */
export interface Evidence {
  /** Name within the dump, e.g. `requests.json`. */
  file: string
  /** Before the trigger (from a recorder) or during the capture. */
  phase: 'before' | 'during'
  content: string | Uint8Array | AsyncIterable<Uint8Array>
  /** What the analysis reads: the parsed form of `content`, or a digest of it. */
  value?: unknown
  /** How long the app thread stood still for it, in milliseconds. */
  pauseMs?: number
  /** What made it, e.g. `v8-profiler-next`. */
  engine?: string
}

export interface CaptureContext {
  /** The way to the app thread; one for the whole dump, attached at the first call. */
  link(): Promise<AppLink>
  /** How long captures with a duration last, in milliseconds. */
  duration: number
  trigger: TriggerInfo
  options: ResolvedOptions
  /** Milliseconds for which the app thread had been blocked when the rule fired; 0 when it was not. */
  blockedFor: number
  /** Waits, but no longer than until the capture is cut short. Resolves with whether it was. */
  wait(ms: number): Promise<{ cutShort: boolean }>
  /** Says what the capture waits for, for `status`, e.g. `profiler reply`; `null` when it no longer does. */
  pending(what: string | null): void
}

/** A kind of evidence. Throwing makes the artifact `failed` and the dump `partial`. */
export interface Capture {
  kind: CaptureKind
  take(context: CaptureContext): Promise<Evidence[]>
}
