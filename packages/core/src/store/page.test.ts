import { describe, expect, it } from 'vitest'
import type { AutodumpError } from '../lib/errors.js'
import { manifestOf } from '../testing/dumps.js'
import { makeDumpId } from './dump-id.js'
import { toEntry } from './manifest-file.js'
import { pageOf } from './page.js'

const start = Date.UTC(2026, 10, 24)

const dump = (second: number, metric: string | null = 'cpu', rule = 'spike') =>
  toEntry(manifestOf(makeDumpId(start + second * 1000, 1, metric, rule)), 100)

const many = Array.from({ length: 120 }, (_, age) => dump(120 - age))

const ids = (page: { dumps: { id: string }[] }) => page.dumps.map(({ id }) => id)

function refusal(query: Parameters<typeof pageOf>[1]): AutodumpError {
  try {
    pageOf(many, query)
  } catch (error) {
    return error as AutodumpError
  }
  throw new Error('was not refused')
}

describe('pages of dumps', () => {
  it('hold 50 unless told otherwise', () => {
    expect(pageOf(many, {}).dumps).toHaveLength(50)
    expect(pageOf(many, { limit: 7 }).dumps).toHaveLength(7)
  })

  it('follow each other without a gap, and the last one says so', () => {
    const seen: string[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      const page = pageOf(many, { limit: 40, cursor })
      seen.push(...ids(page))
      cursor = page.next
      pages += 1
    } while (cursor)
    expect(seen).toEqual(many.map(({ id }) => id))
    expect(pages).toBe(3)
    expect(pageOf(many, { limit: 120 }).next).toBeUndefined()
    expect(pageOf([], {})).toEqual({ dumps: [], total: 0 })
  })

  it('neither repeat nor skip while dumps come and go', () => {
    const { next } = pageOf(many, { limit: 10 })
    const later = [dump(500), ...many.slice(0, 3), ...many.slice(12)] // The cursor's own dump is gone as well.
    expect(ids(pageOf(later, { limit: 10, cursor: next }))).toEqual(many.slice(12, 22).map(({ id }) => id))
  })

  it('can be filtered by metric and rule', () => {
    const mixed = [dump(5, null, 'manual'), dump(4, 'heap', 'watermark'), dump(3, 'cpu', 'watermark'), dump(2), dump(1)]
    expect(ids(pageOf(mixed, { metric: 'cpu' }))).toEqual(mixed.slice(2).map(({ id }) => id))
    expect(ids(pageOf(mixed, { rule: 'watermark' }))).toEqual(mixed.slice(1, 3).map(({ id }) => id))
    expect(ids(pageOf(mixed, { rule: 'manual' }))).toEqual([mixed[0]?.id])
    expect(pageOf(mixed, { metric: 'nothing' })).toEqual({ dumps: [], total: 0 })
    expect(pageOf(mixed, { metric: 'heap', limit: 1 }).next).toBeUndefined()
  })

  it('count all that match, also before the cursor', () => {
    const { next, total } = pageOf(many, { limit: 40 })
    expect(total).toBe(120)
    expect(pageOf(many, { limit: 40, cursor: next }).total).toBe(120)
    expect(pageOf(many, { metric: 'heap' }).total).toBe(0)
  })

  it('can be searched for words, each anywhere, in any case', () => {
    const summary = (text: string) => ({ summary: { text, findings: [] } })
    const [a, b] = [1, 2].map(second => makeDumpId(start + second * 1000, 7, second === 1 ? 'cpu' : 'heap', 'spike'))
    const two = [
      toEntry(manifestOf(b as string, summary('Cache.fill (cache.js:3) holds 80%')), 1),
      toEntry(manifestOf(a as string, summary('burn (app.js:3)')), 1),
    ]
    const found = (q: string) => ids(pageOf(two, { q }))
    expect(found('CACHE.JS')).toEqual([b])
    expect(found('80% heap')).toEqual([b])
    expect(found('  js:3 \t spike ')).toEqual([b, a])
    expect(found('a test')).toEqual([b, a])
    expect(found(`${a}`)).toEqual([a])
    expect(found('burn cache')).toEqual([])
    expect(found('')).toEqual([b, a])
    expect(found('.*')).toEqual([])
  })

  it('say which dumps are pinned, and can be narrowed to those or the others', () => {
    const pinned = new Set([many[3]?.id as string, many[5]?.id as string, 'gone'])
    expect(pageOf(many, { limit: 4 }, pinned).dumps.map(({ pinned }) => pinned)).toEqual([false, false, false, true])
    expect(ids(pageOf(many, { pinned: true }, pinned))).toEqual([many[3]?.id, many[5]?.id])
    expect(pageOf(many, { pinned: true, limit: 1 }, pinned)).toMatchObject({ total: 2, next: expect.any(String) })
    expect(pageOf(many, { pinned: false }, pinned).total).toBe(118)
  })

  it.each(['', 'x', '!!!', Buffer.from('../../etc/passwd').toString('base64url'), 'a'.repeat(1000), `${many[0]?.id}`])(
    'refuse a cursor that no page has given: %j',
    cursor => {
      const error = refusal({ cursor })
      expect(error.code).toBe('INVALID')
      expect(error.errors.map(({ field }) => field)).toEqual(['cursor'])
    },
  )

  it.each([0, -1, 1.5, 1001, Number.NaN])('refuse the limit %d', limit => {
    expect(refusal({ limit, cursor: 'x' }).errors.map(({ field }) => field)).toEqual(['cursor', 'limit'])
  })
})
