import { expect, it } from 'vitest'
import { ObjectStoreError } from '../../object-store/object-store.js'
import { down, minute, queueOf, refused, settle } from '../../testing/upload-queue.js'

it('the upload queue uploads all that waits, and says so', async () => {
  const { queue, tried, status } = queueOf(['c', 'b', 'a'], async () => 'uploaded')
  queue.wake()
  await settle()
  expect(tried).toEqual(['c', 'b', 'a'])
  expect(status()).toMatchObject({
    place: 'a bucket',
    state: 'idle',
    pending: 0,
    uploaded: 3,
    failed: 0,
    lastError: null,
  })
})

it('the upload queue tries again soon and ever more seldom while the store is down, and loses nothing', async () => {
  let isDown = true
  const { queue, tried, status, pass, waiting, recovered, errors } = queueOf(['b', 'a'], async () => {
    if (isDown) throw down()
    return 'uploaded'
  })
  queue.wake()
  await settle()
  expect(tried).toEqual(['b'])
  expect(status()).toMatchObject({ state: 'waiting', pending: 2, failed: 1 })
  expect(status()?.lastError?.message).toBe('s3.example cannot be reached: ECONNREFUSED')
  await pass(8000)
  expect(tried).toHaveLength(4) // After 1, 2 and 4 s.
  await pass(24 * 60 * minute)
  expect(tried.length).toBeGreaterThan(24 * 11)
  expect(tried.length).toBeLessThan(24 * 13 + 20)
  expect(waiting).toEqual(['b', 'a'])
  expect(new Set(errors).size).toBe(1)
  isDown = false
  await pass(5 * minute)
  expect(status()).toMatchObject({ state: 'idle', pending: 0, uploaded: 2 })
  expect(recovered()).toBe(1)
})

it('the upload queue asks every 15 minutes where somebody has to change something', async () => {
  let isWrong = true
  const { queue, tried, status, pass } = queueOf(['c', 'b', 'a'], async () => {
    if (isWrong) throw refused()
    return 'uploaded'
  })
  queue.wake()
  await settle()
  expect(status()).toMatchObject({ state: 'blocked', pending: 3 })
  expect(tried).toEqual(['c', 'b'])
  await pass(14 * minute)
  queue.wake()
  await settle()
  expect(tried).toHaveLength(2)
  isWrong = false
  await pass(2 * minute)
  expect(status()).toMatchObject({ state: 'idle', uploaded: 3 })
})

it('a dump that cannot be uploaded holds up no other', async () => {
  const { queue, status } = queueOf(['b', 'a'], async id => {
    if (id === 'b') throw new Error('its manifest is not one')
    return 'uploaded'
  })
  queue.wake()
  await settle()
  expect(status()).toMatchObject({ state: 'blocked', pending: 1, uploaded: 1, failed: 1 })
})

it('a dump that is gone does not count as pending, and is tidied when the store works again', async () => {
  let isDown = true
  const { queue, tried, status, pass, waiting } = queueOf(
    ['gone'],
    async () => {
      if (isDown) throw down()
      return 'gone'
    },
    id => id === 'gone',
  )
  queue.wake()
  await settle()
  expect(status()).toMatchObject({ state: 'idle', pending: 0, failed: 1 })
  isDown = false
  await pass(minute)
  expect([tried, waiting]).toEqual([['gone', 'gone'], []])
})

it('the upload queue waits for as long as the store asks', async () => {
  const slow = new ObjectStoreError('slow down', { kind: 'retry', code: 'SlowDown', retryAfter: 90_000 })
  const { queue, tried, pass } = queueOf(['a'], async () => {
    throw slow
  })
  queue.wake()
  await settle()
  await pass(89_000)
  expect(tried).toHaveLength(1)
  await pass(2000)
  expect(tried).toHaveLength(2)
})

it('the upload queue leaves a dump that another process uploads, and looks again later', async () => {
  const outcomes: ('busy' | 'uploaded')[] = ['busy', 'uploaded']
  const { queue, tried, pass, status } = queueOf(['a'], async () => outcomes.shift() ?? 'gone')
  queue.wake()
  await settle()
  expect(tried).toHaveLength(1)
  await pass(minute + 1)
  expect([tried.length, status()?.state]).toEqual([2, 'idle'])
})

it('a stop tries what is left once, and gives up at the first failure', async () => {
  let fails = 0
  const { queue, tried, waiting } = queueOf(['b', 'a'], async () => {
    if (++fails <= 2) throw down()
    return 'uploaded'
  })
  queue.wake()
  await settle()
  await queue.stop(5000)
  expect([tried, waiting]).toEqual([
    ['b', 'b'],
    ['b', 'a'],
  ])
  const { queue: other, waiting: left } = queueOf(['b', 'a'], async () => 'uploaded')
  await other.stop(5000)
  expect(left).toEqual([])
})

it('a stop with no budget uploads nothing more', async () => {
  const { queue, tried } = queueOf(['a'], async () => 'uploaded')
  await queue.stop(0)
  queue.wake()
  await settle()
  expect(tried).toEqual([])
})

it('the upload queue tries refused dumps at once, if somebody says that it may be mended', async () => {
  let isMended = false
  const { queue, tried, pass, status } = queueOf(['a', 'b'], async () => {
    if (!isMended) throw refused()
    return 'uploaded'
  })
  queue.wake()
  await settle()
  expect(status()).toMatchObject({ state: 'blocked', pending: 2 })
  isMended = true
  tried.length = 0
  await pass(minute)
  expect(tried).toEqual([])
  queue.retry()
  await settle()
  expect(tried).toEqual(['a', 'b'])
  expect(status()).toMatchObject({ state: 'idle', pending: 0 })
})
