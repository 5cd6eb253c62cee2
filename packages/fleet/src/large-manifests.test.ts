import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openFleet } from './index.js'
import { testBucket } from './testing/bucket.js'

const start = Date.UTC(2026, 10, 29, 3)

/** The most bodies that are being read at once after their first piece, in a replay of four dumps. */
async function atOnce(firstPiece: Buffer): Promise<number> {
  const { bucket, plant } = await testBucket()
  for (let minute = 0; minute < 4; minute++) plant({ at: start + minute * 60_000, cpu: [10, 95] })
  let now = 0
  let most = 0
  async function* slowly(content: Buffer) {
    yield firstPiece
    most = Math.max(most, ++now)
    await nextTurn()
    await nextTurn()
    yield content
    now--
  }
  const store = new Proxy(bucket.store, {
    get: (given, name) =>
      name === 'get'
        ? // A stream would read one piece ahead.
          async (key: string) => slowly(Buffer.concat(await (await given.get(key)).toArray()))
        : Reflect.get(given, name),
  })
  const handler = openFleet({ ...bucket, store })
  const headers = { 'content-type': 'application/json' }
  const response = await handler(new Request('http://localhost/replay', { method: 'POST', headers, body: '{}' }))
  expect(await response.json()).toMatchObject({ looked: 4, samples: 8 })
  return most
}

it('of manifests that are large, one at a time is in memory', async () => {
  expect(await atOnce(Buffer.alloc(1000, ' '))).toBeGreaterThan(1)
  expect(await atOnce(Buffer.alloc(600 * 1024, ' '))).toBe(1)
})
