import { expect, test } from 'vitest'
import type { ListedDump } from '../api/types.ts'
import {
  filterOf,
  firstPage,
  isFiltered,
  newcomers,
  noFilter,
  pidOf,
  queryOf,
  refreshed,
  withNextPage,
  without,
  withPin,
} from './list.ts'

/** Named so that a higher number is newer, as with ids. */
const dump = (number: number): ListedDump => ({
  id: `2026112${number}T000000000Z-1-cpu-spike`,
  createdAt: '2026-11-28T00:00:00.000Z',
  state: 'complete',
  metric: 'cpu',
  rule: 'spike',
  reason: '',
  headline: '',
  summary: '',
  bytes: 0,
  artifacts: [],
  pinned: false,
})
const dumps = (...numbers: number[]) => numbers.map(dump)
const numbersOf = ({ dumps }: { dumps: ListedDump[] }) => dumps.map(({ id }) => Number(id[7]))

test('the filter goes into the address and comes out of it', () => {
  const filter = {
    ...noFilter,
    q: 'burn cpu',
    metric: 'cpu',
    rule: 'spike' as const,
    pinned: true,
    origin: 'pod-1',
    range: '7d',
  }
  expect(filterOf(new URLSearchParams(queryOf(filter)))).toEqual(filter)
  expect(filterOf(new URLSearchParams(queryOf(noFilter)))).toEqual(noFilter)
})

test('blanks are no filter', () => {
  expect(isFiltered({ ...noFilter, q: '  ' })).toBe(false)
  expect(isFiltered({ ...noFilter, pinned: true })).toBe(true)
})

test('the next page comes after what there is, and nothing twice', () => {
  const loaded = firstPage({ dumps: dumps(9, 8), next: 'cursor', total: 4 })
  const more = withNextPage(loaded, { dumps: dumps(8, 7, 6), total: 4 })
  expect(numbersOf(more)).toEqual([9, 8, 7, 6])
  expect(more.next).toBeNull()
})

test('a new dump comes to the top, and what was loaded beyond the first page stays', () => {
  const loaded = { dumps: dumps(8, 7, 6, 5), next: 'after 5', total: 6 }
  const fresh = refreshed(loaded, { dumps: dumps(9, 8), next: 'after 8', total: 7 })
  expect(numbersOf(fresh)).toEqual([9, 8, 7, 6, 5])
  expect(fresh).toMatchObject({ next: 'after 5', total: 7 })
})

test('what has gone from the first page goes', () => {
  const loaded = { dumps: dumps(8, 7, 6), next: 'after 6', total: 5 }
  expect(numbersOf(refreshed(loaded, { dumps: dumps(8, 6), next: 'after 6', total: 4 }))).toEqual([8, 6])
})

test('so many new ones that there would be a hole: only the page is kept', () => {
  const loaded = { dumps: dumps(3, 2), next: 'after 2', total: 3 }
  const fresh = refreshed(loaded, { dumps: dumps(9, 8), next: 'after 8', total: 9 })
  expect(numbersOf(fresh)).toEqual([9, 8])
  expect(fresh.next).toBe('after 8')
})

test('a first page that is all there is replaces everything', () => {
  const loaded = { dumps: dumps(8, 7, 6), next: null, total: 3 }
  expect(refreshed(loaded, { dumps: dumps(8), total: 1 })).toEqual({ dumps: dumps(8), next: null, total: 1 })
})

test('newcomers are those newer than all that are shown', () => {
  expect(newcomers(dumps(8, 7), dumps(9, 8))).toBe(1)
  expect(newcomers(dumps(8, 7), dumps(7, 6))).toBe(0)
  expect(newcomers([], dumps(7))).toBe(0)
})

test('deleted dumps leave the list and the count', () => {
  const loaded = { dumps: dumps(8, 7, 6), next: null, total: 3 }
  expect(without(loaded, new Set([dump(7).id, 'not in the list']))).toEqual({
    dumps: dumps(8, 6),
    next: null,
    total: 2,
  })
})

test('a pin changes one dump only', () => {
  const loaded = withPin({ dumps: dumps(8, 7), next: null, total: 2 }, dump(7).id, true)
  expect(loaded.dumps.map(({ pinned }) => pinned)).toEqual([false, true])
})

test('an id names the process', () => {
  expect(pidOf('20261124T013512123Z-4711-cpu-spike')).toBe('4711')
  expect(pidOf('something else')).toBe('')
})
