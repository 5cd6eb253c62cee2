import { ageOf, type Clocks, isStamp, machineClocks, type Stamp, stampOf } from '../../lib/clock/stamp.js'
import type { Delivery, Kept } from './delivery.js'
import type { Episodes } from './episodes.js'

/** The time by which messages wait and episodes last, which goes on evenly when the clock is set. */
export interface QueueClock {
  /** Milliseconds: those of the epoch, as they were when this began. */
  now(): number
  /** What the clock says of a time of this one, in epoch milliseconds: for people. */
  toWall(time: number): number
  /** With times of the wall, and when they were written. */
  toDisk(kept: Kept): Kept & { written: Stamp }
  /** Back again, perhaps in another process and after the clock was set. */
  fromDisk(kept: Kept & { written?: unknown }): Kept
}

export function createQueueClock(clocks: Clocks = machineClocks()): QueueClock {
  const origin = clocks.wall() - clocks.steady()
  const now = () => origin + clocks.steady()
  const toWall = (time: number) => time + clocks.wall() - now()
  return {
    now,
    toWall,
    toDisk: kept => ({ ...moved(kept, clocks.wall() - now()), written: stampOf(clocks) }),
    fromDisk({ written, deliveries, episodes }) {
      // Of an older version, which wrote none: its times are taken as they are.
      const was = isStamp(written) ? written.at + ageOf(written, clocks) : clocks.wall()
      return moved({ deliveries, episodes }, now() - was, now())
    },
  }
}

/** Nothing that has happened is later than `latest`. */
function moved({ deliveries, episodes }: Kept, by: number, latest = Number.POSITIVE_INFINITY): Kept {
  const then = (time: number) => Math.max(0, Math.min(Math.round(time + by), latest))
  return {
    deliveries: deliveries.map(
      (one): Delivery => ({
        ...one,
        queuedAt: then(one.queuedAt),
        nextAt: Math.max(0, one.nextAt + by),
      }),
    ),
    episodes: Object.fromEntries(
      Object.entries(episodes).map(([name, one]) => [
        name,
        { ...one, since: then(one.since), seenAt: then(one.seenAt), toldAt: then(one.toldAt) },
      ]),
    ) satisfies Episodes,
  }
}
