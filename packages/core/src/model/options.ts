import type { Logger } from '../lib/log.js'
import type { BucketOptions, ResolvedBucket } from './bucket-options.js'
import type { CaptureSwitches } from './capture-kind.js'
import type { NotifyOptions, ResolvedNotify } from './notify-options.js'
import type { ProfilesOptions, ResolvedProfiles } from './profile-options.js'
import type { ResolvedSink, SinkOptions, SinkPlace } from './sink-options.js'
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

/** The options that are data: `npm run generate` makes their JSON Schema of this. Times are in milliseconds and sizes in bytes. */
export interface DataOptions {
  /**
   * Where the dumps go; by default `autodump/<package or script name>` under the temporary directory of the operating system, or
   * below `autodump-<uid>` there, if `autodump` belongs to another user.
   * @pattern ^[^\u0000]+$
   */
  dir?: string
  /**
   * Time between samples.
   * @multipleOf 1
   * @minimum 20
   * @maximum 3600000
   * @default 1000
   */
  interval?: number
  /**
   * How many samples the moving mean is made of.
   * @multipleOf 1
   * @minimum 2
   * @maximum 1000
   * @default 10
   */
  history?: number
  /**
   * How many samples must be in before a spike may fire; by default the value of `history`.
   * @multipleOf 1
   * @minimum 0
   * @maximum 100000
   */
  warmup?: number
  /** Per metric, merged into the defaults (`docs/options.md` lists them). */
  thresholds?: Record<string, Partial<Threshold>>
  cpuProfile?: {
    /**
     * How long a profile lasts.
     * @multipleOf 1
     * @minimum 10
     * @maximum 300000
     * @default 5000
     */
    duration?: number
    /**
     * How long it lasts when the event loop is blocked: short, so that it is on disk before somebody kills the process.
     * @multipleOf 1
     * @minimum 10
     * @maximum 300000
     * @default 1500
     */
    blockedDuration?: number
    /**
     * Microseconds between samples; by default those of the recorder where `v8-profiler-next` or `node:inspector` records,
     * else 1000. A value of your own may cost a pause: see `decisions/066`.
     * @multipleOf 1
     * @minimum 100
     * @maximum 1000000
     */
    sampleInterval?: number
  }
  /** The flight recorder: a CPU profile that always runs, so that dumps show what led to the trigger. */
  recorder?: {
    /** @default true */
    enabled?: boolean
    /**
     * A dump shows the last two to three windows before its trigger.
     * @multipleOf 1
     * @minimum 100
     * @maximum 60000
     * @default 5000
     */
    window?: number
    /**
     * Microseconds between samples.
     * @multipleOf 1
     * @minimum 1000
     * @maximum 1000000
     * @default 20000
     */
    sampleInterval?: number
  }
  /** The heap profile, for which the allocations of the app thread are sampled from the start. */
  heapProfile?: {
    /** @default true */
    enabled?: boolean
    /**
     * Bytes between two samples, on average.
     * @multipleOf 1
     * @minimum 1024
     * @maximum 67108864
     * @default 524288
     */
    sampleInterval?: number
  }
  /** What a heap snapshot may cost, also one that is asked for by hand; else a heap profile is taken instead. */
  heapSnapshot?: {
    /**
     * JavaScript heap in use up to which one is taken; the app stands still for some 50 ms per MiB.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     * @default 134217728
     */
    maxHeapBytes?: number
    /**
     * How many, from start to stop of the monitor.
     * @multipleOf 1
     * @minimum 0
     * @maximum 1000
     * @default 3
     */
    maxPerProcess?: number
    /**
     * Which of them have no strings of the app in them: those that a rule takes, all, or none (`docs/security.md`).
     * @default "automatic"
     */
    redact?: 'automatic' | 'always' | 'never'
  }
  asyncStacks?: {
    /**
     * JavaScript heap in use up to which a rule may take a heap snapshot, if the app can bear the pause; above, promises
     * are watched.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     * @default 536870912
     */
    maxHeapBytes?: number
  }
  frames?: {
    /**
     * Milliseconds for which reading the variables of stuck functions may hold up the app in all. If attaching alone has taken
     * longer, this process does not try again.
     * @multipleOf 1
     * @minimum 10
     * @maximum 60000
     * @default 250
     */
    maxPause?: number
    /**
     * Characters of each text that `frames.json` shows, redacted like messages of errors; 0 shows the length only. Texts are
     * often personal data.
     * @multipleOf 1
     * @minimum 0
     * @maximum 1000
     * @default 0
     */
    content?: number
  }
  requests?: {
    /**
     * Names of `TracingChannel`s of `node:diagnostics_channel`: what is pending there is shown in the table of requests
     * beside HTTP, e.g. `['mysql2:query', 'ioredis:command']`.
     * @maxItems 32
     * @uniqueItems true
     * @default []
     */
    channels?: ChannelName[]
  }
  retention?: {
    /**
     * The newest dump is always kept, whatever these say.
     * @multipleOf 1
     * @minimum 1
     * @maximum 100000
     * @default 50
     */
    maxDumps?: number
    /**
     * Size on disk of all dumps together.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     * @default 1073741824
     */
    maxBytes?: number
    /**
     * A week by default.
     * @multipleOf 1
     * @minimum 1000
     * @maximum 9007199254740991
     * @default 604800000
     */
    maxAge?: number
    /**
     * Older dumps go where that helps, else captures are refused, rather than leave the disk with less.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     * @default 268435456
     */
    minFreeBytes?: number
  }
  limits?: {
    /**
     * Dumps in any 60 minutes, of all processes that share `dir`, restarts included.
     * @multipleOf 1
     * @minimum 1
     * @maximum 3600
     * @default 30
     */
    maxPerHour?: number
  }
  /** Kinds of evidence that are never captured, whoever asks for them, e.g. `{ 'heap-snapshot': false }`; by default none. */
  captures?: Partial<CaptureSwitches>
  /** A server with the admin routes that the monitor thread runs: it answers while the app thread is stuck. By default there is none. */
  admin?: AdminPlace
  /** `report.md` in each dump: what happened, in words (`docs/summary.md`). Readers make it of the manifest where it is missing. */
  explain?: {
    /** @default true */
    enabled?: boolean
    /** It shows the source lines around the functions that it names, from the app's own files. @default true */
    sourceLines?: boolean
  }
  /** The black box: a small file that survives the process, and becomes a dump at the next start (`docs/crashes.md`). */
  blackBox?: {
    /** @default true */
    enabled?: boolean
  }
  /**
   * Modules that finished dumps are given to, in the monitor thread (`docs/sinks.md`). By default there are none.
   * @maxItems 16
   */
  sinks?: SinkPlace[]
  /** `GET /livez` and `GET /readyz` on the port of `admin`: when they call the process stuck (`docs/kubernetes.md`). */
  probes?: {
    /**
     * How long the event loop must be blocked.
     * @multipleOf 1
     * @minimum 1000
     * @maximum 3600000
     * @default 10000
     */
    stuckAfter?: number
    /**
     * How much longer they wait until the evidence is captured and uploaded.
     * @multipleOf 1
     * @minimum 0
     * @maximum 3600000
     * @default 60000
     */
    evidenceWithin?: number
  }
  /**
   * The file that Kubernetes shows when the container has ended (`docs/kubernetes.md`). It is kept current if it is there, and never
   * made.
   * @default "/dev/termination-log"
   */
  terminationLog?: FilePath | false
  /** Pages of other systems that evidence links to. */
  links?: {
    /**
     * The page of a trace: a URL with `{traceId}`, and with `{spanId}` where it takes one.
     * @pattern ^(?=.*\{traceId\})https?://[^\s{}/][^\s{}]*(?:\{(?:traceId|spanId)\}[^\s{}]*)+$
     * @maxLength 2048
     */
    trace?: string
  }
  /** The page that a browser gets at the prefix. @default true */
  dashboard?: boolean
  /**
   * Where the admin routes are mounted; below the path of the middleware, where that has one.
   * @pattern ^[A-Za-z0-9/._~-]*$
   * @default "/debug/autodump"
   */
  prefix?: string
  /**
   * Go into every manifest, e.g. `{ service: 'shop', version: '1.2.3' }`. By default what the environment says of `service`,
   * `version`, `instance`, `namespace`, `node` and `environment` (`docs/labels.md`).
   * @maxProperties 64
   */
  labels?: Record<string, Label>
}

/** @pattern ^(?!tracing:)[^\s]{1,128}$ */
export type ChannelName = string

/** @pattern ^[^\u0000]+$ */
export type FilePath = string

/** @maxLength 1024 */
export type Label = string

/** Times are in milliseconds and sizes in bytes, unless said otherwise. */
export interface Options extends Omit<DataOptions, 'sinks'> {
  /** Metrics of your own: each is called once per sample on the app thread and returns a finite number. */
  metrics?: Record<string, () => number>
  /** Who may use the admin routes. @default a random token, logged once at start */
  auth?: { token: string } | { authorize: Authorize } | false
  /** A server with the admin routes that the monitor thread runs: it answers while the app thread is stuck. @default none */
  admin?: AdminOptions
  /** Tells of dumps by webhook: chat rooms, or services of your own (`docs/notifications.md`). @default nobody is told */
  notify?: NotifyOptions
  /** Modules that finished dumps are given to, in the monitor thread, 16 at most (`docs/sinks.md`). By default there are none. */
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
    Omit<{ [Name in Group]: Resolved<Name> }, 'cpuProfile'> {
  thresholds: Thresholds
  /** Names of the custom metrics, in the order of their slots. */
  customMetrics: string[]
  /** `sampleInterval` is `null` for the one that comes at no further cost. */
  cpuProfile: Omit<Resolved<'cpuProfile'>, 'sampleInterval'> & { sampleInterval: number | null }
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

/** Where the monitor thread serves the admin routes by itself: either `port` or `path` says it. */
export interface AdminPlace {
  /**
   * @pattern ^[A-Za-z0-9.:_%-]{1,255}$
   * @default "127.0.0.1"
   */
  host?: string
  /**
   * 0 takes a free one: `status` and the log tell which.
   * @multipleOf 1
   * @minimum 0
   * @maximum 65535
   */
  port?: number
  /**
   * A Unix socket, which is made with mode 0600, or a named pipe of Windows.
   * @pattern ^[^\u0000]+$
   */
  path?: string
}

export interface AdminOptions extends AdminPlace {
  /**
   * Who may use it. @default what `auth` says; where that is `authorize`, which cannot be asked while the app thread is
   * stuck, a random token, logged once at start
   */
  auth?: { token: string } | false
}

/** Without `auth`, which is nobody's business but the two threads'. */
export type ResolvedAdmin = { host: string; port: number } | { path: string }
