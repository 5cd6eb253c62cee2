import { getHeapStatistics } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { collectOwnHeap, createTidying, type Work } from './own-heap.js'

const idle: Work = { inProgress: false, endedAt: 0, blockedFor: 0 }

describe('when the monitor thread gives memory back', () => {
  it('is a second after its start, once', () => {
    const isTime = createTidying(5000)
    expect([5500, 6000, 7000, 90_000].map(at => isTime(at, idle))).toEqual([false, true, false, false])
  })

  it('is a second after each dump, also after one that no sample saw', () => {
    const isTime = createTidying(0)
    expect(isTime(1000, idle)).toBe(true)
    expect(isTime(2000, { ...idle, inProgress: true })).toBe(false)
    expect(isTime(3000, { ...idle, endedAt: 2500 })).toBe(false)
    expect(isTime(4000, { ...idle, endedAt: 2500 })).toBe(true)
    expect(isTime(5000, { ...idle, endedAt: 4200 })).toBe(false)
    expect(isTime(6000, { ...idle, endedAt: 4200 })).toBe(true)
    expect(isTime(7000, { ...idle, endedAt: 4200 })).toBe(false)
  })

  it('is not while the app thread is blocked, nor in the middle of a dump', () => {
    const isTime = createTidying(0)
    expect(isTime(2000, { ...idle, blockedFor: 900 })).toBe(false)
    expect(isTime(3000, { ...idle, inProgress: true })).toBe(false)
    expect(isTime(9000, { ...idle, inProgress: true })).toBe(false)
  })
})

it('a collection frees what nobody holds', async () => {
  let garbage: unknown[] | null = Array.from({ length: 200_000 }, () => ({ a: {} }))
  const before = getHeapStatistics().used_heap_size
  expect(garbage).toHaveLength(200_000)
  garbage = null
  collectOwnHeap()
  while (getHeapStatistics().used_heap_size > before - 5e6) await new Promise(setImmediate)
})
