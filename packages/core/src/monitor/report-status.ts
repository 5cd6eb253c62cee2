import { type EngineStatus, idleStatus, noServices, ruleSettings } from '../http/idle-status.js'
import { version } from '../lib/installed-package.js'
import type { Failures } from '../link/failures.js'
import type { EngineData, EngineEvent } from '../link/messages.js'
import type { Decision } from '../model/decision.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Sample } from '../model/sample.js'
import type { MetricStatus, ServiceStatus, Status } from '../model/status.js'
import type { Store } from '../model/store.js'
import type { DumpRegistry } from './dump-registry.js'
import type { Dumper } from './dumper.js'
import type { MetricRules } from './metric-rules.js'
import type { Sampler } from './metrics/sampler.js'
import type { FlightRecorder } from './recorder/flight-recorder.js'

/** Samples of history in a status: with 200 custom metrics and a long history it must stay small. */
const shownHistory = 60

export interface StatusReportParts {
  data: EngineData
  options: ResolvedOptions
  store: Store
  dumper: Dumper
  recorder: FlightRecorder
  sampler: Sampler
  failures: Failures
  rules: MetricRules
  registry: DumpRegistry
  emit(event: EngineEvent): void
}

export interface StatusReport {
  /** The status as of a sample that the rules have judged. */
  sampled(sample: Sample): EngineStatus
  /** The status as of the last sample, if there was one. */
  last(): EngineStatus | undefined
  /** The same with all changes since that a caller must not miss. */
  now(): Status
  /** Sets the part of a service. */
  report(part: Partial<ServiceStatus>): void
}

export function createStatusReport(parts: StatusReportParts): StatusReport {
  const { data, options, dumper, failures } = parts
  let last: EngineStatus | undefined
  let services = noServices
  return {
    sampled(sample) {
      last = describe(parts, sample)
      return last
    },
    last: () => last,
    now: () => ({
      state: 'running',
      thread: data.thread,
      ...(last ?? idleStatus(options)),
      capture: dumper.current(),
      errors: failures.list(),
      ...services,
    }),
    report(part) {
      services = { ...services, ...part }
      parts.emit({ event: 'report', part })
    },
  }
}

function describe(parts: StatusReportParts, sample: Sample): EngineStatus {
  const { store, dumper, recorder, sampler, failures, rules, registry } = parts
  const { options, limits, profiler, recorder: recorded } = parts.data
  const { window, sampleInterval } = options.recorder
  const stored = store.state()
  return {
    pid: process.pid,
    version,
    labels: options.labels,
    dir: options.dir,
    interval: options.interval,
    limits: { ...limits },
    cpuProfiler: profiler,
    recorder: { ...recorded, window, sampleInterval, ...recorder.kept() },
    blockedFor: sample.blockedFor ?? 0,
    sample,
    metrics: Object.fromEntries(rules.decisions().map(decision => [decision.metric, metricStatus(decision)])),
    capture: dumper.current(),
    dumps: { count: stored.dumps, bytes: stored.bytes, ...registry.figures() },
    quota: { maxPerHour: options.limits.maxPerHour, retryAfter: store.waitForQuota(sample.at) },
    rules: ruleSettings(options),
    totals: { ...sampler.totals(), errors: failures.total() },
    recent: sampler.recent(),
    errors: failures.list(),
  }
}

function metricStatus({ value, unit, mean, deviation, history, rules }: Decision): MetricStatus {
  return { value, unit, mean, deviation, history: history.slice(-shownHistory), rules }
}
