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
