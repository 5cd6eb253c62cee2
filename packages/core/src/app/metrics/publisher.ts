import { clearImmediate, clearInterval, setImmediate, setInterval } from 'node:timers'
import { monotonic } from '../../lib/clock/monotonic.js'
import { beatPeriod } from '../../link/beat-period.js'
import type { Block } from '../../link/block.js'
import { createActivity } from '../../link/role.js'
import type { InFlight } from '../mid-block/in-flight/in-flight.js'
import { createCollector } from './collector.js'
import { publishCustom } from './custom.js'
import { createLoopProbe } from './event-loop.js'
import { createGcProbe } from './gc.js'
import { publishFillingHeap, publishHeap } from './memory.js'
import { paced } from './paced.js'

export interface Publisher {
  /** Begins to publish; nothing that it starts keeps the process alive. */
  start(): void
  /** Releases everything. The block then says that there is no heartbeat. */
  stop(): void
  /** Publishes now, e.g. before a sample that is taken on this same thread. */
  publishNow(): void
  /** Delays until now do not count. */
  cut(): void
}

export interface PublisherOptions {
  block: Block
  /** Milliseconds between two samples. */
  interval: number
  /** By name, in the order of their slots in the block. */
  customMetrics: Record<string, () => number>
  /** Counts the requests in flight, and dates them. */
  inFlight: Pick<InFlight, 'scan' | 'begun' | 'found' | 'beat'>
  /** Called once for each failure, until the failed part has worked again. Must not throw. */
  onError(what: string, error: unknown): void
}

/**
 * The part of the app thread's time for counting requests between samples, which gives a block a fresh count at its begin:
 * 3 µs in 100 ms are enough for some ten requests at every beat. Hundreds are counted once per sample.
 */
const countingBetween = 0.00003

/**
 * The same for open handles. Node lists them with the name of each, so the cost grows with their number: few are listed
 * for each sample, thousands every ten seconds. Why: decisions/326.
 */
const listing = 0.0001

/**
 * The app thread's side of sampling: one timer that beats the heart and counts requests, and publishes all other
 * figures once per interval.
 */
export function createPublisher({ block, interval, customMetrics, inFlight, onError }: PublisherOptions): Publisher {
  const period = beatPeriod(interval)
  const loop = createLoopProbe(block, period)
  const gc = createGcProbe(block)
  const noteActivity = createActivity(block)

  /** A failure here is one on the app's own thread, so it ends here. */
  const contained = <T>(what: string, work: () => T) => {
    let failing = false
    return (): T | undefined => {
      try {
        const result = work()
        failing = false
        return result
      } catch (error) {
        if (!failing) onError(what, error)
        failing = true
      }
    }
  }

  const dateRequests = contained('dating requests', () => inFlight.beat())
  const count = contained('counting requests', () => {
    block.store('inFlight', inFlight.scan())
    const { streams, longPolls, hanging, longestWait } = inFlight.found()
    block.store('streams', streams)
    block.store('longPolls', longPolls)
    block.store('hanging', hanging)
    block.set('requestsBegun', inFlight.begun())
    block.set('oldestRequest', longestWait > 0 ? monotonic() - longestWait : Number.NaN)
  })
  const countRequests = paced(count)
  const countBetween = paced(count, monotonic, countingBetween)
  const readFillingHeap = contained('reading the heap', () => publishFillingHeap(block))
  const figures = [
    contained('reading the heap', () => publishHeap(block)),
    contained('reading garbage collection', () => gc.publish()),
    contained('collecting garbage', createCollector(block)),
    paced(
      contained('counting handles', () => {
        const resources = process.getActiveResourcesInfo()
        block.set('handles', resources.length)
        noteActivity(resources)
      }),
      monotonic,
      listing,
    ),
    ...Object.entries(customMetrics).map(([name, read], index) =>
      contained(`reading the metric ${name}`, () => publishCustom(block, index, read)),
    ),
    contained('renewing the event loop histogram', () => loop.renew()),
  ]

  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Immediate | undefined
  let publishedAt = Number.NEGATIVE_INFINITY
  let countedAt = Number.NEGATIVE_INFINITY

  const beat = contained('the heartbeat', () => loop.beat('timer'))
  const extraBeat = contained('the heartbeat', () => loop.beat('extra'))
  const look = contained('watching the event loop', () => loop.look())

  const countNow = () => {
    countRequests()
    countedAt = monotonic()
  }
  // A little more often than the samples: two of them that saw one count would be two for `hold`.
  const countDue = () => monotonic() - countedAt >= interval - 1.5 * period
  const publish = () => {
    for (const figure of figures) figure()
    publishedAt = monotonic()
    block.set('publishedAt', publishedAt)
  }
  const publishDue = () => monotonic() - publishedAt >= interval - period / 2
  const lookAround = () => {
    soon = undefined
    look()
    dateRequests()
    if (countDue()) countNow()
    if (publishDue()) return publish()
    // Between two samples a heap can fill up.
    readFillingHeap()
    countBetween()
  }
  const publishNow = () => {
    if (!timer) return
    extraBeat()
    look()
    dateRequests()
    countNow()
    publish()
  }

  return {
    cut() {
      if (!timer) return
      extraBeat()
      loop.cut()
    },
    start() {
      if (timer) return
      contained('watching the event loop', () => loop.start())()
      contained('watching garbage collection', () => gc.start())()
      timer = setInterval(() => {
        const late = beat()
        // After a block the histogram's look and the garbage collections are still on their way: after the timers.
        if (late || publishDue()) soon ??= setImmediate(lookAround)
        else lookAround()
      }, period)
      timer.unref()
      publishNow()
    },
    stop() {
      clearInterval(timer)
      clearImmediate(soon)
      timer = undefined
      soon = undefined
      loop.stop()
      gc.stop()
    },
    publishNow,
  }
}
