import type { Logger } from '../lib/log.js'
import type { BucketOptions, ResolvedBucket } from './bucket-options.js'
import type { CaptureSwitches } from './capture-kind.js'
import type { NotifyOptions, ResolvedNotify } from './notify-options.js'
import type { Threshold, Thresholds } from './threshold.js'

export const actions = ['read', 'download', 'capture', 'configure', 'delete'] as const

/** What a request to the admin routes does. */
export type Action = (typeof actions)[number]

/** What a `Request` does not tell of its sender. */
export interface Client {
  /** The address, as far as the framework trusts its proxies; `undefined` on a Unix socket. */
  remoteAddress?: string
}

/** Says whether a request may do that. Throwing refuses. */
export type Authorize = (request: Request, action: Action, client: Client) => boolean | Promise<boolean>

/** Times are in milliseconds and sizes in bytes, unless said otherwise. */
export interface Options {
  /**
   * Where the dumps go. @default `autodump` under the temporary directory of the operating system; `autodump-<uid>` where
   * that belongs to another user
   */
  dir?: string
  /** Time between samples, 20 to 3,600,000. @default 1000 */
  interval?: number
  /** How many samples the moving mean is made of, 2 to 1000. @default 10 */
  history?: number
  /** How many samples must be in before a spike may fire. @default the value of `history` */
  warmup?: number
  /** Per metric, merged into the defaults (`docs/options.md` lists them). */
  thresholds?: Record<string, Partial<Threshold>>
  /** Metrics of your own: each is called once per sample on the app thread and returns a finite number. */
  metrics?: Record<string, () => number>
  cpuProfile?: {
    /** How long a profile lasts, 10 to 300,000. @default 5000 */
    duration?: number
    /** How long it lasts when the event loop is blocked: short, so that it is on disk before somebody kills the process. @default 1500 */
    blockedDuration?: number
    /**
     * Microseconds between samples, 100 to 1,000,000. A value of your own may cost a pause: see `decisions/066`.
     * @default that of the recorder where v8-profiler-next records, else 1000
     */
    sampleInterval?: number
  }
  /** The flight recorder: a CPU profile that always runs, so that dumps show what led to the trigger. */
  recorder?: {
    /** @default true */
    enabled?: boolean
    /** A dump shows the last two to three windows before its trigger, 100 to 60,000. @default 5000 */
    window?: number
    /** Microseconds between samples, 1000 to 1,000,000. @default 20,000 */
    sampleInterval?: number
  }
  /** The heap profile, for which the allocations of the app thread are sampled from the start. */
  heapProfile?: {
    /** @default true */
    enabled?: boolean
    /** Bytes between two samples, on average, 1024 to 64 MiB. @default 512 KiB */
    sampleInterval?: number
  }
  /** What a heap snapshot may cost, also one that is asked for by hand; else a heap profile is taken instead. */
  heapSnapshot?: {
    /** JavaScript heap in use up to which one is taken; the app stands still for 70 to 180 ms per MiB. @default 128 MiB */
    maxHeapBytes?: number
    /** How many, from start to stop of the monitor, 0 to 1000. @default 3 */
    maxPerProcess?: number
    /**
     * Which of them have no strings of the app in them: those that a rule takes, all, or none (`docs/security.md`).
     * @default 'automatic'
     */
    redact?: 'automatic' | 'always' | 'never'
  }
  asyncStacks?: {
    /** JavaScript heap in use up to which a rule may take a heap snapshot; above, promises are watched. @default 64 MiB */
    maxHeapBytes?: number
  }
  requests?: {
    /**
     * Names of `TracingChannel`s of `node:diagnostics_channel`, 32 at most: what is pending there is shown in the table
     * of requests beside HTTP, e.g. `['mysql2:query', 'ioredis:command']`. @default []
     */
    channels?: string[]
  }
  retention?: {
    /** The newest dump is always kept, whatever these say. @default 50 */
    maxDumps?: number
    /** Size on disk of all dumps together. @default 1 GiB */
    maxBytes?: number
    /** @default 7 days */
    maxAge?: number
    /** Older dumps go where that helps, else captures are refused, rather than leave the disk with less. @default 256 MiB */
    minFreeBytes?: number
  }
  limits?: {
    /** Dumps in any 60 minutes, of all processes that share `dir`, restarts included. @default 30 */
    maxPerHour?: number
  }
  /** The black box: a small file that survives the process, and becomes a dump at the next start (`docs/crashes.md`). */
  blackBox?: {
    /** @default true */
    enabled?: boolean
  }
  /**
   * Kinds of evidence that are never captured, whoever asks for them, e.g. `{ 'heap-snapshot': false }`.
   * @default every kind is on
   */
  captures?: Partial<CaptureSwitches>
  /** Who may use the admin routes. @default a random token, logged once at start */
  auth?: { token: string } | { authorize: Authorize } | false
  /** A server with the admin routes that the monitor thread runs: it answers while the app thread is stuck. @default none */
  admin?: AdminOptions
  /** Where the admin routes are mounted; below the path of the middleware, where that has one. @default '/debug/autodump' */
  prefix?: string
  /** The page that a browser gets at the prefix. @default true */
  dashboard?: boolean
  /** Go into every manifest, e.g. `{ service: 'shop', version: '1.2.3' }`. */
  labels?: Record<string, string>
  /** Tells of dumps by webhook: chat rooms, or services of your own (`docs/notifications.md`). @default nobody is told */
  notify?: NotifyOptions
  /** Uploads each finished dump to an S3-compatible store, or to a shared volume (`docs/bucket.md`). @default none */
  bucket?: BucketOptions
  /**
   * The file of the monitor thread, for apps that are bundled (`docs/bundlers.md`): a path, or a `file:` URL.
   * @default that of this package
   */
  monitorThread?: string | URL
  /** @default console */
  logger?: Logger
}

export interface ResolvedOptions {
  dir: string
  interval: number
  history: number
  warmup: number
  thresholds: Thresholds
  /** Names of the custom metrics, in the order of their slots. */
  customMetrics: string[]
  /** `sampleInterval` is `null` for whatever comes at no further cost. */
  cpuProfile: { duration: number; blockedDuration: number; sampleInterval: number | null }
  recorder: { enabled: boolean; window: number; sampleInterval: number }
  heapProfile: { enabled: boolean; sampleInterval: number }
  heapSnapshot: { maxHeapBytes: number; maxPerProcess: number; redact: 'automatic' | 'always' | 'never' }
  asyncStacks: { maxHeapBytes: number }
  requests: { channels: string[] }
  retention: { maxDumps: number; maxBytes: number; maxAge: number; minFreeBytes: number }
  limits: { maxPerHour: number }
  captures: CaptureSwitches
  blackBox: { enabled: boolean }
  admin: ResolvedAdmin | null
  prefix: string
  dashboard: boolean
  labels: Record<string, string>
  /** With URLs that are secrets. */
  notify: ResolvedNotify | null
  /** With credentials that are secrets. */
  bucket: ResolvedBucket | null
  /** An absolute path. */
  monitorThread: string | null
}

/** Where the monitor thread serves the admin routes by itself: either `port` or `path` says it. */
export interface AdminOptions {
  /** @default '127.0.0.1' */
  host?: string
  /** 0 takes a free one: `status` and the log tell which. */
  port?: number
  /** A Unix socket, which is made with mode 0600, or a named pipe of Windows. */
  path?: string
  /**
   * Who may use it. @default what `auth` says; where that is `authorize`, which cannot be asked while the app thread is
   * stuck, a random token, logged once at start
   */
  auth?: { token: string } | false
}

/** Without `auth`, which is nobody's business but the two threads'. */
export type ResolvedAdmin = { host: string; port: number } | { path: string }
