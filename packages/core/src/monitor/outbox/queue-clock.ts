import { ageOf, type Clocks, isStamp, machineClocks, stampOf } from '../../lib/clock/stamp.js'
import type { Codec } from './codec.js'
import type { Kept } from './delivery.js'

/** The time by which deliveries wait, which goes on evenly when the clock is set. */
export interface QueueClock {
  /** Milliseconds: those of the epoch, as they were when this began. */
  now(): number
  /** What the clock says of a time of this one, in epoch milliseconds: for people. */
  toWall(time: number): number
  /** The content of a file: with times of the wall, and when they were written. */
  toDisk<Item, Beside>(codec: Codec<Item, Beside>, kept: Kept<Item, Beside>): object
  /** Back again, perhaps in another process and after the clock was set. */
  fromDisk<Item, Beside>(codec: Codec<Item, Beside>, content: object): Kept<Item, Beside>
}

export function createQueueClock(clocks: Clocks = machineClocks()): QueueClock {
  const origin = clocks.wall() - clocks.steady()
  const now = () => origin + clocks.steady()
  const toWall = (time: number) => time + clocks.wall() - now()
  return {
    now,
    toWall,
    toDisk: (codec, kept) => ({
      ...codec.toDisk(moved(codec, kept, clocks.wall() - now())),
      written: stampOf(clocks),
    }),
    fromDisk(codec, content) {
      const { written } = content as { written?: unknown }
      // Of an older version, which wrote none: its times are taken as they are.
      const was = isStamp(written) ? written.at + ageOf(written, clocks) : clocks.wall()
      return moved(codec, codec.fromDisk(content), now() - was, now())
    },
  }
}

/** Nothing that has happened is later than `latest`. */
function moved<Item, Beside>(
  { moveTimes }: Codec<Item, Beside>,
  { deliveries, beside }: Kept<Item, Beside>,
  by: number,
  latest = Number.POSITIVE_INFINITY,
): Kept<Item, Beside> {
  const then = (time: number) => Math.max(0, Math.min(Math.round(time + by), latest))
  return {
    deliveries: deliveries.map(one => ({
      ...one,
      queuedAt: then(one.queuedAt),
      nextAt: Math.max(0, one.nextAt + by),
    })),
    beside: moveTimes(beside, then),
  }
}
