import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { optionDefaults as usual } from '../generated/option-types.js'
import { isOptions } from '../generated/option-validators.js'
import { defaultDirectory } from '../lib/default-directory.js'
import { type FieldError, invalid } from '../lib/errors.js'
import { describeErrors, validator } from '../lib/validate.js'
import type { Options, ResolvedOptions } from '../model/options.js'
import { defaultThresholds } from '../rules/defaults.js'
import { adminErrors, resolveAdmin, withoutAdminAuth } from './admin.js'
import { bucketErrors, resolveBucket } from './bucket.js'
import { isObject } from './checks.js'
import { findLabels } from './labels.js'
import { notifyErrors, resolveNotify } from './notify.js'
import { ownProgram } from './pm2.js'
import { profilesErrors, resolveProfiles } from './profiles.js'
import { resolveSinks, sinkErrors, sinksToCheck } from './sinks.js'
import { resolveSwitches } from './switches.js'
import { defaultTerminationLog } from './termination-log.js'

const validate = validator(isOptions)

/**
 * Options with every default filled in; data only, so that it can go to another thread. `metrics`, `auth` and `logger`
 * stay with the caller.
 *
 * @throws AutodumpError `INVALID` that lists every invalid field
 */
export function resolveOptions(options: Options = {}, env: NodeJS.ProcessEnv = process.env): ResolvedOptions {
  if (!isObject(options as unknown)) throw invalid('options', [{ field: '', message: 'must be an object' }])
  const { logger, metrics = {}, auth, notify, sinks, bucket, profiles, monitorThread, ...rest } = options
  const [data, adminAuth] = withoutAdminAuth(rest)
  const checked = { ...data, ...(sinks !== undefined && { sinks: sinksToCheck(sinks) }) }
  const errors: FieldError[] = validate(checked) ? [] : describeErrors(validate.errors, checked)
  errors.push(
    ...metricErrors(metrics),
    ...authErrors('auth', auth),
    ...notifyErrors(notify),
    ...sinkErrors(sinks),
    ...bucketErrors(bucket),
    ...profilesErrors(profiles),
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

  const history = data.history ?? usual.history
  return {
    dir: resolve(data.dir ?? defaultDirectory(ownProgram())),
    interval: data.interval ?? usual.interval,
    history,
    warmup: data.warmup ?? history,
    thresholds: Object.fromEntries(
      Object.entries(known).map(([metric, threshold]) => [metric, over(threshold, data.thresholds?.[metric])]),
    ),
    customMetrics,
    cpuProfile: over<ResolvedOptions['cpuProfile']>({ ...usual.cpuProfile, sampleInterval: null }, data.cpuProfile),
    recorder: over<ResolvedOptions['recorder']>(usual.recorder, data.recorder),
    heapProfile: over<ResolvedOptions['heapProfile']>(usual.heapProfile, data.heapProfile),
    heapSnapshot: over<ResolvedOptions['heapSnapshot']>(usual.heapSnapshot, data.heapSnapshot),
    asyncStacks: over<ResolvedOptions['asyncStacks']>(usual.asyncStacks, data.asyncStacks),
    frames: over<ResolvedOptions['frames']>(usual.frames, data.frames),
    requests: over<ResolvedOptions['requests']>({ channels: [...usual.requests.channels] }, data.requests),
    retention: over<ResolvedOptions['retention']>({ ...usual.retention, minFreeBytes: null }, data.retention),
    limits: over<ResolvedOptions['limits']>(usual.limits, data.limits),
    captures: resolveSwitches(data.captures),
    blackBox: over<ResolvedOptions['blackBox']>(usual.blackBox, data.blackBox),
    probes: over<ResolvedOptions['probes']>(usual.probes, data.probes),
    terminationLog: data.terminationLog ?? defaultTerminationLog,
    links: { trace: data.links?.trace ?? null },
    explain: over<ResolvedOptions['explain']>(usual.explain, data.explain),
    admin: resolveAdmin(data.admin),
    prefix: normalPrefix(data.prefix ?? usual.prefix),
    dashboard: data.dashboard ?? usual.dashboard,
    labels: { ...findLabels(forProgram(env)), ...data.labels },
    notify: notify === undefined ? null : resolveNotify(notify),
    sinks: resolveSinks(sinks),
    bucket: bucket === undefined ? null : resolveBucket(bucket),
    profiles: resolveProfiles(profiles),
    monitorThread: monitorThread === undefined ? null : pathOf(monitorThread),
  }
}

/**
 * npm's variables are those of the package whose script runs, which may be the root of a workspace: they count only if
 * it is that of the program.
 */
function forProgram(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.npm_package_name === ownProgram()) return env
  const { npm_package_name: _name, npm_package_version: _version, ...rest } = env
  return rest
}

/** A field that is there and `undefined`, as code often has it, is one that was left out. */
function over<T extends object>(defaults: T, given: Partial<NoInfer<T>> = {}): T {
  return { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }
}

function normalPrefix(prefix: string): string {
  return `/${prefix.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, '')
}

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
