import { Session } from 'node:inspector'
import { afterEach, describe, expect, it } from 'vitest'
import { createBlock } from '../../link/block.js'
import type { HeapProfile } from '../../model/heap-profile.js'
import { createHeapSampling, type HeapSampling, holdThread } from './heap-sampling.js'

const block = createBlock({ customCount: 0 })

const started: HeapSampling[] = []

const errors: string[] = []

function sampling(enabled = true, sampleInterval = 1024): HeapSampling {
  const made = createHeapSampling({ enabled, sampleInterval, block, onError: what => errors.push(what) })
  started.push(made)
  made.start()
  return made
}

/** As another session does it; rejects where nobody samples. */
function readProfile(): HeapProfile {
  const session = new Session()
  session.connect()
  try {
    let answer: { error: unknown; profile?: HeapProfile } = { error: 'no answer' }
    session.post('HeapProfiler.getSamplingProfile', (error, reply) => {
      answer = { error, profile: reply?.profile as HeapProfile }
    })
    if (answer.error || !answer.profile) throw new Error('not sampling')
    return answer.profile
  } finally {
    session.disconnect()
  }
}

afterEach(() => {
  for (const one of started.splice(0)) one.stop()
  expect(errors.splice(0)).toEqual([])
})

describe('heap sampling', () => {
  it('runs from start to stop, and other sessions read what it holds', () => {
    const mine = sampling()
    expect(mine.hooks['memory.sampling']()).toEqual({ running: true, by: 'autodump', sampleInterval: 1024 })
    const kept = keepObjects()
    expect(JSON.stringify(readProfile())).toContain('keepObjects')
    expect(kept.length).toBe(10_000)
    // Reading it did not end it.
    expect(JSON.stringify(readProfile())).toContain('keepObjects')
    mine.stop()
    expect(() => readProfile()).toThrow('not sampling')
    expect(mine.hooks['memory.sampling']()).toMatchObject({ running: false })
  })

  it('leaves the sampling of another tool alone, and says whose it is', () => {
    const other = sampling(true, 2048)
    const mine = sampling()
    expect(mine.hooks['memory.sampling']()).toEqual({ running: true, by: 'another tool', sampleInterval: null })
    mine.stop()
    expect(() => readProfile()).not.toThrow()
    other.stop()
  })

  it('starts again when another tool has ended it', () => {
    const mine = sampling()
    const session = new Session()
    session.connect()
    session.post('HeapProfiler.startSampling')
    session.disconnect()
    expect(() => readProfile()).toThrow('not sampling')
    expect(mine.hooks['memory.resume']()).toMatchObject({ running: true, by: 'autodump' })
    expect(() => readProfile()).not.toThrow()
  })

  it('does nothing when it is switched off', () => {
    const mine = sampling(false)
    expect(mine.hooks['memory.sampling']()).toEqual({ running: false, why: 'heapProfile.enabled is false' })
    expect(mine.hooks['memory.resume']()).toMatchObject({ running: false })
    expect(() => readProfile()).toThrow('not sampling')
  })

  it('counts heap snapshots up to the budget', () => {
    const mine = sampling(false)
    expect([2, 2, 2].map(max => mine.hooks['memory.countSnapshot'](max))).toEqual([true, true, false])
    expect(mine.hooks['memory.usage']().heapLimit).toBeGreaterThan(0)
  })
})

describe('a held thread', () => {
  it('goes on at once when nobody holds it', () => {
    block.store('holding', 0)
    expect(holdThread(block, 5000)).toBeLessThan(1000)
  })

  it('goes on by itself when nobody lets it go', () => {
    block.store('holding', 1)
    const held = holdThread(block, 30)
    block.store('holding', 0)
    expect(held).toBeGreaterThanOrEqual(30)
    expect(held).toBeLessThan(5000)
  })
})

function keepObjects(): object[] {
  return Array.from({ length: 10_000 }, (_, id) => ({ id, note: `object ${id}` }))
}
