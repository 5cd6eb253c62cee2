import type { CaptureKind } from '../model/capture-kind.js'
import type { HeapEvidence, HeapProfile } from '../model/heap-profile.js'
import type { TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import type { RequestsEvidence } from '../model/request-table.js'
import type { Sample } from '../model/sample.js'
import { groupByRoute, groupByTarget } from '../monitor/captures/requests.js'
import { profileOf, type Slice } from './profile-of.js'

/** Epoch milliseconds of the trigger of every incident. */
export const incidentAt = Date.UTC(2026, 10, 29, 3, 0, 0)

const MiB = 1024 ** 2

export function trigger(metric: string, value: number, more: Partial<TriggerInfo> = {}): TriggerInfo {
  const { unit } = metricInfo(metric)
  const reason = 'it is over its line'
  return { metric, rule: 'watermark', value, mean: 3.14, threshold: value * 0.9, unit, history: [], reason, ...more }
}

export const byHand = (reason = 'by hand'): TriggerInfo => ({
  ...trigger('cpu', 0),
  ...{ metric: null, rule: 'manual', value: null, mean: null, threshold: null, unit: null, reason },
})

type Evidence = [CaptureKind, unknown[]]

/** @param before the content of the flight recorder */
export const cpu = (during: Slice[], before?: Slice[]): Evidence => [
  'cpu-profile',
  [profileOf(...during), ...(before ? [profileOf(...before)] : [])],
]

interface Outbound {
  target: string
  count: number
  ageMs: number
  stack?: string[]
}

export function requests(
  groups: [route: string, count: number, ageMs: number][],
  { target, count = 0, ageMs = 0, stack }: Partial<Outbound> = {},
): Evidence {
  const rows = groups.flatMap(([name, times, ageMs]) => {
    const [method = 'GET', route = '/'] = name.split(' ')
    return Array.from({ length: times }, () => ({
      ...{ method, url: route, route, ageMs, remoteAddress: null, state: 'handling', protocol: 'http/1.1' },
      ...{ waitsOn: [], linked: false },
    }))
  })
  const calls = Array.from({ length: count }, () => ({
    ...{ kind: 'http', method: 'GET', target, path: '/', ageMs, state: 'waiting', linked: false },
    ...(stack && { stack }),
  }))
  const value = {
    takenAt: '',
    total: rows.length,
    truncated: false,
    staleMs: 0,
    groups: groupByRoute(rows as never),
    requests: rows,
    outbound: {
      total: count,
      truncated: false,
      requests: calls,
      groups: groupByTarget(calls as never, rows as never),
    },
  }
  return ['requests', [value as unknown as RequestsEvidence]]
}

export const waiting = (count: number, name: string, file: string, line: number): Evidence => [
  'async-stacks',
  [
    {
      ...{ takenAt: '', source: 'heap-snapshot', note: null, total: count, truncated: false, pauseMs: 1, heapBytes: 1 },
      groups: [
        { count, frames: [{ function: name, file: `/app/${file}`, line, column: 1, kind: 'async' }], waitsOn: null },
      ],
    },
  ],
]

/** Allocators by `name /file:line`, with MiB in the first profile and in the second, 8 s later. */
export function heap(allocators: [at: string, first: number, later: number][]): Evidence {
  const profile = (which: 1 | 2): HeapProfile => ({
    head: {
      ...frame('(root)', '', 0, 0),
      children: allocators.map(([at, ...sizes]) => {
        const [, name = '', file = '', line = '1'] = /^(\S+) (\S+):(\d+)$/.exec(at) ?? []
        return frame(name, file, Number(line), sizes[which - 1] as number)
      }),
    },
  })
  const usage = null
  const evidence = (which: 1 | 2): HeapEvidence => ({
    ...{ profile: profile(which), at: which * 8000, sampleInterval: MiB / 2, usage, previous: null },
  })
  return ['heap-profile', [evidence(1), evidence(2)]]
}

const frame = (functionName: string, url: string, line: number, mib: number) => ({
  callFrame: { functionName, scriptId: '1', url, lineNumber: line - 1, columnNumber: 0 },
  selfSize: mib * MiB,
  children: [] as HeapProfile['head'][],
})

/** One sample a second up to the trigger. */
export const samples = (values: Record<string, number>[], more: Partial<Sample> = {}): Sample[] =>
  values.map((one, index) => ({ at: incidentAt - (values.length - 1 - index) * 1000, values: one, ...more }))
