import { version } from '../installed-package.js'
import type { Sample } from '../metrics/sample.js'
import type { ResolvedOptions } from '../options.js'
import type { FlightRecorder } from '../recorder/flight-recorder.js'
import type { Decision } from '../rules/decision.js'
import type { Store } from '../store/store.js'
import type { Dumper } from './dumper.js'
import type { Failure } from './failures.js'
import type { EngineData } from './messages.js'
import type { CompanionStatus, MetricStatus, Status } from './status.js'

/** The part of the status that the engine knows; the app thread adds how the engine itself fares. */
export type EngineStatus = Omit<Status, 'state' | 'thread' | keyof CompanionStatus>

/** As long as no companion has anything to say. */
export const noCompanions: CompanionStatus = { admin: null, notify: null }

/** Samples of history that a status shows: with 200 custom metrics and a long history it must stay small. */
const shownHistory = 60

export function describeStatus(now: {
  data: EngineData
  decisions: Decision[]
  sample: Sample
  store: Store
  dumper: Dumper
  recorder: FlightRecorder
  failures: Failure[]
  last: Status['dumps']['last']
  byRule: Record<string, number>
  newest: Status['dumps']['newest']
  totals: Status['totals']
  recent: Status['recent']
}): EngineStatus {
  const { options, limits, profiler, recorder } = now.data
  const { window, sampleInterval } = options.recorder
  const stored = now.store.state()
  return {
    pid: process.pid,
    version,
    dir: options.dir,
    interval: options.interval,
    limits: { ...limits },
    cpuProfiler: profiler,
    recorder: { ...recorder, window, sampleInterval, ...now.recorder.kept() },
    blockedFor: now.sample.blockedFor ?? 0,
    sample: now.sample,
    metrics: Object.fromEntries(now.decisions.map(decision => [decision.metric, metricStatus(decision)])),
    capture: now.dumper.current(),
    dumps: { count: stored.dumps, bytes: stored.bytes, last: now.last, byRule: now.byRule, newest: now.newest },
    quota: { maxPerHour: options.limits.maxPerHour, retryAfter: now.store.waitForQuota(now.sample.at) },
    rules: ruleSettings(options),
    totals: now.totals,
    recent: now.recent,
    errors: now.failures,
  }
}

/** What is known while no sample has been taken. */
export function idleStatus(options: ResolvedOptions): EngineStatus {
  const { window, sampleInterval } = options.recorder
  return {
    pid: process.pid,
    version,
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

function ruleSettings({ history, warmup, cpuProfile }: ResolvedOptions): Status['rules'] {
  return { history, warmup, captureDuration: cpuProfile.duration }
}

function metricStatus({ value, unit, mean, deviation, history, rules }: Decision): MetricStatus {
  return { value, unit, mean, deviation, history: history.slice(-shownHistory), rules }
}
