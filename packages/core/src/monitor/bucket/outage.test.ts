import { expect, it } from 'vitest'
import { ObjectStoreError } from '../../object-store/object-store.js'
import { down, minute, queueOf, refused, settle } from '../../testing/upload-queue.js'

it('an outage is told of once for each cause, and over when all that failed is uploaded', async () => {
  let failure: ObjectStoreError | null = down()
  let count = 0
  const { queue, errors, waiting, recovered, pass } = queueOf(['b', 'a'], async () => {
    if (failure) throw failure
    return 'uploaded'
  })
  const busy = () => new ObjectStoreError(`busy ${++count}`, { kind: 'retry', code: 'SlowDown' })
  const failOnceMore = async () => {
    const before = errors.length
    while (errors.length === before) await pass(minute)
  }
  queue.wake()
  await settle()
  failure = busy()
  await failOnceMore()
  failure = busy()
  await failOnceMore()
  failure = down()
  await failOnceMore()
  const refusedConnection = 'upload to the bucket: s3.example cannot be reached: ECONNREFUSED'
  expect([...new Set(errors)]).toEqual([refusedConnection, 'upload to the bucket: busy 1'])
  expect(errors.at(-1)).toBe(refusedConnection)
  expect(recovered()).toBe(0)
  failure = null
  await pass(10 * minute)
  expect([recovered(), waiting]).toEqual([1, []])
  failure = busy()
  waiting.push('c')
  queue.wake()
  await settle()
  expect(errors.at(-1)).toBe('upload to the bucket: busy 3')
  failure = null
  await pass(10 * minute)
  expect(recovered()).toBe(2)
})

it('a dump that the store refuses while it takes others makes no outage end and begin again', async () => {
  const { queue, recovered, waiting, pass } = queueOf(['b', 'a'], async id => {
    if (id === 'a') throw refused()
    return 'uploaded'
  })
  queue.wake()
  await settle()
  for (const id of ['c', 'd']) {
    waiting.unshift(id)
    await pass(minute)
  }
  expect([waiting, recovered()]).toEqual([['a'], 0])
})

it('a first manifest that fails is told of at once, and is no reason to wait', async () => {
  const { queue, errors, status, waiting, recovered, tried } = queueOf([], async () => 'uploaded')
  queue.earlyFailed('a', down())
  expect(status()?.lastError?.message).toBe('s3.example cannot be reached: ECONNREFUSED')
  expect([errors, queue.isFailing()]).toEqual([
    ['upload to the bucket: s3.example cannot be reached: ECONNREFUSED'],
    false,
  ])
  waiting.push('a')
  queue.wake()
  await settle()
  expect([tried, recovered()]).toEqual([['a'], 1])
})

it('an outage whose dumps are all gone does not keep first manifests back', async () => {
  const { queue, waiting } = queueOf(['a'], async () => {
    throw down()
  })
  queue.wake()
  await settle()
  expect(queue.isFailing()).toBe(true)
  waiting.pop()
  queue.wake()
  await settle()
  expect(queue.isFailing()).toBe(false)
})
