import type { Count } from './count.js'
import type { AppEngine } from './cpu-profile.js'
import type { Decision } from './decision.js'
import type { CapturingDump } from './manifest.js'
import type { Sample } from './sample.js'

/** The last decision about a metric. */
export type MetricStatus = Pick<Decision, 'value' | 'unit' | 'mean' | 'deviation' | 'history' | 'rules'>

/** The answer of `monitor.status()` and `GET /status`. */
export interface Status {
  /** `stalled`: it was started and takes no samples now; `thread.degraded` says why. */
  state: 'stopped' | 'starting' | 'running' | 'stalled' | 'stopping'
  /** Where the work is done, and why not in a thread of its own, if so. */
  thread: { mode: 'monitor-thread' | 'app-thread'; restarts: Count; degraded: string | null }
  pid: Count
  version: string
  /** The name of the app: the option `labels` over the environment. */
  labels: Record<string, string>
  /** The dump directory; over a bucket the place of that. */
  dir: string
  interval: number
  /** The meaning of 100% for each percentage, in words, as logged at start. */
  limits: Record<string, unknown>
  /** The engine that makes CPU profiles. */
  cpuProfiler: string | null
  /** The flight recorder: what records, or why nothing does, and how much is kept of it. */
  recorder: RecorderState & { window: number; sampleInterval: number; windows: Count; bytes: Count }
  /** Milliseconds since the app thread last came back to its event loop, if that is worth a word; else 0. */
  blockedFor: number
  sample: Sample | null
  metrics: Record<string, MetricStatus>
  capture: CapturingDump | null
  dumps: {
    count: Count
    bytes: Count
    last: { id: string; headline: string; summary: string } | null
    byRule: Record<string, Count>
    /** The newest one of each rule, and when it was there (epoch milliseconds). */
    newest: Record<string, { id: string; at: number }>
  }
  /** The sums: CPU time since the process started, the rest since the monitor did. */
  totals: { cpuMs: number; blockedMs: number; gcMs: number; errors: number }
  /** The worst of the last 60 seconds; `null` where there was no reading. */
  recent: { eventLoopDelay: number | null; inFlight: number | null }
  quota: { maxPerHour: Count; retryAfter: number }
  /** The input of `replay` beside samples and thresholds: two numbers of samples, and milliseconds. */
  rules: { history: Count; warmup: Count; captureDuration: number }
  /** Messages about dumps since the monitor thread started; `null` when nobody is told. */
  notify: NotifyStatus | null
  /** The option `sinks`, in its order. */
  sinks: SinkStatus[]
  /** Uploads of dumps; `null` where no bucket is configured. */
  bucket: BucketStatus | null
  /** The option `profiles.push`, in its order. */
  profiles: ProfileReceiverStatus[]
  /**
   * Where the dump directory is memory of the container (a tmpfs): how much of it dumps may take, in bytes and in words.
   * `null` where it is on a disk, or nothing limits the memory.
   */
  inMemory: { most: Count; text: string } | null
  /** The admin server of the monitor thread: where it listens, or why it does not. `null` where none is wanted. */
  admin: { address: string | null; error: string | null } | null
  /** Our own failures, the newest last: each is logged once, counted and kept here. */
  errors: { at: string; what: string; message: string; count: Count }[]
  /** ISO 8601, of a process that captures a dump and did not answer at once: this is what it said then. @format date-time */
  asOf?: string
}

/** The reports of services beside the pipeline, as soon as they change. */
export type ServiceStatus = Pick<Status, 'admin' | 'inMemory' | 'notify' | 'sinks' | 'bucket' | 'profiles'>

/** The part of `status` about notifications. */
export interface NotifyStatus {
  /** The hosts of the webhooks; the rest of a URL is a secret. */
  webhooks: string[]
  /** Messages that wait for their delivery or for another attempt. */
  queued: Count
  sent: Count
  /** Messages that were given up. */
  failed: Count
  lastError: { at: string; webhook: string; message: string } | null
}

/** The part of `status` about a sink. */
export interface SinkStatus {
  module: string
  /**
   * `failed`: its module could not be loaded, which is tried again; `hanging`: calls that were given up have not ended, and
   * it gets no more until one does; `suspended`: the monitor thread was lost in it, and it is not loaded again.
   */
  state: 'loading' | 'ready' | 'failed' | 'hanging' | 'suspended'
  /** Dumps that wait for their delivery or for another attempt. */
  pending: number
  /** Dumps, windows and samples that it took. */
  delivered: number
  /** Attempts that failed. */
  failed: number
  /** Dumps, windows and samples that it never got: too many, too old, or gone. */
  dropped: number
  /** Milliseconds for which one call of it has held up the monitor thread, at worst. */
  heldUp: number
  /** ISO 8601. @format date-time */
  lastSuccess: string | null
  lastError: { at: string; message: string } | null
}

/** The part of `status` about a receiver of profiles. */
export interface ProfileReceiverStatus {
  to: string
  /** Scheme, host and port. */
  url: string
  /** `waiting`: nothing was pushed yet; `failing`: the last push was dropped, as `lastError` says. */
  state: 'waiting' | 'ok' | 'failing'
  /** Profiles. */
  pushed: Count
  /** Profiles that the receiver did not take: none of them is sent again. */
  dropped: Count
  /** ISO 8601. @format date-time */
  lastSuccess: string | null
  lastError: { at: string; message: string } | null
}

/** The part of `status` about the bucket. */
export interface BucketStatus {
  /** Bucket, prefix and endpoint, without secrets. */
  place: string
  /**
   * - `idle`: everything is uploaded
   * - `uploading`
   * - `waiting`: the store or the network failed, or a limit is reached; tries again by itself, soon
   * - `blocked`: somebody has to change something, as `lastError` says; tries again every 15 minutes
   */
  state: 'idle' | 'uploading' | 'waiting' | 'blocked'
  /** Dumps on disk that are not in the bucket yet. */
  pending: number
  /** Dumps since the monitor thread started. */
  uploaded: number
  /** Attempts that failed since the monitor thread started. */
  failed: number
  /** ISO 8601. */
  lastSuccess: string | null
  lastError: { at: string; message: string } | null
  /** The dump of this process whose manifest went out last, maybe a first one of several. */
  newest?: { id: string; url: string }
}

export interface RecorderState {
  /** The engine that records, `null` while none does. */
  engine: AppEngine['engine'] | null
  /** Why nothing does. */
  reason: string | null
}

export type Failure = Status['errors'][number]
