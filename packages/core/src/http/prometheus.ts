import type * as client from 'prom-client'
// Its parts alone: all of it loads OpenTelemetry too, which takes 90 ms instead of 20, in the middle of somebody's service.
// @ts-expect-error they have no types of their own
import counterClass from 'prom-client/lib/counter.js'
// @ts-expect-error
import gaugeClass from 'prom-client/lib/gauge.js'
// @ts-expect-error
import registryClass from 'prom-client/lib/registry.js'
import { builtinMetrics, type Unit } from '../metrics/catalog.js'
import type { Status } from '../thread/status.js'

const Counter: typeof client.Counter = counterClass
const Gauge: typeof client.Gauge = gaugeClass
const Registry: typeof client.Registry = registryClass

/** The base units of Prometheus: what the name ends in, and what the value is divided by. */
const baseUnits: Record<Unit, { suffix: string; divisor: number }> = {
  percent: { suffix: '_ratio', divisor: 100 },
  ms: { suffix: '_seconds', divisor: 1000 },
  count: { suffix: '', divisor: 1 },
  value: { suffix: '', divisor: 1 },
}

/**
 * A status in the text format of Prometheus. The registry is made anew each time, so a metric that has no reading is
 * left out, where a gauge that was once registered would go on to say 0.
 */
export async function exposition(status: Status): Promise<{ text: string; type: string }> {
  const registry = new Registry()
  const gauge = (name: string, help: string, value: number | null | undefined) => {
    if (value == null || Number.isNaN(value)) return
    new Gauge({ name: `autodump_${name}`, help, registers: [registry] }).set(value)
  }
  const family = (type: 'gauge' | 'counter', name: string, help: string, labelNames: string[], series: Series[]) => {
    if (series.length === 0) return
    const options = { name: `autodump_${name}`, help, labelNames, registers: [registry] }
    const metric = type === 'gauge' ? new Gauge(options) : new Counter(options)
    for (const { labels, value } of series) metric.inc(labels, value)
  }
  const counted = (counts: Record<string, number>, label: string): Series[] =>
    Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }))

  for (const [metric, { unit, description }] of Object.entries(builtinMetrics)) {
    const { suffix, divisor } = baseUnits[unit]
    const value = status.sample?.values[metric]
    const help = description.replace('percent of', 'as a share of')
    gauge(`${snakeCase(metric)}${suffix}`, help, value == null ? value : value / divisor)
  }
  const threads = Object.entries(status.sample?.cpuThreads ?? {}).map(([thread, value]) => ({
    labels: { thread },
    value: value / 100,
  }))
  family('gauge', 'cpu_thread_ratio', 'CPU time by thread: the main one and all others', ['thread'], threads)
  const custom = Object.entries(status.sample?.values ?? {}).flatMap(([metric, value]) =>
    Object.hasOwn(builtinMetrics, metric) || value === null ? [] : [{ labels: { metric }, value }],
  )
  family('gauge', 'custom_metric', 'metrics of the application', ['metric'], custom)
  family('gauge', 'rule_matching', '1 while the sample breaks the rule', ['metric', 'rule'], matchingRules(status))

  gauge('up', '1 while the monitor samples', status.state === 'running' ? 1 : 0)
  gauge('sample_timestamp_seconds', 'when the last sample was taken', status.sample && status.sample.at / 1000)
  gauge('blocked_seconds', 'how long the event loop has been blocked by now', status.blockedFor / 1000)
  gauge('capturing', '1 while a dump is being captured', status.capture ? 1 : 0)
  gauge('stored_dumps', 'dumps on disk', status.dumps.count)
  gauge('stored_dumps_size_bytes', 'size on disk of all dumps', status.dumps.bytes)
  gauge('quota_wait_seconds', 'until another dump is allowed', status.quota.retryAfter / 1000)
  family(
    'counter',
    'dumps_total',
    'dumps since the monitor started',
    ['trigger'],
    counted(status.dumps.byRule, 'trigger'),
  )
  if (status.notify) {
    const { queued, sent, failed } = status.notify
    gauge('notifications_queued', 'messages about dumps that wait to be delivered', queued)
    const delivered = [{ labels: {}, value: sent }]
    family('counter', 'notifications_sent_total', 'messages about dumps that were delivered', [], delivered)
    const givenUp = [{ labels: {}, value: failed }]
    family('counter', 'notifications_failed_total', 'messages about dumps that were given up', [], givenUp)
  }
  const restarts = [{ labels: {}, value: status.thread.restarts }]
  family('counter', 'thread_restarts_total', 'restarts of the monitor thread', [], restarts)
  const errors: Record<string, number> = {}
  for (const { what, count } of status.errors) errors[what] = (errors[what] ?? 0) + count
  family('counter', 'errors_total', 'failures of autodump itself', ['what'], counted(errors, 'what'))
  const { version, thread, cpuProfiler } = status
  const info = { version, thread: thread.mode, cpu_profiler: cpuProfiler ?? 'none' }
  family('gauge', 'build_info', 'always 1', Object.keys(info), [{ labels: info, value: 1 }])

  return { text: await registry.metrics(), type: registry.contentType }
}

interface Series {
  labels: Record<string, string>
  value: number
}

function matchingRules({ metrics }: Status): Series[] {
  return Object.entries(metrics).flatMap(([metric, { rules }]) =>
    Object.entries(rules)
      .filter(([, { state }]) => state !== 'off')
      .map(([rule, { state }]) => ({ labels: { metric, rule }, value: matching.has(state) ? 1 : 0 })),
  )
}

const matching = new Set(['holding', 'cooling-down', 'spent', 'firing'])

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
