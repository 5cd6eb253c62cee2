import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { AutodumpError } from '../lib/errors.js'
import type { CaptureOffer } from '../model/capture-offer.js'
import type { Decision } from '../model/decision.js'
import type { FaultGroup, Faults } from '../model/fault.js'
import type { Fleet } from '../model/fleet.js'
import { callOn, forward } from '../model/forward.js'
import { headlineOf } from '../model/headline.js'
import type { ArtifactEntry, CapturingDump, Manifest, TriggerInfo } from '../model/manifest.js'
import type { ForwardedCalls, MonitorApi, MonitorEvents } from '../model/monitor-api.js'
import type { Options } from '../model/options.js'
import type { RunRecord } from '../model/run-record.js'
import type { Status } from '../model/status.js'
import type { IndexedDump, StoredArtifact } from '../model/store.js'
import { resolveOptions } from '../options/options.js'
import { requireUnchanged } from '../options/thresholds-patch.js'
import { perRule } from '../rules/table.js'

const at = Date.UTC(2026, 10, 24, 1, 35, 12, 123)

export const dumpId = '20261124T013512123Z-42-cpu-spike'

export const spike: TriggerInfo = {
  metric: 'cpu',
  rule: 'spike',
  value: 90,
  mean: 30,
  threshold: 37.5,
  unit: 'percent',
  history: [30, 30],
  reason: '90% is 200% above the mean 30%',
}

export function manifestOf(id: string, artifacts: ArtifactEntry[] = []): Manifest {
  return {
    id,
    createdAt: new Date(at).toISOString(),
    state: 'complete',
    trigger: spike,
    process: { pid: 42, host: 'box', node: 'v20.19.0', v8: '11.3', uptime: 7, labels: { service: 'shop' }, limits: {} },
    samples: [{ at, values: { cpu: 90, gc: null } }],
    artifacts,
    summary: {
      headline: 'CPU 90%: burn (app.js:3)',
      text: 'CPU at 90%: burn (app.js:3)',
      findings: [{ kind: 'hot-function', text: 'burn' }],
    },
  }
}

export function entryOf(file: string, content: string | Buffer, more: Partial<ArtifactEntry> = {}): ArtifactEntry {
  const bytes = Buffer.byteLength(content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { file, kind: 'requests', phase: 'during', bytes, sha256, storedBytes: bytes, state: 'complete', ...more }
}

export function decisionOf(metric: string, value: number): Decision {
  const verdict = { state: 'quiet', reason: `${value}% is below min 20%`, threshold: null } as const
  const rules = perRule(() => verdict)
  return { metric, at, value, unit: 'percent', mean: 10, deviation: 1, history: [10, 10], rules, fire: null }
}

const offer: CaptureOffer = {
  kind: 'heap-snapshot',
  enabled: true,
  reason: null,
  stopsApp: true,
  expectedPauseMs: 4200,
  note: 'stops the app for about 4.2 s',
  duration: null,
  opensWith: ['Chrome DevTools'],
}

const seenFault: FaultGroup = {
  ...{ fingerprint: '0af3b2c1d4e5', title: 'burn (app.js)', count: 1, services: ['shop'], versions: [], instances: 1 },
  ...{ firstAt: new Date(at).toISOString(), lastAt: new Date(at).toISOString(), newest: dumpId },
  chart: [...new Array<number>(23).fill(0), 1],
  ...{ state: 'open', note: '' },
}

export const seenFaults: Faults = { faults: [seenFault], from: seenFault.firstAt, to: seenFault.lastAt, writable: true }

export const endedRun: RunRecord = {
  id: '20261124T013512123Z-41-0af3b2c1d4e5',
  program: 'shop',
  pid: 41,
  host: 'box',
  labels: { service: 'shop' },
  node: 'v20.19.0',
  startedAt: new Date(at - 60_000).toISOString(),
  endedAt: new Date(at).toISOString(),
  ending: 'ended',
  exitCode: null,
  text: 'shop (process 41) ended without a word at 2026-11-24 01:35:12 UTC, nothing was wrong',
  dump: null,
  samples: [{ at, values: { cpu: 3, gc: null } }],
}

/** A dump of `kinds` that has just begun. */
export function capturingOf(id: string, more: Partial<CapturingDump> = {}): CapturingDump {
  const createdAt = new Date(at).toISOString()
  const endsAt = new Date(at + 5000).toISOString()
  return {
    id,
    state: 'capturing',
    createdAt,
    trigger: spike,
    pending: [],
    kinds: ['cpu-profile'],
    taking: [],
    endsAt,
    done: [],
    ...more,
  }
}

/** The calls that `asked` has. */
const noted = new Set(['cancel', 'faults', 'list', 'markFault', 'remove', 'setPinned', 'updateThresholds'])

export interface FakeMonitor extends Omit<MonitorApi, 'fleet'> {
  /** Put another one in for more instances. */
  fleet: Fleet
  events: EventEmitter<MonitorEvents>
  /** What was asked of it, in order: `begin`, `cancel`, `remove`, `setPinned`, `updateThresholds` with their arguments. */
  asked: unknown[][]
  /** Change it to change what `status()` says. */
  current: Status
  manifests: Map<string, Manifest | CapturingDump>
  artifacts: Map<string, StoredArtifact>
  /** Ids of pinned dumps; two at most. */
  pins: Set<string>
  /** What `begin` does beyond noting that it was asked. */
  onBegin(): Promise<{ id: string; done: Promise<Manifest> }>
}

/** A monitor that holds what a test puts into it. */
export function createFakeMonitor(options: Options = {}): FakeMonitor {
  const resolved = resolveOptions({ dir: '/nowhere', ...options })
  const events = new EventEmitter<MonitorEvents>()
  const asked: unknown[][] = []
  const manifests = new Map<string, Manifest | CapturingDump>([[dumpId, manifestOf(dumpId)]])
  const artifacts = new Map<string, StoredArtifact>()
  const pins = new Set<string>()
  let { thresholds } = resolved
  let version = 1

  const calls: ForwardedCalls = {
    async updateThresholds(patch, ifMatch) {
      requireUnchanged(`v${version}`, etag => ifMatch === undefined || ifMatch === etag)
      const [metric] = Object.keys(patch as object)
      if (!metric || !thresholds[metric])
        throw new AutodumpError('INVALID', 'invalid thresholds', { errors: [{ field: `${metric}`, message: 'is no' }] })
      thresholds = { ...thresholds, [metric]: { ...thresholds[metric], ...(patch as typeof thresholds)[metric] } }
      version++
      return thresholds
    },
    async cancel(id) {
      const dump = manifests.get(id)
      if (!dump) throw new AutodumpError('NOT_FOUND', 'no such dump is being captured')
      if (dump.state !== 'capturing') throw new AutodumpError('CONFLICT', 'it is on disk')
      manifests.delete(id)
    },
    captures: async () => [offer],
    runs: async () => [endedRun],
    faults: async () => seenFaults,
    markFault: async (_, patch) => ({ state: 'open', note: '', at: seenFault.lastAt, versions: [], ...patch }),
    async samplesJson(since = 0) {
      const { sample } = monitor.current
      return JSON.stringify(sample && sample.at > since ? [sample] : [])
    },
    async list() {
      const complete = [...manifests.values()].filter((dump): dump is Manifest => dump.state !== 'capturing')
      const dumps = complete.map(dump => ({ ...listed(dump), pinned: pins.has(dump.id) }))
      return { dumps, total: dumps.length, next: 'next-page' }
    },
    manifest: async id => manifests.get(id),
    artifact: async (id, file) => artifacts.get(`${id}/${file}`),
    pprof: async (id, file) =>
      artifacts.has(`${id}/${file}`) ? { name: `${file}.pb.gz`, bytes: Buffer.from('pprof') } : undefined,
    liveProfile: async (kind, seconds = 30) => ({ name: `${kind}.pb.gz`, bytes: Buffer.from(`${kind} ${seconds}`) }),
    explain: async id => (manifests.has(id) ? `# ${id}\n` : undefined),
    async remove(id) {
      return manifests.delete(id)
    },
    async setPinned(id, pinned) {
      if (pinned && pins.size === 2) throw new AutodumpError('CONFLICT', 'two are pinned: unpin one first')
      if (pinned) pins.add(id)
      else pins.delete(id)
      return manifests.has(id)
    },
  }
  const monitor: FakeMonitor = {
    options: resolved,
    events,
    asked,
    manifests,
    artifacts,
    pins,
    current: statusOf(),
    status: () => monitor.current,
    thresholds: () => ({ thresholds, etag: `v${version}` }),
    ...forward((name, ...args) => {
      if (noted.has(name)) asked.push([name, ...args])
      return callOn(calls)(name, ...args)
    }),
    async begin(request) {
      asked.push(['begin', request])
      return monitor.onBegin()
    },
    async onBegin() {
      return { id: dumpId, done: Promise.resolve(manifestOf(dumpId)) }
    },
    fleet: aloneAs('42-0123abcd'),
    on: (event, listener) => events.on(event, listener as never),
    off: (event, listener) => events.off(event, listener as never),
  }
  return monitor
}

/** No other instances; a test may put some in. */
export function aloneAs(id: string): Fleet {
  const about = { host: 'box', title: 'server.js', script: '/app/server.js', labels: { service: 'shop' } }
  const versions = { node: 'v20.19.0', version: '0.1.0' }
  return {
    own: { id, pid: Number.parseInt(id, 10), ...about, ...versions, startedAt: new Date(at).toISOString() },
    others: async () => [],
    async ask() {
      throw new AutodumpError('NOT_FOUND', 'there is nobody else')
    },
  }
}

function listed({ id, createdAt, state, trigger, summary, artifacts }: Manifest): IndexedDump {
  const { metric, rule, reason } = trigger
  const short = artifacts.map(({ file, kind, bytes, state }) => ({ file, kind, bytes, state }))
  return {
    id,
    createdAt,
    state,
    metric,
    rule,
    reason,
    headline: headlineOf(summary),
    summary: summary.text,
    bytes: 1000,
    artifacts: short,
  }
}

function statusOf(): Status {
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
    profiles: [],
    errors: [{ at: new Date(at).toISOString(), what: 'metric queueDepth', message: 'is NaN', count: 3 }],
  }
}
