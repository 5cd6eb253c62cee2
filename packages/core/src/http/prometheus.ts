import { matchingStates } from '../model/decision.js'
import { type BuiltinMetric, builtinMetrics, metricHelp, type Unit } from '../model/metric.js'
import type { Status } from '../model/status.js'
import type { Thresholds } from '../model/threshold.js'
import { ruleNames } from '../rules/table.js'
import { type Exemplar, type Family, openMetrics, prometheusText, type Series } from './exposition.js'

/** The base units of Prometheus: the suffix of the name, and the divisor of the value. */
const baseUnits: Record<Unit, { suffix: string; divisor: number }> = {
  percent: { suffix: '_ratio', divisor: 100 },
  ms: { suffix: '_seconds', divisor: 1000 },
  count: { suffix: '', divisor: 1 },
  value: { suffix: '', divisor: 1 },
}

/** The two scrape formats, by their `Content-Type`. */
export type ExpositionFormat = 'prometheus' | 'openmetrics'

/**
 * A status in the text format of Prometheus, or as OpenMetrics, which can add the id of a dump to the counter. Pure. A
 * metric without a reading is left out; a counter exists from the start, so that `increase()` sees its first step.
 *
 * @param thresholds each enabled rule in them has its counter
 */
export function exposition(
  status: Status,
  { thresholds = {}, format = 'prometheus' }: { thresholds?: Thresholds; format?: ExpositionFormat } = {},
): { text: string; type: string } {
  const families = familiesOf(status, thresholds).filter(({ series }) => series.length > 0)
  return format === 'openmetrics'
    ? { text: openMetrics(families), type: 'application/openmetrics-text; version=1.0.0; charset=utf-8' }
    : { text: prometheusText(families), type: 'text/plain; version=0.0.4; charset=utf-8' }
}

function familiesOf(status: Status, thresholds: Thresholds): Family[] {
  const { sample, totals, recent, notify, bucket } = status
  const custom = Object.entries(sample?.values ?? {}).filter(([metric]) => !Object.hasOwn(builtinMetrics, metric))
  const { main, others } = sample?.cpuThreads ?? {}
  const threads = main === undefined || others === undefined ? [] : Object.entries({ main, others })
  const info = { version: status.version, thread: status.thread.mode, cpu_profiler: status.cpuProfiler ?? 'none' }
  return [
    ...Object.entries(builtinMetrics).map(([metric, { unit }]) => {
      const { suffix, divisor } = baseUnits[unit]
      const help = metricHelp[metric as BuiltinMetric]
      return gauge(`${snakeCase(metric)}${suffix}`, help, divided(sample?.values[metric], divisor))
    }),
    gauge(
      'event_loop_delay_max_seconds',
      'the worst delay of the event loop within the last 60 seconds',
      divided(recent.eventLoopDelay, 1000),
    ),
    gauge('in_flight_max', 'the most requests in flight at a sample of the last 60 seconds', recent.inFlight),
    counter('cpu_seconds_total', 'CPU time of the process, all threads', totals.cpuMs / 1000),
    counter(
      'blocked_seconds_total',
      'time in which the event loop was blocked, for more than 200 ms at a time with the usual interval',
      totals.blockedMs / 1000,
    ),
    counter('gc_seconds_total', 'pauses of the garbage collector in the app thread', totals.gcMs / 1000),
    family(
      'gauge',
      'cpu_thread_ratio',
      'CPU time by thread: the main one and all others',
      threads.map(([thread, value]) => ({ labels: { thread }, value: value / 100 })),
    ),
    family(
      'gauge',
      'custom_metric',
      'metrics of the application',
      custom.flatMap(([metric, value]) => (value === null ? [] : [{ labels: { metric }, value }])),
    ),
    family('gauge', 'rule_matching', '1 while the sample breaks the rule', matchingRules(status)),
    gauge('up', '1 while the monitor samples', status.state === 'running' ? 1 : 0),
    gauge('sample_timestamp_seconds', 'when the last sample was taken', sample && sample.at / 1000),
    gauge('blocked_now_seconds', 'how long the event loop has been blocked by now', status.blockedFor / 1000),
    gauge('capturing', '1 while a dump is being captured', status.capture ? 1 : 0),
    gauge('stored_dumps', 'dumps on disk', status.dumps.count),
    gauge('stored_dumps_size_bytes', 'size on disk of all dumps', status.dumps.bytes),
    gauge('quota_wait_seconds', 'until another dump is allowed', status.quota.retryAfter / 1000),
    family('counter', 'dumps_total', 'dumps since the monitor started', dumpCounts(status, thresholds)),
    ...(notify
      ? [
          gauge('notifications_queued', 'messages about dumps that wait to be delivered', notify.queued),
          counter('notifications_sent_total', 'messages about dumps that were delivered', notify.sent),
          counter('notifications_failed_total', 'messages about dumps that were given up', notify.failed),
        ]
      : []),
    ...(bucket
      ? [
          gauge('bucket_pending', 'dumps on disk that are not in the bucket yet', bucket.pending),
          gauge(
            'bucket_blocked',
            '1 while uploads need somebody to change something',
            bucket.state === 'blocked' ? 1 : 0,
          ),
          counter('bucket_uploaded_total', 'dumps that were uploaded', bucket.uploaded),
          counter('bucket_failed_total', 'uploads that failed and are tried again', bucket.failed),
          gauge(
            'bucket_last_success_timestamp_seconds',
            'when a dump was uploaded last',
            bucket.lastSuccess === null ? null : Date.parse(bucket.lastSuccess) / 1000,
          ),
        ]
      : []),
    counter('thread_restarts_total', 'restarts of the monitor thread', status.thread.restarts),
    counter('errors_total', 'failures of autodump itself', totals.errors),
    family('gauge', 'service_info', 'always 1: the labels of the app', serviceInfo(status)),
    family('gauge', 'build_info', 'always 1', [{ labels: info, value: 1 }]),
  ]
}

/** Labels that every app can have. Others are the app's own, and would make series of names that nobody expects. */
const shownLabels = ['service', 'version', 'instance', 'namespace', 'node', 'environment']

function serviceInfo({ labels }: Status): Series[] {
  const shown = shownLabels.flatMap(name => (labels[name] ? [[name, labels[name]] as const] : []))
  return shown.length > 0 ? [{ labels: Object.fromEntries(shown), value: 1 }] : []
}

function family(type: Family['type'], name: string, help: string, series: Series[]): Family {
  return { type, name: `autodump_${name}`, help, series }
}

const gauge = (name: string, help: string, value: number | null | undefined): Family =>
  family('gauge', name, help, value == null || Number.isNaN(value) ? [] : [{ labels: {}, value }])

const counter = (name: string, help: string, value: number): Family =>
  family('counter', name, help, [{ labels: {}, value }])

const divided = (value: number | null | undefined, divisor: number) => (value == null ? value : value / divisor)

/** The triggers that every process can have beside its rules. */
const always = ['manual', 'process-crash']

/** Each enabled rule has its series before it has a dump, else `increase()` would miss the first one. */
function dumpCounts({ dumps }: Status, thresholds: Thresholds): Series[] {
  const on = Object.entries(thresholds).flatMap(([metric, threshold]) =>
    threshold.enabled ? ruleNames.filter(rule => threshold[rule] !== null).map(rule => `${metric}-${rule}`) : [],
  )
  return [...new Set([...on, ...always, ...Object.keys(dumps.byRule)])].map(trigger => {
    const newest = dumps.newest[trigger]
    return { labels: { trigger }, value: dumps.byRule[trigger] ?? 0, ...(newest && { exemplar: exemplarOf(newest) }) }
  })
}

function exemplarOf({ id, at }: { id: string; at: number }): Exemplar {
  return { labels: { dump_id: id }, value: 1, at }
}

function matchingRules({ metrics }: Status): Series[] {
  return Object.entries(metrics).flatMap(([metric, { rules }]) =>
    Object.entries(rules)
      .filter(([, { state }]) => state !== 'off')
      .map(([rule, { state }]) => ({ labels: { metric, rule }, value: matchingStates.has(state) ? 1 : 0 })),
  )
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
