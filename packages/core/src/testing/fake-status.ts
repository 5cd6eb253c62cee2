import type { Decision } from '../model/decision.js'
import type { Status } from '../model/status.js'
import { perRule } from '../rules/table.js'
import { at, dumpId } from './fake-dumps.js'

export function decisionOf(metric: string, value: number): Decision {
  const verdict = { state: 'quiet', reason: `${value}% is below min 20%`, threshold: null } as const
  const rules = perRule(() => verdict)
  return { metric, at, value, unit: 'percent', mean: 10, deviation: 1, history: [10, 10], rules, fire: null }
}

export function statusOf(): Status {
  const { value, unit, mean, deviation, history, rules } = decisionOf('cpu', 12.5)
  return {
    state: 'running',
    thread: { mode: 'monitor-thread', restarts: 0, degraded: null },
    pid: 42,
    version: '0.1.0',
    dir: '/nowhere',
    interval: 1000,
    limits: { cpu: 'one core' },
    labels: { service: 'shop' },
    cpuProfiler: 'inspector',
    recorder: { engine: null, reason: 'none is built', window: 5000, sampleInterval: 10_000, windows: 0, bytes: 0 },
    blockedFor: 0,
    sample: { at, values: { cpu: 12.5, eventLoopDelay: 20, inFlight: 3, gc: null, queueDepth: 7 } },
    metrics: { cpu: { value, unit, mean, deviation, history, rules } },
    capture: null,
    dumps: {
      count: 1,
      bytes: 1000,
      last: { id: dumpId, headline: 'CPU at 90%', summary: 'CPU at 90%' },
      byRule: { 'cpu-spike': 2 },
      newest: { 'cpu-spike': { id: dumpId, at } },
    },
    totals: { cpuMs: 12_500, blockedMs: 3000, gcMs: 250, errors: 3 },
    recent: { eventLoopDelay: 2480, inFlight: 40 },
    quota: { maxPerHour: 30, retryAfter: 0 },
    rules: { history: 10, warmup: 10, captureDuration: 5000 },
    admin: { address: 'http://127.0.0.1:9229/debug/autodump', error: null },
    bucket: {
      ...{ place: 's3://evidence/shop at https://s3.example', state: 'waiting', pending: 1, uploaded: 2, failed: 3 },
      ...{ lastSuccess: new Date(at).toISOString(), lastError: null },
    },
    notify: { webhooks: ['hooks.slack.com'], queued: 1, sent: 2, failed: 3, lastError: null },
    sinks: [],
    inMemory: null,
    profiles: [],
    errors: [{ at: new Date(at).toISOString(), what: 'metric queueDepth', message: 'is NaN', count: 3 }],
  }
}
