import { describe, expect, it } from 'vitest'
import { makeDumpId } from './dump-id.js'
import { planRetention, type Retention, refusePin } from './retention.js'

const now = Date.UTC(2026, 10, 24)

const minute = 60_000

const wide: Retention = { maxDumps: 100, maxBytes: 1e12, maxAge: 1e12, minFreeBytes: 0 }

/** `count` dumps, one a minute, newest first; named by their age in minutes. */
const dumps = (...bytes: number[]) => bytes.map((size, age) => ({ id: idOf(age), bytes: size }))

const idOf = (age: number) => makeDumpId(now - age * minute, 1, 'cpu', 'spike')

const state = { now, freeBytes: Number.POSITIVE_INFINITY }

describe('retention', () => {
  it('removes nothing within the limits', () => {
    expect(planRetention(dumps(10, 10, 10), { ...wide, maxDumps: 3, maxBytes: 30 }, state)).toEqual([])
    expect(planRetention([], { ...wide, maxDumps: 1 }, state)).toEqual([])
  })

  it('removes the oldest beyond the number', () => {
    expect(planRetention(dumps(1, 1, 1, 1), { ...wide, maxDumps: 2 }, state)).toEqual([idOf(3), idOf(2)])
  })

  it('removes the oldest beyond the size', () => {
    expect(planRetention(dumps(40, 40, 40, 40), { ...wide, maxBytes: 100 }, state)).toEqual([idOf(3), idOf(2)])
    expect(planRetention(dumps(50, 50), { ...wide, maxBytes: 100 }, state)).toEqual([])
  })

  it('removes what is older than the age', () => {
    expect(planRetention(dumps(1, 1, 1), { ...wide, maxAge: minute }, state)).toEqual([idOf(2)])
  })

  it('counts the dump that is about to come', () => {
    const retention = { ...wide, maxDumps: 3, maxBytes: 100 }
    expect(planRetention(dumps(30, 30, 30), retention, { ...state, incoming: { bytes: 10 } })).toEqual([idOf(2)])
    expect(planRetention(dumps(30, 30), retention, { ...state, incoming: { bytes: 50 } })).toEqual([idOf(1)])
    expect(planRetention(dumps(30, 30), retention, { ...state, incoming: { bytes: 40 } })).toEqual([])
  })

  it('always keeps the newest', () => {
    const none = { maxDumps: 1, maxBytes: 0, maxAge: 1, minFreeBytes: 1e9 }
    const later = { now: now + 1e9, freeBytes: 0 }
    expect(planRetention(dumps(5), none, { ...later, incoming: { bytes: 5 } })).toEqual([])
    expect(planRetention(dumps(5, 5), none, { ...later, incoming: { bytes: 5 } })).toEqual([idOf(1)])
  })

  it('keeps the one just written though the clock was set back', () => {
    expect(planRetention(dumps(1, 1, 1), { ...wide, maxDumps: 2 }, { ...state, keep: idOf(2) })).toEqual([idOf(1)])
  })

  it('frees disk by removing as few as it takes, the oldest first', () => {
    const low = { ...state, freeBytes: 75 }
    expect(planRetention(dumps(20, 20, 20, 20), { ...wide, minFreeBytes: 100 }, low)).toEqual([idOf(3), idOf(2)])
    expect(planRetention(dumps(20, 20, 20, 20), { ...wide, minFreeBytes: 75 }, low)).toEqual([])
  })

  it('takes what other limits free into account', () => {
    const low = { ...state, freeBytes: 80 }
    expect(planRetention(dumps(20, 20, 20), { ...wide, maxDumps: 2, minFreeBytes: 100 }, low)).toEqual([idOf(2)])
  })

  it('keeps the evidence where removing all of it would not free enough', () => {
    const full = { ...state, freeBytes: 10 }
    expect(planRetention(dumps(20, 20, 20), { ...wide, minFreeBytes: 100 }, full)).toEqual([])
  })

  it('never removes what is pinned, and counts it', () => {
    const pinned = new Set([idOf(3), idOf(2)])
    expect(planRetention(dumps(1, 1, 1, 1), { ...wide, maxDumps: 3 }, { ...state, pinned })).toEqual([idOf(1)])
    expect(planRetention(dumps(1, 1, 1, 1), { ...wide, maxDumps: 1 }, { ...state, pinned })).toEqual([idOf(1)])
    const none = { maxDumps: 1, maxBytes: 0, maxAge: 1, minFreeBytes: 3 }
    const later = { now: now + 1e9, freeBytes: 0, pinned, incoming: { bytes: 9 } }
    expect(planRetention(dumps(1, 1, 1, 1), none, later)).toEqual([idOf(1)])
  })
})

describe('a pin', () => {
  const refuse = (maxDumps: number, maxBytes: number, ...pinned: number[]) =>
    refusePin(dumps(10, 10, 10, 10), { maxDumps, maxBytes }, new Set(pinned.map(idOf)), idOf(0))

  it('is possible for half of the dumps, and half of the bytes', () => {
    expect(refuse(2, 20)).toBeUndefined()
    expect(refuse(4, 40, 1)).toBeUndefined()
    expect(refuse(5, 1e9, 1, 2)).toContain('at most 2 dumps')
    expect(refuse(6, 60, 1, 2)).toBeUndefined()
    expect(refuse(100, 59, 1, 2)).toContain('30 bytes')
    expect(refuse(1, 1e9)).toContain('at most 0')
  })

  it('does not count those whose dump is gone, or that itself', () => {
    expect(refuse(2, 20, 77, 78, 0)).toBeUndefined()
  })
})

describe('dumps that wait for their upload', () => {
  const waiting = new Set([idOf(3), idOf(2)])

  it('go last', () => {
    const plan = (maxDumps: number) => planRetention(dumps(1, 1, 1, 1), { ...wide, maxDumps }, { ...state, waiting })
    expect(plan(3)).toEqual([idOf(1)])
    expect(plan(2)).toEqual([idOf(1), idOf(3)])
  })

  it('do not go for their age', () => {
    expect(planRetention(dumps(1, 1, 1, 1), { ...wide, maxAge: 1 }, { ...state, waiting })).toEqual([idOf(1)])
  })
})
