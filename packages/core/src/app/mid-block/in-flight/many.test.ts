import { expect, it } from 'vitest'
import { describeRequests } from '../../../monitor/captures/requests.js'
import { createInFlight } from './in-flight.js'

it('100,000 requests in flight are counted exactly, and shown by a table of the oldest', () => {
  let now = 0
  const inFlight = createInFlight({ onError: () => {}, now: () => now })
  const release: (() => void)[] = []
  for (let index = 0; index < 100_000; index++) {
    now = index / 10
    release.push(inFlight.track({ method: 'GET', url: `/orders/${index}?secret=1`, route: '/orders/:id' }))
  }
  expect(inFlight.scan()).toBe(100_000)
  const table = inFlight.table()
  expect([table.total, table.rows.length, table.truncated]).toEqual([100_000, 10_000, true])
  expect(table.rows.map(({ url }) => url)).toEqual(Array.from({ length: 10_000 }, (_, index) => `/orders/${index}`))
  // The file is as bounded as the table, and so are the words about it.
  const evidence = describeRequests(table, Date.now(), { trace: null })
  expect(evidence.total).toBe(100_000)
  expect(evidence.groups).toHaveLength(1)
  expect(JSON.stringify(evidence).length).toBeLessThan(4 * 1024 ** 2)
  for (const over of release) over()
  expect([inFlight.scan(), inFlight.table().total]).toEqual([0, 0])
})
