import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type AdminOptions,
  adminErrors,
  type ResolvedAdmin,
  resolveAdmin,
  withoutAdminAuth,
} from './admin-server/options.js'
import { type CaptureSwitches, resolveSwitches } from './captures/switches.js'
import { type FieldError, invalid } from './errors.js'
import type { Logger } from './log.js'
import { type NotifyOptions, notifyErrors, type ResolvedNotify, resolveNotify } from './notify/options.js'
import { defaultThresholds } from './rules/defaults.js'
import type { Threshold, Thresholds } from './rules/threshold.js'
import { defaultDirectory } from './store/default-directory.js'
import { describeErrors, validator } from './validate.js'
import { isOptions } from './validators.generated.js'

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
  /** An absolute path. */
  monitorThread: string | null
}

const validate = validator(isOptions)

/**
 * Options with every default filled in; data only, so that it can go to another thread. `metrics`, `auth` and `logger`
 * stay with the caller.
 *
 * @throws AutodumpError `INVALID` that lists every invalid field
 */
export function resolveOptions(options: Options = {}): ResolvedOptions {
  if (!isObject(options as unknown)) throw invalid('options', [{ field: '', message: 'must be an object' }])
  const { logger, metrics = {}, auth, notify, monitorThread, ...rest } = options
  const [data, adminAuth] = withoutAdminAuth(rest)
  const errors: FieldError[] = validate(data) ? [] : describeErrors(validate.errors, data)
  errors.push(
    ...metricErrors(metrics),
    ...authErrors('auth', auth),
    ...notifyErrors(notify),
    ...threadErrors(monitorThread),
    ...loggerErrors(logger),
  )
  errors.push(...adminErrors(data.admin), ...authErrors('admin.auth', adminAuth))
  const customMetrics = isObject(metrics) ? Object.keys(metrics) : []
  const known = { ...defaultThresholds(customMetrics) }
  if (isObject(data.thresholds)) {
    for (const metric of Object.keys(data.thresholds)) {
      if (!Object.hasOwn(known, metric))
        errors.push({
          field: `thresholds.${metric}`,
          message: `must be one of the metrics ${Object.keys(known).join(', ')}`,
        })
    }
  }
  if (errors.length > 0) throw invalid('options', errors)

  const history = data.history ?? 10
  return {
    dir: resolve(data.dir ?? defaultDirectory()),
    interval: data.interval ?? 1000,
    history,
    warmup: data.warmup ?? history,
    thresholds: Object.fromEntries(
      Object.entries(known).map(([metric, threshold]) => [metric, over(threshold, data.thresholds?.[metric])]),
    ),
    customMetrics,
    cpuProfile: over<ResolvedOptions['cpuProfile']>(
      { duration: 5000, blockedDuration: 1500, sampleInterval: null },
      data.cpuProfile,
    ),
    recorder: over<ResolvedOptions['recorder']>({ enabled: true, window: 5000, sampleInterval: 20_000 }, data.recorder),
    heapProfile: over<ResolvedOptions['heapProfile']>({ enabled: true, sampleInterval: 512 * 1024 }, data.heapProfile),
    heapSnapshot: over<ResolvedOptions['heapSnapshot']>(
      { maxHeapBytes: 128 * 1024 ** 2, maxPerProcess: 3, redact: 'automatic' },
      data.heapSnapshot,
    ),
    asyncStacks: over({ maxHeapBytes: 64 * 1024 ** 2 }, data.asyncStacks),
    requests: over<ResolvedOptions['requests']>({ channels: [] }, data.requests),
    retention: over(
      { maxDumps: 50, maxBytes: 1024 ** 3, maxAge: 7 * 24 * 3600_000, minFreeBytes: 256 * 1024 ** 2 },
      data.retention,
    ),
    limits: over({ maxPerHour: 30 }, data.limits),
    captures: resolveSwitches(data.captures),
    blackBox: over<ResolvedOptions['blackBox']>({ enabled: true }, data.blackBox),
    admin: resolveAdmin(data.admin),
    prefix: normalPrefix(data.prefix ?? '/debug/autodump'),
    dashboard: data.dashboard ?? true,
    labels: { ...data.labels },
    notify: notify === undefined ? null : resolveNotify(notify),
    monitorThread: monitorThread === undefined ? null : pathOf(monitorThread),
  }
}

/** A field that is there and `undefined`, as code often has it, is one that was left out. */
function over<T extends object>(defaults: T, given: Partial<NoInfer<T>> = {}): T {
  return { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }
}

function normalPrefix(prefix: string): string {
  return `/${prefix.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, '')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function metricErrors(metrics: unknown): FieldError[] {
  if (!isObject(metrics))
    return [{ field: 'metrics', message: `must be an object of functions, got ${typeof metrics}` }]
  return Object.entries(metrics).flatMap(([name, read]) => {
    const field = `metrics.${name}`
    if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name))
      return [{ field, message: 'must have a name of letters, digits and _, at most 64, that begins with a letter' }]
    if (Object.hasOwn(defaultThresholds([]), name))
      return [{ field, message: 'must not have the name of a built-in metric' }]
    if (typeof read !== 'function')
      return [{ field, message: `must be a function that returns a number, got ${typeof read}` }]
    return []
  })
}

function authErrors(field: 'auth' | 'admin.auth', auth: unknown): FieldError[] {
  if (auth === undefined || auth === false) return []
  if (isObject(auth)) {
    if (Object.keys(auth).length === 1) {
      if (field === 'auth' && typeof auth.authorize === 'function') return []
      if (typeof auth.token === 'string') {
        if (auth.token.length > 0 && /^[\x21-\x7e]+$/.test(auth.token)) return []
        return [{ field: `${field}.token`, message: 'must be visible ASCII characters, at least one' }]
      }
    }
  }
  const authorize = field === 'auth' ? ', { authorize: function }' : ''
  return [{ field, message: `must be { token: string }${authorize} or false` }]
}

const pathOf = (file: string | URL): string =>
  /^file:/.test(String(file)) ? fileURLToPath(file) : resolve(String(file))

function threadErrors(file: unknown): FieldError[] {
  if (file === undefined) return []
  const isPath = typeof file === 'string' ? file !== '' : file instanceof URL && file.protocol === 'file:'
  try {
    if (isPath && !pathOf(file as string | URL).includes('\0')) return []
  } catch {} // A URL with a host, or with an encoded slash in it, is no path.
  return [{ field: 'monitorThread', message: 'must be a path or a file: URL' }]
}

function loggerErrors(logger: unknown): FieldError[] {
  if (logger === undefined) return []
  const levels = ['info', 'warn', 'error'] as const
  if (isObject(logger) && levels.every(level => typeof logger[level] === 'function')) return []
  return [{ field: 'logger', message: 'must have the functions info, warn and error' }]
}
