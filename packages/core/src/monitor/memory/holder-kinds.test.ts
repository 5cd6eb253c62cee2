import { expect, it } from 'vitest'
import type { CaptureKind } from '../../model/capture-kind.js'
import type { RuleName } from '../../model/threshold.js'
import { holderKinds } from './holder-kinds.js'

const usual = new Set<CaptureKind>(['requests', 'heap-profile', 'report'])
const firing = (metric: string, fire: RuleName) => [{ metric, fire }]
/** An app that a snapshot stops for so long. */
const stopping = (pause: number) => (_: CaptureKind, ms: number) => pause <= ms

it('a leak brings the snapshot along while the pause is short', () => {
  expect(holderKinds(firing('heap', 'leak'), usual, stopping(3000))).toEqual(['heap-snapshot'])
  expect(holderKinds(firing('rss', 'leak'), usual, stopping(20))).toEqual(['heap-snapshot'])
  expect(holderKinds(firing('heap', 'leak'), usual, stopping(9000))).toEqual([])
})

it('a leak whose process has had its snapshots is told by one that is not kept', () => {
  const spent = (kind: CaptureKind) => kind === 'holders'
  expect(holderKinds(firing('heap', 'leak'), usual, spent)).toEqual(['holders'])
})

it('other rules about memory take it beside a small heap only', () => {
  for (const metric of ['rss', 'heap', 'gc', 'memory']) {
    expect(holderKinds(firing(metric, 'watermark'), usual, stopping(600))).toEqual(['holders'])
    expect(holderKinds(firing(metric, 'spike'), usual, stopping(3000))).toEqual([])
  }
})

it('other metrics, and thresholds without evidence of the heap, bring nothing along', () => {
  expect(holderKinds(firing('cpu', 'spike'), usual, stopping(0))).toEqual([])
  expect(holderKinds(firing('heap', 'leak'), new Set<CaptureKind>(['requests']), stopping(0))).toEqual([])
  expect(holderKinds(firing('heap', 'leak'), new Set([...usual, 'heap-snapshot'] as const), stopping(0))).toEqual([])
})
