import { describe, expect, it } from 'vitest'
import type { InFlightRow, InFlightTable } from '../model/request-table.js'
import type { AppNote } from '../model/run.js'
import { createNoteReader, createNotes, createSharedNote } from './shared-note.js'

const row = (index: number, url = `/orders/${index}`): InFlightRow => ({
  method: 'GET',
  url,
  route: '/orders/:id',
  ageMs: 10,
  remoteAddress: null,
  state: 'handling',
  protocol: 'http/1.1',
  waitsOn: [],
  linked: false,
})

function table(count: number, limit: number, url?: string): InFlightTable {
  const rows = Array.from({ length: Math.min(count, limit) }, (_, index) => row(index, url))
  return {
    total: count,
    truncated: count > limit,
    rows,
    staleMs: 0,
    outbound: { total: 0, truncated: false, rows: [] },
  }
}

function notesOf(make: (limit: number) => InFlightTable, now?: () => number) {
  const shared = createSharedNote()
  const failures: string[] = []
  const notes = createNotes({ shared, table: make, onError: what => failures.push(what), ...(now && { now }) })
  const read = createNoteReader(shared)
  return { ...notes, failures, read: () => JSON.parse(read() ?? 'null') as AppNote | null }
}

describe('the note of the app thread', () => {
  it('is read once', () => {
    const { note, read } = notesOf(limit => table(3, limit))
    note()
    expect(read()?.table).toMatchObject({ total: 3, truncated: false })
    expect(read()).toBeNull()
  })

  it('is not repeated while nothing is in flight', () => {
    let count = 0
    const { note, read } = notesOf(limit => table(count, limit))
    note()
    expect(read()?.table.total).toBe(0)
    note()
    expect(read()).toBeNull()
    count = 1
    note()
    expect(read()?.table.total).toBe(1)
    count = 0
    note()
    expect(read()?.table.total).toBe(0)
  })

  it('has a bounded number of rows and the exact total', () => {
    const { note, read } = notesOf(limit => table(100_000, limit))
    note()
    const seen = read()
    expect(seen?.table.total).toBe(100_000)
    expect(seen?.table.rows.length).toBeLessThanOrEqual(20)
  })

  it('leaves rows out rather than not fit', () => {
    const { note, read } = notesOf(limit => table(20, limit, `/${'ü'.repeat(5000)}`))
    note()
    const seen = read()
    expect(seen?.table.truncated).toBe(true)
    expect(seen?.table.rows.length).toBeGreaterThan(0)
    expect(seen?.table.rows.length).toBeLessThan(20)
  })

  it('comes less often where it is dear, but not never', () => {
    let now = 0
    let took = 0
    const make = (limit: number) => {
      now += took
      return table(1, limit)
    }
    const { note } = notesOf(make, () => now)
    expect(note()).toBe(1000)
    const five = () => Array.from({ length: 5 }, () => Math.round(note()))
    took = 0.5
    expect(five()).toEqual([1000, 1000, 2500, 2500, 2500])
    // An interruption once or twice is no measure.
    took = 50
    expect([note(), note()].map(Math.round)).toEqual([2500, 2500])
    took = 0.5
    expect(five()).toEqual([2500, 2500, 2500, 2500, 2500])
    took = 50
    expect(five()).toEqual([2500, 2500, 60_000, 60_000, 60_000])
  })

  it('does not disturb the app when it fails', () => {
    const { note, read, failures } = notesOf(() => {
      throw new Error('on purpose')
    })
    note()
    expect(failures).toEqual(['note the requests in flight'])
    expect(read()).toBeNull()
  })

  it('tells which signals somebody listens to', () => {
    const listener = () => {}
    process.on('SIGHUP', listener)
    const { note, read } = notesOf(limit => table(1, limit))
    note()
    process.off('SIGHUP', listener)
    expect(read()?.handledSignals).toContain('SIGHUP')
  })
})
