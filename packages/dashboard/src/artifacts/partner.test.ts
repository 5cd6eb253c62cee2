import { expect, test } from 'vitest'
import type { ArtifactEntry } from '../api/types.ts'
import { partnerOf } from './partner.ts'

const artifact = (file: string, more: Partial<ArtifactEntry> = {}): ArtifactEntry => ({
  file,
  kind: 'cpu-profile',
  phase: 'during',
  state: 'complete',
  bytes: 1,
  storedBytes: 1,
  sha256: '',
  ...more,
})

test('the partner of a file is the other phase of the same thread', () => {
  const during = artifact('cpu.cpuprofile')
  const before = artifact('cpu-before.cpuprofile', { phase: 'before' })
  const worker = artifact('cpu-worker-3.cpuprofile', { phase: 'before', thread: 'worker 3' })
  expect(partnerOf(during, [worker, during, before])).toBe(before)
  expect(partnerOf(before, [worker, during, before])).toBe(during)
  expect(partnerOf(worker, [worker, during, before])).toBeUndefined()
})

test('two of one phase stand against each other', () => {
  const heap = artifact('heap.heapprofile', { kind: 'heap-profile' })
  const later = artifact('heap-later.heapprofile', { kind: 'heap-profile' })
  expect(partnerOf(heap, [later, heap])).toBe(later)
})

test('a failed one is nothing to compare with', () => {
  const during = artifact('cpu.cpuprofile')
  expect(
    partnerOf(during, [during, artifact('cpu-before.cpuprofile', { phase: 'before', state: 'failed' })]),
  ).toBeUndefined()
})
