import { redactSnapshot } from '../../formats/snapshot-redaction/redact-snapshot.js'
import { memoryLeft } from '../../lib/memory-left.js'
import type { Evidence } from '../../model/evidence.js'
import type { MemoryUsage } from '../../model/heap-profile.js'
import { longestPause, refuseSnapshot } from '../memory/preflight.js'
import { type Capture, type CaptureConditions, CaptureRefused } from './capture.js'
import { holdersBeside } from './holders.js'
import { expectedPause, snapshotPause } from './pauses.js'
import { awaitReply } from './pending.js'
import { diskLeft } from './room.js'
import { streamSnapshot } from './snapshot-stream.js'

const pauseOf = ({
  heapBytes,
  cores,
  pauses,
}: Pick<CaptureConditions, 'heapBytes' | 'cores' | 'pauses'>): number | null =>
  expectedPause(snapshotPause, heapBytes, pauses.last('heap-snapshot', { heapBytes }), cores)?.ms ?? null

const hasHad = (count: number) => `the process has had ${count} (heapSnapshot.maxPerProcess)`

/**
 * Every object of the JavaScript heap and its retainers: for Chrome DevTools and memlab. It stops the app for seconds
 * and takes many times the heap in memory, so it is refused where that could do harm, and a heap profile is taken
 * instead. V8's output goes to the disk, compressed, as it comes, and on the way it tells the holders of the heap.
 */
export const heapSnapshotCapture: Capture = {
  kind: 'heap-snapshot',
  pause: snapshotPause,
  refusal(conditions) {
    const { options, heapBytes, memoryLeft, diskLeft, blockedFor, pauses } = conditions
    const { maxHeapBytes, maxPerProcess } = options.heapSnapshot
    const blocked = blockedFor > 0
    const pauseMs = pauseOf(conditions)
    const why = refuseSnapshot({ heapUsed: heapBytes ?? 0, memoryLeft, diskLeft, pauseMs, maxHeapBytes, blocked })
    if (why) return why
    return pauses.taken('heap-snapshot') >= maxPerProcess ? hasHad(maxPerProcess) : null
  },
  async take(context) {
    const link = await context.link()
    const reply = <T>(promise: Promise<T>) => awaitReply(context, 'heap snapshot', promise)
    const { maxHeapBytes, maxPerProcess, redact } = context.options.heapSnapshot
    const mayBegin = async (): Promise<MemoryUsage> => {
      const usage = await reply(link.call('memory.usage'))
      const why = refuseSnapshot({
        heapUsed: usage.heapUsed,
        memoryLeft: memoryLeft(usage.rss),
        diskLeft: await diskLeft(context.options),
        pauseMs: context.expectedPause('heap-snapshot'),
        maxHeapBytes,
        blocked: context.blockedFor > 0,
      })
      if (why) throw new CaptureRefused(why, 'heap-profile')
      return usage
    }
    // Now, because the cheaper kind need not wait; and again, because captures before this one leave less memory and disk.
    await mayBegin()
    const busy = await context.turn?.()
    if (busy) throw new CaptureRefused(busy, 'heap-profile')
    const usage = await mayBegin()
    if (!(await reply(link.call('memory.countSnapshot', maxPerProcess))))
      throw new CaptureRefused(hasHad(maxPerProcess), 'heap-profile')

    context.mayTake?.(longestPause(usage.heapUsed))
    const now = () => link.call('profiler.now')
    const began = await now()
    const { chunks: all, taken, engine } = streamSnapshot(link)
    const { chunks, evidence: holders } = holdersBeside(all)
    const ended = taken.then(now)
    ended.catch(() => {}) // The reader of the chunks gets the error.
    const isRedacted = redact === 'always' || (redact === 'automatic' && context.trigger.rule !== 'manual')
    const iterator = (isRedacted ? redactSnapshot(chunks) : chunks)[Symbol.asyncIterator]()
    // V8 says nothing while it builds the graph, which is nearly all of the pause.
    const first = await reply(iterator.next())
    const evidence: Evidence = {
      file: 'heap.heapsnapshot',
      phase: 'during',
      content: content(),
      ...(isRedacted && { redacted: true }),
    }
    async function* content() {
      try {
        for (let next = first; !next.done; next = await iterator.next()) yield next.value
        evidence.pauseMs = (await ended) - began
        evidence.engine = engine()
      } finally {
        await iterator.return?.()
      }
    }
    return context.options.captures.holders ? [evidence, holders] : [evidence]
  },
}
