import { expect, test } from 'vitest'
import type { ArtifactEntry, Manifest } from '../api/types.ts'
import { artifactPairs, metricRows } from './sides.ts'

const createdAt = '2026-11-28T20:00:10.000Z'
const artifact = (file: string, kind: ArtifactEntry['kind'], rest: Partial<ArtifactEntry> = {}): ArtifactEntry => ({
  file,
  kind,
  phase: 'during',
  bytes: 1,
  sha256: '',
  storedBytes: 1,
  state: 'complete',
  ...rest,
})
const dump = (artifacts: ArtifactEntry[], values: Record<string, number | null> = {}): Manifest => ({
  id: 'x',
  createdAt,
  state: 'complete',
  trigger: {
    metric: null,
    rule: 'manual',
    value: null,
    mean: null,
    threshold: null,
    unit: null,
    history: [],
    reason: '',
  },
  process: { pid: 1, host: 'h', node: '', v8: '', uptime: 0, labels: {}, limits: {} },
  samples: [{ at: Date.parse(createdAt), values }],
  artifacts,
  summary: { text: '', findings: [] },
})
const files = (a: Manifest, b: Manifest) => artifactPairs(a, b).map(pair => [pair.a.file, pair.b.file])

test('files of the same kind, phase and thread are compared, those taken during the capture first', () => {
  const a = dump([
    artifact('cpu-before.cpuprofile', 'cpu-profile', { phase: 'before' }),
    artifact('cpu.cpuprofile', 'cpu-profile'),
    artifact('worker.cpuprofile', 'cpu-profile', { thread: 'worker 1' }),
  ])
  const b = dump([
    artifact('cpu.cpuprofile', 'cpu-profile'),
    artifact('cpu-before.cpuprofile', 'cpu-profile', { phase: 'before' }),
  ])
  expect(files(a, b)).toEqual([
    ['cpu.cpuprofile', 'cpu.cpuprofile'],
    ['cpu-before.cpuprofile', 'cpu-before.cpuprofile'],
  ])
})

test('of two heap profiles the first is compared; what failed or has another form is not', () => {
  const a = dump([
    artifact('heap.heapprofile', 'heap-profile'),
    artifact('heap-later.heapprofile', 'heap-profile'),
    artifact('requests.json', 'requests', { state: 'failed' }),
    artifact('async-stacks.collapsed.txt', 'async-stacks'),
    artifact('report.json', 'report'),
  ])
  expect(files(a, a)).toEqual([['heap.heapprofile', 'heap.heapprofile']])
})

test('the readings of both stand in one row, those of neither are left out', () => {
  expect(metricRows(dump([], { cpu: 10, rss: null }), dump([], { cpu: 90, queue: 3, rss: null }))).toEqual([
    { metric: 'cpu', a: 10, b: 90 },
    { metric: 'queue', a: null, b: 3 },
  ])
})

test('holders of two dumps are compared', () => {
  const holders = dump([artifact('holders.json', 'holders')])
  expect(files(holders, holders)).toEqual([['holders.json', 'holders.json']])
})
