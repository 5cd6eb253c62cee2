import type { Logger } from '../lib/log.js'
import type { Authorize } from './access.js'
import type { AdminOptions, ResolvedAdmin } from './admin-options.js'
import type { BucketOptions, ResolvedBucket } from './bucket-options.js'
import type { CaptureSwitches } from './capture-kind.js'
import type { DataOptions } from './data-options.js'
import type { NotifyOptions, ResolvedNotify } from './notify-options.js'
import type { ProfilesOptions, ResolvedProfiles } from './profile-options.js'
import type { ResolvedSink, SinkOptions } from './sink-options.js'
import type { Thresholds } from './threshold.js'

/** Times are in milliseconds and sizes in bytes, unless said otherwise. */
export interface Options extends Omit<DataOptions, 'sinks'> {
  /** Metrics of your own: each is called once per sample on the app thread and returns a finite number. */
  metrics?: Record<string, () => number>
  /** The users of the admin routes. @default a random token, logged once at start */
  auth?: { token: string } | { authorize: Authorize } | false
  /** A server with the admin routes that the monitor thread runs: it answers while the app thread is stuck. @default none */
  admin?: AdminOptions
  /** Tells of dumps by webhook: chat rooms, or services of your own (`docs/notifications.md`). By default there are none. */
  notify?: NotifyOptions
  /** Modules that get finished dumps, in the monitor thread, 16 at most (`docs/sinks.md`). By default there are none. */
  sinks?: SinkOptions[]
  /** Uploads each finished dump to an S3-compatible store, or to a shared volume (`docs/bucket.md`). @default none */
  bucket?: BucketOptions
  /** Continuous profiling: push, pull and shares (`docs/continuous-profiling.md`). By default profiles only answer requests. */
  profiles?: ProfilesOptions
  /**
   * The file of the monitor thread, for apps that are bundled (`docs/bundlers.md`): a path, or a `file:` URL.
   * @default that of this package
   */
  monitorThread?: string | URL
  /** @default console */
  logger?: Logger
}

type Resolved<Name extends keyof DataOptions> = Required<NonNullable<DataOptions[Name]>>

/** The options with every default filled in, as data. */
export interface ResolvedOptions
  extends Required<Omit<DataOptions, 'thresholds' | 'captures' | 'admin' | 'sinks' | 'links' | Group>>,
    Omit<{ [Name in Group]: Resolved<Name> }, 'cpuProfile' | 'retention'> {
  thresholds: Thresholds
  /** Names of the custom metrics, in the order of their slots. */
  customMetrics: string[]
  /** `sampleInterval` is `null` for the one that comes at no further cost. */
  cpuProfile: Omit<Resolved<'cpuProfile'>, 'sampleInterval'> & { sampleInterval: number | null }
  /** `minFreeBytes` is `null` for the usual one, which depends on the disk. */
  retention: Omit<Resolved<'retention'>, 'minFreeBytes'> & { minFreeBytes: number | null }
  captures: CaptureSwitches
  admin: ResolvedAdmin | null
  links: { trace: string | null }
  /** With URLs that are secrets. */
  notify: ResolvedNotify | null
  /** With options that may be secrets. */
  sinks: ResolvedSink[]
  /** With credentials that are secrets. */
  bucket: ResolvedBucket | null
  /** With headers that are secrets. */
  profiles: ResolvedProfiles
  /** An absolute path. */
  monitorThread: string | null
}

/** The options that are objects with fields of their own. */
type Group =
  | 'cpuProfile'
  | 'recorder'
  | 'heapProfile'
  | 'heapSnapshot'
  | 'asyncStacks'
  | 'frames'
  | 'requests'
  | 'retention'
  | 'limits'
  | 'blackBox'
  | 'probes'
  | 'explain'
