import type { SharesDigest } from '@autodump/core/analysis'
import type { ListOptions } from '@autodump/core/object-store'
import { describe, expect, it } from 'vitest'
import { sharesKey } from '../../core/src/object-store/keys.js'
import { readShares } from './shares.js'
import { testBucket } from './testing/bucket.js'

const noon = Date.UTC(2026, 10, 29, 12)

interface Planted {
  version: string
  hour: number
  instance?: string
  /** Milliseconds per request. */
  serialize: number
}

async function bucketOf(...planted: Planted[]) {
  const made = await testBucket()
  for (const { version, hour, instance = 'pod-1', serialize } of planted) {
    const at = noon + hour * 3_600_000
    const requests = 10_000
    const digest: SharesDigest = {
      ...{ format: 1, service: 'shop', version, instance, requests, sampleMs: 20 },
      from: new Date(at).toISOString(),
      to: new Date(at + 600_000).toISOString(),
      busyMs: requests * (serialize + 5),
      functions: [
        ['parse', 'src/parse.js', 3, requests * 5],
        ['serialize', 'src/render.js', 88, requests * serialize],
      ],
    }
    made.write(sharesKey('', { service: 'shop', version, instance, process: '7-0123abcd', at }), JSON.stringify(digest))
  }
  return made
}

describe('readShares', () => {
  it('compares the version that was seen last with the one before it', async () => {
    const { bucket } = await bucketOf(
      { version: '1.8.1', hour: 0, serialize: 9 },
      { version: '1.8.2', hour: 1, serialize: 1 },
      { version: '1.9.0', hour: 2, serialize: 3.1 },
    )
    const [shop] = await readShares(bucket)
    expect(shop).toMatchObject({ service: 'shop', version: '1.9.0', than: '1.8.2', silence: null })
    expect(shop?.changes.map(({ text }) => text)).toEqual([
      'serialize (src/render.js:88) costs 3.1 times what it did in 1.8.2, per request',
    ])
    const [older] = await readShares(bucket, { service: 'shop', version: '1.8.2', than: '1.8.1' })
    expect(older?.changes[0]?.ratio).toBeCloseTo(1 / 9)
  })

  it('says whether one instance is odd', async () => {
    const { bucket } = await bucketOf(
      ...['pod-1', 'pod-2', 'pod-3'].map(instance => ({ version: '1', hour: 0, instance, serialize: 1 })),
      { version: '1', hour: 0, instance: 'pod-4', serialize: 4 },
    )
    const [shop] = await readShares(bucket)
    expect(shop?.instances).toEqual(['pod-1', 'pod-2', 'pod-3', 'pod-4'])
    expect(shop?.odd).toEqual([
      {
        instance: 'pod-4',
        text: 'serialize (src/render.js:88) costs 4 times what it does in the other instances, per request',
      },
    ])
    const [odd] = await readShares(bucket, { origin: 'pod-4' })
    expect(odd?.changes[0]?.text).toBe(
      'serialize (src/render.js:88) costs 4 times what it does in the other instances, per request',
    )
    expect((await readShares(bucket, { origin: 'pod-1' }))[0]?.changes.every(({ ratio }) => (ratio ?? 0) < 1)).toBe(
      true,
    )
  })

  it('reads on after a page of keys that are not ours', async () => {
    const { bucket, write } = await bucketOf(
      { version: '1', hour: 0, serialize: 1 },
      { version: '2', hour: 1, serialize: 3 },
    )
    for (const name of ['a', 'b', 'c']) write(`v1/shares/shop/2/0-${name}.txt`, '')
    const store = { ...bucket.store, list: (options: ListOptions) => bucket.store.list({ ...options, limit: 2 }) }
    expect((await readShares({ ...bucket, store }))[0]?.changes).toHaveLength(1)
  })

  it('says why it has nothing to say, and passes by what is not a digest', async () => {
    const { bucket, write } = await bucketOf({ version: '1', hour: 0, serialize: 1 })
    write('v1/shares/shop/2/20261129T13-pod-1.json', '{"format":1,"functions":[["a"]]}')
    write('v1/shares/shop/2/20261129T14-pod-1.json', 'junk')
    expect((await readShares(bucket))[0]?.silence).toBe('the newer side has served 0 requests: 200 are needed')
    expect((await readShares(bucket, { version: '3' }))[0]?.silence).toBe('there are no shares of this version')
    expect((await readShares(bucket, { version: '1' }))[0]?.silence).toBe(
      'there is no other version to compare it with',
    )
    expect(await readShares((await testBucket()).bucket)).toEqual([])
  })
})
