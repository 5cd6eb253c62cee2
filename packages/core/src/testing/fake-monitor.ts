import { EventEmitter } from 'node:events'
import { AutodumpError } from '../lib/errors.js'
import type { CaptureEstimate } from '../model/capture-estimate.js'
import type { FaultGroup, Faults } from '../model/fault.js'
import type { Fleet } from '../model/fleet.js'
import { callOn, forward } from '../model/forward.js'
import type { CapturingDump, Manifest } from '../model/manifest.js'
import type { ForwardedCalls, MonitorApi, MonitorEvents } from '../model/monitor-api.js'
import type { Options } from '../model/options.js'
import type { RunRecord } from '../model/run-record.js'
import type { Status } from '../model/status.js'
import type { StoredArtifact } from '../model/store.js'
import { resolveOptions } from '../options/options.js'
import { requireUnchanged } from '../options/thresholds-patch.js'
import { toEntry } from '../store/manifest-file.js'
import { at, dumpId, manifestOf } from './fake-dumps.js'
import { statusOf } from './fake-status.js'

export * from './fake-dumps.js'
export { decisionOf } from './fake-status.js'

const estimate: CaptureEstimate = {
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
  ...{ headline: 'CPU at 98%: burn (app.js:3), 81% of the busy time', metric: 'cpu', rule: 'watermark' },
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

/** The calls that `asked` has. */
const noted = new Set(['cancel', 'faults', 'list', 'markFault', 'remove', 'setPinned', 'updateThresholds'])

export interface FakeMonitor extends Omit<MonitorApi, 'fleet'> {
  /** Put another one in for more instances. */
  fleet: Fleet
  events: EventEmitter<MonitorEvents>
  /** Its calls, in order: `begin`, `cancel`, `remove`, `setPinned`, `updateThresholds` with their arguments. */
  asked: unknown[][]
  /** Change it to change the answer of `status()`. */
  current: Status
  manifests: Map<string, Manifest | CapturingDump>
  artifacts: Map<string, StoredArtifact>
  /** Ids of pinned dumps; two at most. */
  pins: Set<string>
  /** The work of `begin` beyond noting that it was asked. */
  onBegin(): Promise<{ id: string; done: Promise<Manifest> }>
}

/** A monitor that holds the data of a test. */
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
    captures: async () => [estimate],
    runs: async () => [endedRun],
    faults: async () => seenFaults,
    markFault: async (_, patch) => ({ state: 'open', note: '', at: seenFault.lastAt, versions: [], ...patch }),
    async samplesJson(since = 0) {
      const { sample } = monitor.current
      return JSON.stringify(sample && sample.at > since ? [sample] : [])
    },
    async list() {
      const complete = [...manifests.values()].filter((dump): dump is Manifest => dump.state !== 'capturing')
      const dumps = complete.map(dump => ({ ...toEntry(dump, 0), bytes: 1000, pinned: pins.has(dump.id) }))
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
