import { describe, expect, it } from 'vitest'
import { makeDumpId } from './dump-id.js'
import { planRetention, type Retention } from './retention.js'

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
})
