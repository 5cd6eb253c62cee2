import { expect, test } from 'vitest'
import type { ArtifactEntry, Manifest, Sample } from '../api/types.ts'
import {
  artifactOf,
  chartedMetrics,
  groupFindings,
  leadingMetrics,
  limitsInWords,
  momentOf,
  sampleAtTrigger,
  stateInWords,
} from './facts.ts'

const createdAt = '2026-11-28T20:00:10.000Z'
const at = Date.parse(createdAt)
const sample = (offset: number, values: Sample['values'] = { cpu: 1 }): Sample => ({ at: at + offset, values })
const trigger: Manifest['trigger'] = {
  metric: 'cpu',
  rule: 'spike',
  value: 80,
  mean: 10,
  threshold: 20,
  unit: 'percent',
  history: [],
  reason: '',
}
const crash = { ...trigger, metric: null, rule: 'crash' as const }
const noSummary = { text: '', findings: [] }

test('the sample at the trigger is the last one before it', () => {
  const samples = [sample(-1000, { cpu: 10 }), sample(-1, { cpu: 80 }), sample(999, { cpu: 90 })]
  expect(sampleAtTrigger({ createdAt, trigger, samples, summary: noSummary })?.values.cpu).toBe(80)
  expect(sampleAtTrigger({ createdAt, trigger, samples: [sample(999)], summary: noSummary })).toBeNull()
})

test('a crash was when the process died, not when that was found out', () => {
  const died = { kind: 'crash', text: '', data: { at: at - 5000 } }
  const samples = [sample(-9000), sample(-6000)]
  expect(momentOf({ createdAt, trigger: crash, samples, summary: { text: '', findings: [died] } })).toBe(at - 5000)
  expect(momentOf({ createdAt, trigger: crash, samples, summary: noSummary })).toBe(at - 6000)
})

test('metrics without any reading have no chart, and that of the trigger comes first', () => {
  const samples = [sample(0, { cpu: 1, rss: null, heap: null }), sample(1, { cpu: 2, rss: null, heap: 3 })]
  expect(chartedMetrics({ samples, trigger: { ...trigger, metric: 'heap' } })).toEqual(['heap', 'cpu'])
  expect(chartedMetrics({ samples, trigger: crash })).toEqual(['cpu', 'heap'])
})

test('a dump by hand shows how the process was doing', () => {
  const samples = [sample(0, { rss: 4, eventLoopDelay: 2, cpu: 1 })]
  expect(leadingMetrics({ samples, trigger: { ...trigger, metric: null, rule: 'manual' } })).toEqual([
    'cpu',
    'eventLoopDelay',
  ])
  expect(leadingMetrics({ samples, trigger })).toEqual(['cpu'])
})

test('findings are grouped, culprits before figures', () => {
  const findings = ['idle', 'hot-function', 'request-group', 'hot-function', 'something-new'].map(kind => ({
    kind,
    text: kind,
  }))
  const groups = groupFindings(findings, 'cpu')
  expect(groups.map(({ title, findings }) => [title, findings.length])).toEqual([
    ['Functions that took the time', 2],
    ['Requests in flight', 1],
    ['Idle during the capture', 1],
    ['Something new', 1],
  ])
  expect(groupFindings(findings, 'inFlight')[0]?.kind).toBe('request-group')
})

test('what is missing is said in words', () => {
  const artifacts = [
    { file: 'cpu.cpuprofile', kind: 'cpu-profile' as const, state: 'complete' as const },
    { file: 'requests.json', kind: 'requests' as const, state: 'failed' as const },
  ]
  const whole = (['async-wait', 'heap-snapshot'] as const).map(kind => ({ file: '', kind, state: 'failed' as const }))
  expect(stateInWords('partial', whole)).toBe('without Async wait, Heap snapshot')
  expect(stateInWords('complete', artifacts.slice(0, 1))).toBeNull()
  expect(stateInWords('partial', artifacts)).toBe('without requests.json')
  expect(stateInWords('partial', artifacts.slice(0, 1))).toBe('the capture was cut short')
  expect(stateInWords('failed', artifacts)).toBe('nothing could be captured but the samples')
})

test('the artifact to open is the one taken during the capture, never a failed one', () => {
  const entry = (
    file: string,
    phase: ArtifactEntry['phase'],
    state: ArtifactEntry['state'] = 'complete',
  ): ArtifactEntry => ({
    file,
    kind: 'cpu-profile',
    phase,
    bytes: 1,
    sha256: '',
    storedBytes: 1,
    state,
  })
  const artifacts = [entry('before', 'before'), entry('broken', 'during', 'failed'), entry('during', 'during')]
  expect(artifactOf({ artifacts }, 'cpu-profile')?.file).toBe('during')
  expect(artifactOf({ artifacts }, 'cpu-profile', 'before')?.file).toBe('before')
  expect(artifactOf({ artifacts: artifacts.slice(0, 2) }, 'cpu-profile')?.file).toBe('before')
  expect(artifactOf({ artifacts }, 'trace')).toBeUndefined()
})

test('limits are said in the words that they come with, others as they are', () => {
  expect(limitsInWords({ cpu: { quota: null, text: 'one core' }, disk: 5 })).toEqual([
    ['CPU', 'one core'],
    ['disk', '5'],
  ])
})
