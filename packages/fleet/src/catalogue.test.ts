import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ListOptions } from '@autodump/core/object-store'
import { expect, it } from 'vitest'
import { createCatalogue } from './catalogue.js'
import { testBucket } from './testing/bucket.js'

it('a catalogue reads on after a page of keys that are not ours', async () => {
  const { bucket, plant, write } = await testBucket()
  const noon = Date.UTC(2026, 10, 29, 12)
  const [old, young] = [noon - 60_000, noon].map(at => plant({ at }))
  // Between the two: keys sort by the inverted time.
  const between = String(9_999_999_999_999 - noon + 30_000)
  for (const name of ['a', 'b', 'c']) write(`v1/index/shop/${between}-${name}.txt`, '')
  const list = (options: ListOptions) => bucket.store.list({ ...options, limit: 1 })
  const problems = new Set<string>()
  const catalogue = createCatalogue({
    ...{ store: { ...bucket.store, list }, prefix: '' },
    onProblem: text => problems.add(text),
  })
  expect((await catalogue.all()).map(({ id }) => id)).toEqual([young, old])
  expect([...problems]).toEqual(['the bucket has keys in its index that autodump did not write: they are left out'])
})

it('a catalogue shows a dump once that was uploaded later than younger ones', async () => {
  const { bucket, plant } = await testBucket()
  const noon = Date.UTC(2026, 10, 29, 12)
  const catalogue = createCatalogue({ store: bucket.store, prefix: '', onProblem: expect.unreachable })
  const seconds = [9, 3, 7, 1, 8, 2]
  const newestOf = (some: number[]) => [...some].sort((a, b) => b - a).map(second => noon + second * 1000)
  for (const [index, second] of seconds.entries()) {
    plant({ at: noon + second * 1000 })
    for (let again = 0; again < 2; again++)
      expect((await catalogue.all()).map(({ at }) => at)).toEqual(newestOf(seconds.slice(0, index + 1)))
  }
})

it('a catalogue that is read anew holds a dump once that the one before had', async () => {
  const { bucket, plant, root } = await testBucket()
  const noon = Date.UTC(2026, 10, 29, 12)
  for (let minute = 0; minute < 3; minute++) plant({ at: noon + minute * 60_000 })
  let now = noon
  const catalogue = createCatalogue({ ...{ store: bucket.store, prefix: '' }, onProblem() {}, clock: () => now })
  const [first, second, third] = await catalogue.all()
  rmSync(join(root, first?.key as string))
  now += 11 * 60_000
  let all = await catalogue.all()
  while (all.length > 2) all = await catalogue.all()
  expect(all[0]).toBe(second)
  expect(all[1]).toBe(third)
})

it('a catalogue of more dumps than it keeps is read anew beside its answers, with the newest of each service', async () => {
  const { bucket, plant, asked, root } = await testBucket()
  const noon = Date.UTC(2026, 10, 29, 12)
  for (const service of ['cart', 'shop'])
    for (let minute = 0; minute < 20; minute++) plant({ service, at: noon + minute * 60_000 })
  let now = noon
  const list = (options: ListOptions) => bucket.store.list({ ...options, limit: 1 })
  const catalogue = createCatalogue({
    ...{ store: { ...bucket.store, list }, prefix: '', onProblem() {}, clock: () => now, most: 10 },
  })
  const first = (await catalogue.all())[0]?.key as string
  rmSync(join(root, first))
  now += 11 * 60_000
  asked.length = 0
  let all = await catalogue.all()
  expect(all[0]?.key).toBe(first)
  expect(asked.length).toBeLessThan(10)
  while (all.some(({ key }) => key === first)) all = await catalogue.all()
  for (const name of ['cart', 'shop'])
    expect(all.filter(({ service }) => service === name).length).toBeGreaterThanOrEqual(4)
})
