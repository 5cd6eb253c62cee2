// @module-tag full
import { runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { analyseHeap } from '../../analysis/heap.js'
import { createHeapSampling } from '../../app/mid-block/heap-sampling.js'
import { createBlock } from '../../link/block.js'
import { openLocalLink } from '../../link/local-link.js'
import type { HeapEvidence } from '../../model/heap-profile.js'
import { hooksWith } from '../../testing/hooks.js'
import { takeCapture } from '../../testing/take-capture.js'
import type { CaptureContext } from './capture.js'
import { heapProfileCapture } from './heap-profile.js'

/** An app, which must not be ours: that is left out of the analysis. Each allocates in a function of its own. */
const source = `
  (() => {
  const kept = []
  const orders = 40_000
  return {
    kept,
    keepFromBefore() { kept.push(Array.from({ length: orders }, (_, id) => ({ id, note: 'order ' + id }))) },
    dropSoon() { kept.push(Array.from({ length: orders }, (_, id) => ({ id, note: 'order ' + id }))) },
    keepMeanwhile() { kept.push(Array.from({ length: orders }, (_, id) => ({ id, note: 'order ' + id }))) },
    dropMeanwhile() { return Array.from({ length: orders }, (_, id) => ({ id, note: 'order ' + id })).length },
  }})()`

interface App extends Record<'keepFromBefore' | 'dropSoon' | 'keepMeanwhile' | 'dropMeanwhile', () => void> {
  kept: unknown[]
}

/** The profiles of a capture of this very thread; `meanwhile` runs between them, and so many milliseconds may be paused. */
async function profiled(app: App, meanwhile: () => void, most = 60_000, rule = 'spike'): Promise<HeapEvidence[]> {
  const errors: string[] = []
  const sampling = createHeapSampling({
    enabled: true,
    sampleInterval: 1024,
    block: createBlock({ customCount: 0 }),
    onError: what => errors.push(what),
  })
  sampling.start()
  app.keepFromBefore()
  app.dropSoon()
  const now = () => performance.now()
  const link = await openLocalLink({ hooks: hooksWith({ ...sampling.hooks, 'profiler.now': now }) })
  try {
    const evidence = await takeCapture(heapProfileCapture, {
      link: async () => link,
      duration: 600,
      blockedFor: 0,
      trigger: { metric: 'heap', rule },
      affordablePause: () => ({ ms: most, why: 'streams are open' }),
      pending: () => {},
      async wait(ms: number) {
        meanwhile()
        await new Promise(resolve => setTimeout(resolve, ms))
        return { cutShort: false }
      },
    } as unknown as CaptureContext)
    return evidence.map(({ value }) => value as HeapEvidence)
  } finally {
    link.close()
    sampling.stop()
    expect(errors).toEqual([])
  }
}

describe('the second heap profile', () => {
  it('is left out where both would stop the app for longer than it may be', async () => {
    const app = () => runInThisContext(source, { filename: '/srv/shop/orders.js' }) as App
    const count = async (rule: string) => (await profiled(app(), () => {}, 0.01, rule)).length
    expect(await count('spike')).toBe(1)
    // By hand there is no limit, and a process that may die loses its streams anyway.
    expect(await count('manual')).toBe(2)
    expect(await count('watermark')).toBe(2)
  })

  it('comes after a full collection: what is garbage by then does not count, what was kept since does', async () => {
    const app = runInThisContext(source, { filename: '/srv/shop/orders.js' }) as App
    const [first, later] = (await profiled(app, () => {
      app.kept.splice(1, 1)
      app.keepMeanwhile()
      app.dropMeanwhile()
    })) as [HeapEvidence, HeapEvidence]
    const held = ({ profile }: HeapEvidence) => {
      const { allocators } = analyseHeap([{ ...first, profile, previous: null }], '/srv/shop')
      return (name: string) => allocators.find(one => one.name === name)?.bytes ?? 0
    }
    const large = 1024 ** 2
    expect(held(first)('keepFromBefore')).toBeGreaterThan(large)
    expect(held(first)('dropSoon')).toBeGreaterThan(large)
    expect(held(first)('keepMeanwhile')).toBe(0)

    expect(held(later)('keepFromBefore')).toBeGreaterThan(large)
    expect(held(later)('keepMeanwhile')).toBeGreaterThan(large)
    expect(held(later)('dropSoon')).toBeLessThan(large / 10)
    expect(held(later)('dropMeanwhile')).toBeLessThan(large / 10)

    const { grower } = analyseHeap([first, later], '/srv/shop')
    expect(grower?.name).toBe('keepMeanwhile')
    expect(grower?.grewBy).toBeGreaterThan(large)
  })
})
