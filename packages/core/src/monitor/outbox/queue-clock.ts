import { ageOf, type Clocks, isStamp, machineClocks, stampOf } from '../../lib/clock/stamp.js'
import type { Codec } from './codec.js'
import type { Kept } from './delivery.js'

/** The clock for waiting deliveries, which runs evenly even when the system clock is set. */
export interface QueueClock {
  /** Milliseconds, which start as epoch milliseconds. */
  now(): number
  /** Converts a time of this clock to the system clock, in epoch milliseconds: for people. */
  toWall(time: number): number
  /** The content of a file, with system-clock times and the time of writing. */
  toDisk<Item, Beside>(codec: Codec<Item, Beside>, kept: Kept<Item, Beside>): object
  /** Reads the content back, perhaps in another process and after the system clock was set. */
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
      // An older version wrote no stamp: its times are used as they are.
      const was = isStamp(written) ? written.at + ageOf(written, clocks) : clocks.wall()
      return moved(codec, codec.fromDisk(content), now() - was, now())
    },
  }
}

/** No past event is later than `latest`. */
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
