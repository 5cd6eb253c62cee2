import { expect, it } from 'vitest'
import { dumpId, manifestOf } from '../../testing/fake-monitor.js'
import { dumped, type Episodes, passed } from '../notify/episodes.js'
import { type Message, startMessage } from '../notify/message.js'
import { messageCodec } from '../notify/message-queue.js'
import type { Kept } from './delivery.js'
import { createQueueClock } from './queue-clock.js'

const minute = 60_000

const day = 1440 * minute

const message = startMessage('m', manifestOf(dumpId), { dir: '/d', publicUrl: null })

/** A machine whose clock can be set, on which processes come and go. */
function machine(boot: string | null = 'a') {
  let wall = 20_000 * day
  let steady = 77
  return {
    clocks: { wall: () => wall, steady: () => steady, boot },
    pass(ms: number) {
      wall += ms
      steady += ms
    },
    set(by: number) {
      wall += by
    },
  }
}

const keptAt = (now: number): Kept<Message, Episodes> => ({
  deliveries: [{ target: 't', item: message, queuedAt: now, attempts: 3, nextAt: now + 2 * minute }],
  beside: { load: { since: now, seenAt: now, toldAt: now, dumps: 2, message } },
})

it.each([-2 * day, -10 * minute, 10 * minute, 2 * day])(
  'the queue of notifications goes on evenly when the clock is set by %d ms',
  by => {
    const { clocks, pass, set } = machine()
    const clock = createQueueClock(clocks)
    const began = clock.now()
    pass(minute)
    set(by)
    pass(minute)
    expect(clock.now() - began).toBe(2 * minute)
    expect(clock.toWall(clock.now())).toBe(clocks.wall())
  },
)

it.each([-2 * day, -10 * minute, 0, 10 * minute, 2 * day])(
  'the queue of notifications knows how old things are in the next process, though the clock was set by %d ms before and after',
  by => {
    const { clocks, pass, set } = machine()
    const first = createQueueClock(clocks)
    const kept = keptAt(first.now())
    set(by)
    pass(minute)
    const disk = JSON.parse(JSON.stringify(first.toDisk(messageCodec, kept)))
    // The file on the disk is right by the clock of that moment.
    expect(disk.deliveries[0].queuedAt).toBe(clocks.wall() - minute)
    set(-by / 2)
    pass(minute / 2)
    const next = createQueueClock(clocks)
    const { deliveries, beside: episodes } = next.fromDisk(messageCodec, disk)
    expect(next.now() - (deliveries[0]?.queuedAt ?? 0)).toBe(1.5 * minute)
    expect((deliveries[0]?.nextAt ?? 0) - next.now()).toBe(minute / 2)
    expect(next.now() - (episodes.load?.toldAt ?? 0)).toBe(1.5 * minute)
  },
)

it('the queue of notifications puts nothing into the future after a boot with a clock that is behind', () => {
  const before = machine('a')
  const disk = createQueueClock(before.clocks).toDisk(messageCodec, keptAt(before.clocks.wall()))
  const after = machine('b')
  after.set(-10_000 * day)
  const clock = createQueueClock(after.clocks)
  const { deliveries, beside: episodes } = clock.fromDisk(messageCodec, disk)
  expect(deliveries[0]?.queuedAt).toBe(clock.now())
  expect(episodes.load?.seenAt).toBe(clock.now())
  for (const written of [undefined, null, { at: -1 }]) {
    const [delivery] = clock.fromDisk(messageCodec, { ...disk, written }).deliveries
    expect(delivery?.queuedAt).toBe(clock.now())
  }
})

it('an episode that was told before the clock was set back is over when it has been quiet, and told again', () => {
  const { clocks, pass, set } = machine()
  const clock = createQueueClock(clocks)
  const first = dumped({}, 'load', message, clock.now())
  expect(first.isNews).toBe(true)
  set(-10 * minute)
  pass(6 * minute)
  const { episodes, over } = passed(first.episodes, new Set(), clock.now(), 5 * minute)
  expect(over.length).toBe(1)
  expect(dumped(episodes, 'load', message, clock.now()).isNews).toBe(true)
})
