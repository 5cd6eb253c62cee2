import { describe, expect, it } from 'vitest'
import { type CaptureKind, captureKinds } from '../../model/capture-kind.js'
import type { ArtifactEntry } from '../../model/manifest.js'
import { resolveOptions } from '../../options/options.js'
import type { CaptureConditions } from './capture.js'
import { estimatesOf, expectedLength } from './capture-estimates.js'
import { createPauses, heapOf } from './pauses.js'

const mib = 1024 ** 2

function estimates(more: Partial<CaptureConditions> = {}, options: Parameters<typeof resolveOptions>[0] = {}) {
  const list = estimatesOf({
    options: resolveOptions(options),
    heapBytes: 42 * mib,
    memoryLeft: 4096 * mib,
    diskLeft: 4096 * mib,
    blockedFor: 0,
    profiler: 'v8-profiler-next',
    cores: 1,
    pauses: createPauses(),
    ...more,
  })
  const of = (kind: CaptureKind) => list.find(one => one.kind === kind) as (typeof list)[number]
  return { list, of }
}

const artifact = (
  kind: CaptureKind,
  pauseMs: number | undefined,
  more: Partial<ArtifactEntry> = {},
): ArtifactEntry => ({
  file: 'a',
  kind,
  phase: 'during',
  bytes: 1,
  sha256: '',
  storedBytes: 1,
  state: 'complete',
  ...(pauseMs !== undefined && { pauseMs }),
  ...more,
})

describe('what captures would cost', () => {
  it('is said of each kind, with what opens it', () => {
    const { list } = estimates()
    expect(list.map(({ kind }) => kind)).toEqual([...captureKinds])
    for (const { enabled, reason, expectedPauseMs, note, opensWith } of list) {
      expect([enabled, reason]).toEqual([true, null])
      expect(expectedPauseMs).toBeGreaterThan(0)
      expect(note).toMatch(/^stops the app for about/)
      expect(opensWith.length).toBeGreaterThan(0)
    }
  })

  it('grows with the heap for what goes through the heap, and says by how much', () => {
    const small = estimates({ heapBytes: 10 * mib }).of('heap-snapshot')
    const large = estimates({ heapBytes: 100 * mib }).of('heap-snapshot')
    expect(small).toMatchObject({ expectedPauseMs: 520, stopsApp: true, duration: null })
    expect(large).toMatchObject({
      expectedPauseMs: 5020,
      note: 'stops the app for about 5.0 s: 100 MiB at 50 ms for each MiB of heap, as is usual; many small objects take up to twice as long',
    })
    expect(estimates({ heapBytes: 10 * mib }).of('requests')).toEqual(
      estimates({ heapBytes: 100 * mib }).of('requests'),
    )
  })

  it('takes longer with less than a core, until one has been measured', () => {
    const { of } = estimates({ heapBytes: 10 * mib, cores: 0.2 })
    expect(of('heap-snapshot')).toMatchObject({
      expectedPauseMs: 2520,
      note: 'stops the app for about 2.5 s: 10 MiB at 250 ms for each MiB of heap, as is usual with 0.2 cores; many small objects take up to twice as long',
    })
    const pauses = createPauses()
    pauses.note([artifact('heap-snapshot', 600)], 10 * mib)
    expect(estimates({ pauses, heapBytes: 10 * mib, cores: 0.2 }).of('heap-snapshot').expectedPauseMs).toBe(600)
  })

  it('goes by what the last one of the process has taken', () => {
    const pauses = createPauses()
    pauses.note([artifact('heap-snapshot', 600)], 20 * mib)
    pauses.note([artifact('heap-profile', 30), artifact('heap-profile', 50)], 20 * mib)
    pauses.note([artifact('cpu-profile', 3), artifact('cpu-profile', 99, { phase: 'before' })], 20 * mib)
    const { of } = estimates({ pauses, heapBytes: 40 * mib })
    expect(of('heap-snapshot')).toMatchObject({
      expectedPauseMs: 1200,
      note: 'stops the app for about 1.2 s: 40 MiB at 30 ms for each MiB of heap, as the last one took',
    })
    expect(of('heap-profile').expectedPauseMs).toBe(160)
    expect(of('cpu-profile')).toMatchObject({
      expectedPauseMs: 3,
      note: 'stops the app for about 3 ms, as the last one did',
    })
  })

  it('goes by earlier dumps of the directory, and rather by those of a heap of about that size', () => {
    const pauses = createPauses()
    pauses.learn([artifact('heap-snapshot', 10_000), artifact('requests', 2)], 400 * mib)
    pauses.learn([artifact('heap-snapshot', 8300)], 50 * mib)
    const of = (heapBytes: number) => estimates({ pauses, heapBytes }).of('heap-snapshot').expectedPauseMs
    expect([of(40 * mib), of(350 * mib), of(4 * mib)]).toEqual([6640, 8750, 100])
    expect(pauses.taken('heap-snapshot')).toBe(0)
    // The measurement of this process itself is newer.
    pauses.note([artifact('heap-snapshot', 4000)], 40 * mib)
    expect(of(40 * mib)).toBe(4000)
  })

  it('does not take watched promises for a snapshot, nor one profiler for another', () => {
    const pauses = createPauses()
    pauses.learn([artifact('async-stacks', 4, { engine: 'promise-hooks' })], 42 * mib)
    pauses.learn([artifact('cpu-profile', 300, { engine: 'inspector' })], 42 * mib)
    const { of } = estimates({ pauses })
    expect(of('async-stacks').note).toContain('as is usual')
    expect(of('cpu-profile').expectedPauseMs).toBe(10)
    expect(estimates({ pauses, profiler: 'inspector' }).of('cpu-profile').expectedPauseMs).toBe(300)
  })

  it('knows the heap of an earlier dump by its sample and its limit', () => {
    const createdAt = new Date(5000).toISOString()
    const samples = [
      { at: 4000, values: { heap: 50 } },
      { at: 4900, values: { heap: null } },
      { at: 6000, values: { heap: 90 } },
    ]
    const limits = { heap: { bytes: 200 * mib, text: '' } }
    expect(heapOf({ createdAt, samples, process: { limits } as never })).toBe(100 * mib)
    expect(heapOf({ createdAt, samples, process: { limits: {} } as never })).toBeNull()
    expect(heapOf({ createdAt, samples: [], process: { limits } as never })).toBeNull()
  })

  it('learns nothing from what failed', () => {
    const pauses = createPauses()
    pauses.note([artifact('heap-snapshot', 9, { state: 'failed' })], 20 * mib)
    expect([pauses.last('heap-snapshot'), pauses.taken('heap-snapshot')]).toEqual([undefined, 0])
  })

  it('is unknown as long as the heap is', () => {
    const { of } = estimates({ heapBytes: null })
    expect(of('heap-snapshot')).toMatchObject({ expectedPauseMs: null, note: null, enabled: true })
    expect(of('report').expectedPauseMs).toBe(15)
  })

  it('is more where the inspector makes the profiles', () => {
    const { of } = estimates({ profiler: 'inspector' })
    expect(of('cpu-profile').expectedPauseMs).toBeGreaterThan(50)
  })
})

describe('what would be refused', () => {
  it('says why', () => {
    expect(estimates({ heapBytes: 200 * mib }).of('heap-snapshot').reason).toContain('heapSnapshot.maxHeapBytes')
    expect(estimates({ memoryLeft: 50 * mib }).of('heap-snapshot').reason).toContain('of memory')
    expect(estimates({ diskLeft: 0 }).of('heap-snapshot').reason).toContain('on disk')
    expect(estimates({ blockedFor: 900 }).of('heap-snapshot').reason).toBe('the event loop is blocked')
    const pauses = createPauses()
    for (let count = 0; count < 3; count++) pauses.note([artifact('heap-snapshot', 1)], mib)
    expect(estimates({ pauses }, { heapSnapshot: { maxPerProcess: 3 } }).of('heap-snapshot').reason).toContain(
      'has had 3',
    )
    expect(estimates({}, { heapProfile: { enabled: false } }).of('heap-profile').reason).toContain(
      'heapProfile.enabled',
    )
  })

  it('is not to be asked for where it is switched off', () => {
    const { of } = estimates({}, { captures: { 'heap-snapshot': false } })
    expect(of('heap-snapshot')).toMatchObject({ enabled: false, reason: expect.stringContaining('switched off') })
  })

  it('async stacks are had from watched promises where there is no memory for a snapshot', () => {
    const estimate = estimates({ memoryLeft: 100 * mib }).of('async-stacks')
    expect(estimate).toMatchObject({ enabled: true, reason: null, expectedPauseMs: 5 })
    expect(estimate.note).toContain('promises are watched: a snapshot of a heap of 42 MiB may take')
    expect(estimates({ blockedFor: 500 }).of('async-stacks').note).toContain('may wait until the event loop is free')
  })
})

it('how long a dump takes is the duration, where something lasts, and the pauses', () => {
  const conditions = { heapBytes: 10 * mib, profiler: 'v8-profiler-next', cores: 1, pauses: createPauses() } as const
  expect(expectedLength(['cpu-profile', 'requests'], 2000, conditions)).toBe(2015)
  expect(expectedLength(['heap-snapshot', 'report'], 2000, conditions)).toBe(535)
})
