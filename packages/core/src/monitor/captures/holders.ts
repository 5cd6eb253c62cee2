import { compareHolders } from '../../analysis/growth.js'
import { createHoldersReader, readHolders } from '../../formats/heap-snapshot/holders/read-holders.js'
import { memoryLeft } from '../../lib/memory-left.js'
import type { Evidence } from '../../model/evidence.js'
import type { MemoryUsage } from '../../model/heap-profile.js'
import type { Holders, HoldersEvidence } from '../../model/holders.js'
import { longestPause, refuseSnapshot } from '../memory/preflight.js'
import { type Capture, CaptureRefused } from './capture.js'
import { expectedPause, snapshotPause } from './pauses.js'
import { awaitReply } from './pending.js'
import { streamSnapshot } from './snapshot-stream.js'

/** Those of the snapshot before, to see the growth. */
let last: { at: number; holders: Holders } | null = null

/** Nothing of it goes to the disk but figures and names. */
const noDisk = { diskLeft: Number.POSITIVE_INFINITY }

/**
 * The holders of the heap: a heap snapshot that is read as it comes and not kept. Where the snapshot itself is wanted
 * too, `heap-snapshot` makes both of one.
 */
export const holdersCapture: Capture = {
  kind: 'holders',
  pause: snapshotPause,
  refusal({ options, heapBytes, memoryLeft, blockedFor, cores, pauses }) {
    const { maxHeapBytes } = options.heapSnapshot
    const pauseMs = expectedPause(snapshotPause, heapBytes, pauses.last('holders', { heapBytes }), cores)?.ms ?? null
    const blocked = blockedFor > 0
    return refuseSnapshot({ heapUsed: heapBytes ?? 0, memoryLeft, ...noDisk, pauseMs, maxHeapBytes, blocked })
  },
  async take(context) {
    const link = await context.link()
    const reply = <T>(promise: Promise<T>) => awaitReply(context, 'heap snapshot', promise)
    const { maxHeapBytes } = context.options.heapSnapshot
    const mayBegin = async (): Promise<MemoryUsage> => {
      const usage = await reply(link.call('memory.usage'))
      const blocked = context.blockedFor > 0
      const why = refuseSnapshot({
        heapUsed: usage.heapUsed,
        memoryLeft: memoryLeft(usage.rss),
        ...noDisk,
        pauseMs: context.expectedPause('holders'),
        maxHeapBytes,
        blocked,
      })
      if (why) throw new CaptureRefused(why, 'heap-profile')
      return usage
    }
    await mayBegin()
    const busy = await context.turn?.()
    if (busy) throw new CaptureRefused(busy, 'heap-profile')
    const { heapUsed } = await mayBegin()
    context.mayTake?.(longestPause(heapUsed))
    const now = () => link.call('profiler.now')
    const began = await now()
    const { chunks, taken } = streamSnapshot(link)
    const ended = taken.then(now)
    const [found, over] = await Promise.all([readHolders(chunks), reply(ended)])
    return [{ ...asEvidence(noteHolders(found)), pauseMs: over - began }]
  },
}

/** Compares with the snapshot before; the next one is compared with this one. */
function noteHolders(holders: Holders): HoldersEvidence {
  const at = Date.now()
  const growth = last && compareHolders(last.holders, holders, at - last.at)
  last = { at, holders }
  return { takenAt: new Date(at).toISOString(), ...holders, growth }
}

const file = { file: 'holders.json', phase: 'during', engine: 'heap-snapshot' } as const

const asEvidence = (value: HoldersEvidence): Evidence => ({ ...file, content: JSON.stringify(value, null, 2), value })

/**
 * The evidence from a snapshot that is on its way to the disk: read it when the snapshot has been. Its failures leave
 * the snapshot alone.
 */
export function holdersBeside(chunks: AsyncIterable<Uint8Array>): {
  chunks: AsyncIterable<Uint8Array>
  evidence: Evidence
} {
  const reader = createHoldersReader()
  let failed: unknown
  async function* through() {
    for await (const chunk of chunks) {
      try {
        if (failed === undefined) reader.push(chunk)
      } catch (error) {
        failed = error
      }
      yield chunk
    }
  }
  const evidence: Evidence = { ...file, kind: 'holders', content: read() }
  async function* read() {
    if (failed !== undefined) throw failed
    const value = noteHolders(await reader.finish())
    evidence.value = value
    yield Buffer.from(JSON.stringify(value, null, 2))
  }
  return { chunks: through(), evidence }
}
