import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isOptions } from '../generated/validators.js'
import { defaultDirectory } from '../lib/default-directory.js'
import { type FieldError, invalid } from '../lib/errors.js'
import { describeErrors, validator } from '../lib/validate.js'
import type { Options, ResolvedOptions } from '../model/options.js'
import { defaultThresholds } from '../rules/defaults.js'
import { adminErrors, resolveAdmin, withoutAdminAuth } from './admin.js'
import { bucketErrors, resolveBucket } from './bucket.js'
import { notifyErrors, resolveNotify } from './notify.js'
import { resolveSwitches } from './switches.js'

const validate = validator(isOptions)

/**
 * Options with every default filled in; data only, so that it can go to another thread. `metrics`, `auth` and `logger`
 * stay with the caller.
 *
 * @throws AutodumpError `INVALID` that lists every invalid field
 */
export function resolveOptions(options: Options = {}): ResolvedOptions {
  if (!isObject(options as unknown)) throw invalid('options', [{ field: '', message: 'must be an object' }])
  const { logger, metrics = {}, auth, notify, bucket, monitorThread, ...rest } = options
  const [data, adminAuth] = withoutAdminAuth(rest)
  const errors: FieldError[] = validate(data) ? [] : describeErrors(validate.errors, data)
  errors.push(
    ...metricErrors(metrics),
    ...authErrors('auth', auth),
    ...notifyErrors(notify),
    ...bucketErrors(bucket),
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
    bucket: bucket === undefined ? null : resolveBucket(bucket),
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
