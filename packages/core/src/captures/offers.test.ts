import { describe, expect, it } from 'vitest'
import { resolveOptions } from '../options.js'
import type { ArtifactEntry } from '../store/manifest.js'
import { type CaptureKind, captureKinds } from './capture.js'
import { type CaptureConditions, expectedLength, offersOf } from './offers.js'
import { createPauses } from './pauses.js'

const mib = 1024 ** 2

function offers(more: Partial<CaptureConditions> = {}, options: Parameters<typeof resolveOptions>[0] = {}) {
  const list = offersOf({
    options: resolveOptions(options),
    heapBytes: 42 * mib,
    memoryLeft: 4096 * mib,
    diskLeft: 4096 * mib,
    blockedFor: 0,
    profiler: 'v8-profiler-next',
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
    const { list } = offers()
    expect(list.map(({ kind }) => kind)).toEqual([...captureKinds])
    for (const { enabled, reason, expectedPauseMs, note, opensWith } of list) {
      expect([enabled, reason]).toEqual([true, null])
      expect(expectedPauseMs).toBeGreaterThan(0)
      expect(note).toMatch(/^stops the app for about/)
      expect(opensWith.length).toBeGreaterThan(0)
    }
  })

  it('grows with the heap for what goes through the heap, and says by how much', () => {
    const small = offers({ heapBytes: 10 * mib }).of('heap-snapshot')
    const large = offers({ heapBytes: 100 * mib }).of('heap-snapshot')
    expect(small).toMatchObject({ expectedPauseMs: 520, stopsApp: true, duration: null })
    expect(large).toMatchObject({
      expectedPauseMs: 5020,
      note: 'stops the app for about 5.0 s: 100 MiB at 50 ms for each MiB of heap, as is usual; many small objects take up to twice as long',
    })
    expect(offers({ heapBytes: 10 * mib }).of('requests')).toEqual(offers({ heapBytes: 100 * mib }).of('requests'))
  })

  it('goes by what the last one of the process has taken', () => {
    const pauses = createPauses()
    pauses.note([artifact('heap-snapshot', 600)], 20 * mib)
    pauses.note([artifact('heap-profile', 30), artifact('heap-profile', 50)], 20 * mib)
    pauses.note([artifact('cpu-profile', 3), artifact('cpu-profile', 99, { phase: 'before' })], 20 * mib)
    const { of } = offers({ pauses, heapBytes: 40 * mib })
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

  it('learns nothing from what failed', () => {
    const pauses = createPauses()
    pauses.note([artifact('heap-snapshot', 9, { state: 'failed' })], 20 * mib)
    expect([pauses.last('heap-snapshot'), pauses.taken('heap-snapshot')]).toEqual([undefined, 0])
  })

  it('is unknown as long as the heap is', () => {
    const { of } = offers({ heapBytes: null })
    expect(of('heap-snapshot')).toMatchObject({ expectedPauseMs: null, note: null, enabled: true })
    expect(of('report').expectedPauseMs).toBe(15)
  })

  it('is more where the inspector makes the profiles', () => {
    const { of } = offers({ profiler: 'inspector' })
    expect(of('cpu-profile').expectedPauseMs).toBeGreaterThan(50)
  })
})

describe('what would be refused', () => {
  it('says why', () => {
    expect(offers({ heapBytes: 200 * mib }).of('heap-snapshot').reason).toContain('heapSnapshot.maxHeapBytes')
    expect(offers({ memoryLeft: 50 * mib }).of('heap-snapshot').reason).toContain('of memory')
    expect(offers({ diskLeft: 0 }).of('heap-snapshot').reason).toContain('on disk')
    expect(offers({ blockedFor: 900 }).of('heap-snapshot').reason).toBe('the event loop is blocked')
    const pauses = createPauses()
    for (let count = 0; count < 3; count++) pauses.note([artifact('heap-snapshot', 1)], mib)
    expect(offers({ pauses }, { heapSnapshot: { maxPerProcess: 3 } }).of('heap-snapshot').reason).toContain('has had 3')
    expect(offers({}, { heapProfile: { enabled: false } }).of('heap-profile').reason).toContain('heapProfile.enabled')
  })

  it('is not to be asked for where it is switched off', () => {
    const { of } = offers({}, { captures: { 'heap-snapshot': false } })
    expect(of('heap-snapshot')).toMatchObject({ enabled: false, reason: expect.stringContaining('switched off') })
  })

  it('async stacks are had from watched promises where there is no memory for a snapshot', () => {
    const offer = offers({ memoryLeft: 100 * mib }).of('async-stacks')
    expect(offer).toMatchObject({ enabled: true, reason: null, expectedPauseMs: 5 })
    expect(offer.note).toContain('promises are watched: a snapshot of a heap of 42 MiB may take')
    expect(offers({ blockedFor: 500 }).of('async-stacks').note).toContain('may wait until the event loop is free')
  })
})

it('how long a dump takes is the duration, where something lasts, and the pauses', () => {
  const conditions = { heapBytes: 10 * mib, profiler: 'v8-profiler-next', pauses: createPauses() } as const
  expect(expectedLength(['cpu-profile', 'requests'], 2000, conditions)).toBe(2015)
  expect(expectedLength(['heap-snapshot', 'report'], 2000, conditions)).toBe(535)
})
