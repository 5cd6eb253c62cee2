import { expect, it } from 'vitest'
import { createLane } from './lane.js'

function setUp(capacity: number) {
  const begun: number[] = []
  const ends: (() => void)[] = []
  let dropped = 0
  const lane = createLane<number>({
    capacity,
    deliver(item) {
      begun.push(item)
      return new Promise<void>(resolve => void ends.push(resolve))
    },
    onDropped: () => dropped++,
  })
  const next = async () => {
    ends.shift()?.()
    await Promise.resolve()
  }
  return { lane, begun, dropped: () => dropped, next }
}

it('the lane of a sink hands over one after the other, and drops the oldest of too many', async () => {
  const { lane, begun, dropped, next } = setUp(2)
  for (const item of [1, 2, 3, 4, 5]) lane.push(item)
  expect([begun, dropped()]).toEqual([[1], 2])
  for (let i = 0; i < 3; i++) await next()
  expect(begun).toEqual([1, 4, 5])
  lane.push(6)
  await next()
  expect([begun, dropped()]).toEqual([[1, 4, 5, 6], 2])
})

it('the lane of a sink hands over nothing more when it has stopped', async () => {
  const { lane, begun, next } = setUp(2)
  for (const item of [1, 2]) lane.push(item)
  lane.stop()
  await next()
  expect(begun).toEqual([1])
})
