import { expect, test } from 'vitest'
import type { CaptureKind } from '../api/types.ts'
import { viewerOf } from './viewer-of.ts'

test.each<[file: string, kind: CaptureKind, viewer: string]>([
  ['cpu-before.cpuprofile', 'cpu-profile', 'flame'],
  ['async-wait.cpuprofile', 'async-wait', 'flame'],
  ['heap.heapprofile', 'heap-profile', 'flame'],
  ['async-stacks.collapsed.txt', 'async-stacks', 'flame'],
  ['async-stacks.json', 'async-stacks', 'async-stacks'],
  ['requests.json', 'requests', 'requests'],
  ['frames.json', 'frames', 'frames'],
  ['trace.json', 'trace', 'trace'],
  ['report.json', 'report', 'report'],
  ['heap.heapsnapshot', 'heap-snapshot', 'heap-snapshot'],
  ['notes.txt', 'report', 'plain'],
  ['cpu.json', 'cpu-profile', 'plain'],
])('%s (%s) is shown as %s', (file, kind, viewer) => {
  expect(viewerOf({ file, kind })).toBe(viewer)
})
