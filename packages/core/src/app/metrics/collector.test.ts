import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createBlock } from '../../link/block.js'
import { createCollector } from './collector.js'

const MiB = 1024 ** 2

/** A heap in which so much becomes old per second, and of which so much stays. Looked at once a second. */
function live({
  perSecond,
  stays,
  alive = 20,
  pause = 20,
  starved = 0,
}: Record<'perSecond' | 'stays', number> & { alive?: number; pause?: number; starved?: number }) {
  const block = createBlock({ customCount: 0 })
  let now = 0
  let waited = 0
  let kept = alive * MiB
  let used = kept
  const collections: number[] = []
  const collected = () => {
    used = kept
    block.set('liveHeapBytes', kept)
    block.set('liveExternalBytes', 0)
    block.set('externalBytes', 0)
    block.set('fullCollections', collections.length)
  }
  const collect = createCollector(
    block,
    () => {
      collections.push(now / 1000)
      now += pause + starved
      waited += starved
    },
    () => now,
    () => waited,
  )
  block.store('watchingLive', 1)
  collected()
  return {
    block,
    run(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        now = Math.floor(now / 1000 + 1) * 1000
        used += perSecond * MiB
        kept += perSecond * stays * MiB
        block.set('heapUsedBytes', used)
        const before = collections.length
        collect()
        if (collections.length > before) collected()
      }
      return collections
    },
  }
}

describe('the collector', () => {
  it('goes on every ten seconds or so while the heap grows for good', () => {
    const collections = live({ perSecond: 1, stays: 0.9 }).run(100)
    expect(collections.length).toBeGreaterThanOrEqual(7)
    expect(collections[3]).toBeLessThan(60)
  })

  it('asks ever less often while what is new is garbage', () => {
    const collections = live({ perSecond: 5, stays: 0 }).run(2 * 3600)
    const waits = collections.slice(1).map((at, index) => at - (collections[index] as number))
    expect(waits.slice(0, 4)).toEqual([20, 40, 80, 160].map(wait => expect.closeTo(wait, -1)))
    expect(Math.max(...waits)).toBeLessThanOrEqual(602)
    // The first minutes aside, six an hour.
    expect(collections.filter(at => at >= 3600).length).toBeLessThanOrEqual(7)
  })

  it('sees a leak in an ordinary heap within a minute or so', () => {
    const collections = live({ perSecond: 3.5, stays: 1, alive: 142, pause: 60 }).run(90)
    expect(collections.length).toBeGreaterThanOrEqual(4)
    expect(collections[3]).toBeLessThan(70)
  })

  it('sees one where most of the pause is waiting for a CPU, which is no property of the heap', () => {
    const collections = live({ perSecond: 3.5, stays: 1, alive: 70, pause: 50, starved: 300 }).run(90)
    expect(collections.length).toBeGreaterThanOrEqual(4)
    expect(collections[3]).toBeLessThan(70)
  })

  it('goes by what was alive at the end of a collection that doubled it', () => {
    // 120 ms for 150 MiB are no more a byte than for 75.
    const collections = live({ perSecond: 7.5, stays: 1, alive: 75, pause: 120 }).run(90)
    expect(collections.length).toBeGreaterThanOrEqual(4)
  })

  it('leaves a heap alone whose collections take too long, as the ones before have shown', () => {
    for (const slow of [{ pause: 300 }, { pause: 50, starved: 1500 }]) {
      const collections = live({ perSecond: 3.5, stays: 1, alive: 142, ...slow }).run(500)
      expect(collections).toHaveLength(1)
    }
    expect(live({ perSecond: 3.5, stays: 1, alive: 300, pause: 30 }).run(600).length).toBeGreaterThan(10)
  })

  it('leaves a heap alone that does not grow, is very large, or that no rule watches', () => {
    expect(live({ perSecond: 0, stays: 0 }).run(600)).toEqual([])
    expect(live({ perSecond: 2, stays: 1, alive: 400 }).run(600)).toEqual([])
    const unwatched = live({ perSecond: 2, stays: 1 })
    unwatched.block.store('watchingLive', 0)
    expect(unwatched.run(600)).toEqual([])
  })

  it('says so, before and after', () => {
    const block = createBlock({ customCount: 0 })
    block.store('watchingLive', 1)
    block.set('fullCollections', 0)
    block.set('liveHeapBytes', 10 * MiB)
    block.set('liveExternalBytes', 0)
    block.set('heapUsedBytes', 11 * MiB)
    // Buffers count as well.
    block.set('externalBytes', 19 * MiB)
    let now = 0
    let during = 0
    const collect = createCollector(
      block,
      () => (during = block.take('collected')),
      () => now,
    )
    collect()
    expect(block.take('collected')).toBe(0)
    now = 10_000
    collect()
    expect([during, block.take('collected')]).toEqual([1, 1])
  })

  it('takes at most a hundredth of the time', () => {
    const collections = live({ perSecond: 1, stays: 1, alive: 1, pause: 400 }).run(120)
    expect(collections.length).toBeGreaterThan(1)
    expect((collections.length * 400) / 120_000).toBeLessThan(0.015)
  })

  it('collects for real, and shows nobody how', async () => {
    const block = createBlock({ customCount: 0 })
    block.store('watchingLive', 1)
    block.set('liveHeapBytes', MiB)
    block.set('liveExternalBytes', 0)
    block.set('externalBytes', 0)
    block.set('fullCollections', 0)
    block.set('heapUsedBytes', 40 * MiB)
    let now = 0
    const collect = createCollector(block, undefined, () => now)
    collect()
    const gone = new WeakRef({})
    // Until here what it refers to is kept.
    await new Promise(resolve => setImmediate(resolve))
    expect(gone.deref()).not.toBe(undefined)
    // Looking keeps it for another turn.
    await new Promise(resolve => setImmediate(resolve))
    now = 20_000
    collect()
    expect(gone.deref()).toBe(undefined)
    expect([typeof globalThis.gc, runInNewContext('typeof gc')]).toEqual(['undefined', 'undefined'])
  })
})
