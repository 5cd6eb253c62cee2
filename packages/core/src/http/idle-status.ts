import { version } from '../lib/installed-package.js'
import type { ResolvedOptions } from '../model/options.js'
import type { ServiceStatus, Status } from '../model/status.js'

/** The part of the status that the engine knows; the app thread adds the state of the engine itself. */
export type EngineStatus = Omit<Status, 'state' | 'thread' | keyof ServiceStatus>

/** The status of the services before they report anything. */
export const noServices: ServiceStatus = {
  admin: null,
  inMemory: null,
  notify: null,
  sinks: [],
  bucket: null,
  profiles: [],
}

/** The status before the first sample. */
export function idleStatus(options: ResolvedOptions): EngineStatus {
  const { window, sampleInterval } = options.recorder
  return {
    pid: process.pid,
    version,
    labels: options.labels,
    dir: options.dir,
    interval: options.interval,
    limits: {},
    cpuProfiler: null,
    recorder: { engine: null, reason: 'the monitor has not begun', window, sampleInterval, windows: 0, bytes: 0 },
    blockedFor: 0,
    sample: null,
    metrics: {},
    capture: null,
    dumps: { count: 0, bytes: 0, last: null, byRule: {}, newest: {} },
    quota: { maxPerHour: options.limits.maxPerHour, retryAfter: 0 },
    rules: ruleSettings(options),
    totals: { cpuMs: 0, blockedMs: 0, gcMs: 0, errors: 0 },
    recent: { eventLoopDelay: null, inFlight: null },
    errors: [],
  }
}

export function ruleSettings({ history, warmup, cpuProfile }: ResolvedOptions): Status['rules'] {
  return { history, warmup, captureDuration: cpuProfile.duration }
}
