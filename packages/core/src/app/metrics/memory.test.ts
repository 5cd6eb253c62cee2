import { getHeapStatistics } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { createBlock } from '../../link/block.js'
import { publishFillingHeap, publishHeap } from './memory.js'

describe('the heap between samples', () => {
  it('is left as it was published while it is small', () => {
    const block = createBlock({ customCount: 0 })
    publishHeap(block)
    const limit = getHeapStatistics().heap_size_limit
    block.set('heapUsedBytes', limit * 0.1)
    publishFillingHeap(block)
    expect(block.get('heapUsedBytes')).toBe(limit * 0.1)
  })

  it('is published anew when it has been collected', () => {
    const block = createBlock({ customCount: 0 })
    publishHeap(block)
    block.set('heapUsedBytes', getHeapStatistics().heap_size_limit * 0.9)
    publishFillingHeap(block)
    expect(block.get('heapUsedBytes')).toBeLessThan(getHeapStatistics().used_heap_size + 1)
  })
})
