import { describe, expect, it } from 'vitest'
import type { AsyncFrame, AsyncStackGroup, AsyncStacksEvidence } from '../model/async-stacks.js'
import type { TriggerInfo } from '../model/manifest.js'
import { findInAsyncStacks, sayAsyncStacks } from './async-stacks.js'
import { summarise } from './summary.js'

const cwd = '/srv/shop'

const frame = (name: string, file: string, line = 1, more: Partial<AsyncFrame> = {}): AsyncFrame => ({
  function: name,
  file: file && `file:///srv/shop/${file}`,
  line,
  column: 1,
  kind: 'async',
  ...more,
})

const fastify = frame('handler', 'node_modules/fastify/lib/handle.js', 9, { package: 'fastify' })

const node: AsyncFrame = { ...frame('once', ''), file: 'node:events', package: 'node' }

const checkout = [
  frame('acquireLock', 'src/lock.js', 12),
  frame('checkout', 'src/shop.js', 40),
  frame('(anonymous)', 'src/routes.js', 7),
  fastify,
]

const stacks = (groups: AsyncStackGroup[], more: Partial<AsyncStacksEvidence> = {}): AsyncStacksEvidence => ({
  takenAt: '2026-11-24T01:35:12.123Z',
  source: 'heap-snapshot',
  note: null,
  total: groups.reduce((sum, { count }) => sum + count, 0),
  groups,
  truncated: false,
  pauseMs: 300,
  heapBytes: 1e7,
  ...more,
})

describe('what async stacks say', () => {
  it('is which function of the app most wait in, who called it, and what it waits on', () => {
    const text = sayAsyncStacks(
      stacks([
        { count: 900, frames: [node, fastify], waitsOn: { type: 'socket' } },
        { count: 57, frames: [node, ...checkout], waitsOn: { type: 'lock', detail: 'Mutex.queue' } },
        { count: 2, frames: [frame('poll', 'src/poll.js')], waitsOn: { type: 'timer', detail: '5000 ms' } },
      ]),
      cwd,
    )
    expect(text).toBe(
      '57 async calls wait in acquireLock (src/lock.js:12), called by checkout (src/shop.js:40), on a lock or queue: Mutex.queue',
    )
  })

  it('is not where long polls wait, as far as one can tell', () => {
    const groups = [
      { count: 500, frames: [frame('nextMessage', 'src/chat.js', 3)], waitsOn: null },
      { count: 57, frames: checkout, waitsOn: null },
    ]
    const said = (source: AsyncStacksEvidence['source'], longPolls: number) =>
      sayAsyncStacks(stacks(groups, { source }), cwd, undefined, { longPolls, others: 60 })
    expect(said('heap-snapshot', 0)).toContain('nextMessage')
    expect(said('heap-snapshot', 520)).toContain('57 async calls wait in acquireLock')
    // Hanging calls began to wait before; long polls begin to wait all the time.
    expect(said('promise-hooks', 520)).toBe(null)
    expect(said('promise-hooks', 200)).toContain('nextMessage')
  })

  it('adds up what differs only outside of the app', () => {
    const one = [frame('load', 'src/load.js', 3)]
    const waitsOn = { type: 'http', detail: 'GET http://10.0.0.5:8080/' } as const
    const value = stacks([
      { count: 3, frames: [fastify, ...one], waitsOn },
      { count: 4, frames: [node, ...one, fastify], waitsOn },
      { count: 5, frames: checkout, waitsOn: null },
    ])
    expect(sayAsyncStacks(value, cwd)).toBe(
      '7 async calls wait in load (src/load.js:3), on HTTP: GET http://10.0.0.5:8080/',
    )
    expect(findInAsyncStacks(value, cwd)).toMatchObject([
      { kind: 'waiting-function', data: { count: 7, total: 12, waitsOn } },
      { data: { count: 5, calledBy: [{ name: 'checkout', line: 40 }], waitsOn: null } },
    ])
  })

  it('says so where only the calls begun since are known', () => {
    const value = stacks([{ count: 1, frames: checkout, waitsOn: null }], { source: 'promise-hooks' })
    expect(sayAsyncStacks(value, cwd)).toMatch(
      /^1 async call waits \(of those begun during the capture\) in acquireLock/,
    )
  })

  it('is nothing where no function of the app waits', () => {
    expect(sayAsyncStacks(stacks([{ count: 9, frames: [node, fastify], waitsOn: null }]), cwd)).toBeNull()
    expect(findInAsyncStacks(stacks([]), cwd)).toEqual([])
  })
})

describe('the summary', () => {
  const trigger: TriggerInfo = {
    metric: 'inFlight',
    rule: 'spike',
    value: 57,
    mean: 1,
    threshold: 20,
    unit: 'count',
    history: [1, 1],
    reason: '',
  }
  const value = stacks([{ count: 57, frames: checkout, waitsOn: null }])
  const summaryOf = (blockedFor: number, pausedMs: number) =>
    summarise({
      trigger,
      samples: [{ at: 2, values: {}, blockedFor }],
      at: 1,
      evidence: new Map([['async-stacks', [value, undefined]]]),
      blockedFor: 0,
      pausedMs,
      failures: [],
      cwd,
    })

  it('has it, and the findings', () => {
    expect(summaryOf(0, 300).text).toMatch(/57 async calls wait in acquireLock \(src\/lock\.js:12\)/)
    expect(summaryOf(0, 300).findings.map(({ kind }) => kind)).toContain('waiting-function')
  })

  it('does not hold the pause of a capture against the app, and does a longer block', () => {
    expect(summaryOf(390, 300).text).not.toContain('blocked')
    expect(summaryOf(900, 300).text).toMatch(/event loop was blocked for at least 600 ms/)
    expect(summaryOf(390, 0).text).toMatch(/event loop was blocked for at least 390 ms/)
  })
})
