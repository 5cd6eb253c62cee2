import { describe, expect, it } from 'vitest'
import { findCollectionsInBlock } from './collections.js'

const sample = (at: number, gc: number | null, blockedFor = 0) => ({ at, values: { gc }, blockedFor })

const block = { began: 1000, ms: 1200 }

describe('garbage collection within a block', () => {
  it('is told in milliseconds, from the first report after it', () => {
    const samples = [
      sample(500, 1),
      sample(1000, 1),
      sample(1500, null, 500),
      sample(2000, null, 1000),
      sample(2500, 60),
    ]
    expect(findCollectionsInBlock(samples, block)).toEqual([
      {
        kind: 'gc-in-block',
        text: '900 ms of those 1.2 s were garbage collection',
        data: { ms: 1200, collected: 900 },
      },
    ])
  })

  it('is never longer than the block', () => {
    const [finding] = findCollectionsInBlock([sample(1000, 1), sample(2500, 100)], block)
    expect(finding?.data).toEqual({ ms: 1200, collected: 1200 })
  })

  it('is not mentioned if it is short, unknown, or there is no block', () => {
    expect(findCollectionsInBlock([sample(1000, 1), sample(2500, 10)], block)).toEqual([])
    expect(findCollectionsInBlock([sample(1000, 1), sample(2500, null)], block)).toEqual([])
    expect(findCollectionsInBlock([sample(1000, 1)], block)).toEqual([])
    expect(findCollectionsInBlock([sample(1000, 1), sample(2500, 60)], { began: 1000, ms: 0 })).toEqual([])
  })
})
