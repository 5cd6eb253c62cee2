import { type EngineStatus, ruleSettings } from '../http/idle-status.js'
import { version } from '../lib/installed-package.js'
import type { EngineData } from '../link/messages.js'
import type { Decision } from '../model/decision.js'
import type { Sample } from '../model/sample.js'
import type { Failure, MetricStatus, Status } from '../model/status.js'
import type { Store } from '../model/store.js'
import type { Dumper } from './dumper.js'
import type { FlightRecorder } from './recorder/flight-recorder.js'

/** Samples of history in a status: with 200 custom metrics and a long history it must stay small. */
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
    labels: options.labels,
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

function metricStatus({ value, unit, mean, deviation, history, rules }: Decision): MetricStatus {
  return { value, unit, mean, deviation, history: history.slice(-shownHistory), rules }
}
