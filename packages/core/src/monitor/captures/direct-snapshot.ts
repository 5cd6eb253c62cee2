import { randomUUID } from 'node:crypto'
import { BroadcastChannel } from 'node:worker_threads'
import { orLate } from '../../lib/patience.js'
import type { AppLink } from '../../link/app-link.js'
import { pieceBytes, type SnapshotMessage, type SnapshotPiece, type SnapshotRing } from '../../link/direct-snapshot.js'

/** Milliseconds within which the app thread should begin. It looks several times in that time, unless it is blocked. */
const answering = 500

/** Milliseconds that freeing V8's graph may count as part of the snapshot. */
const freeing = 1000

/** A piece that has come. */
export interface TakenPiece {
  /** Its bytes, of one's own. Its place is free then. */
  read(): Uint8Array
  /** Its place is free, unread. */
  drop(): void
}

/**
 * Lets the app thread take a heap snapshot by itself, in a turn of its event loop: the pieces come through shared memory
 * instead of the inspector. Resolves with the milliseconds that it took; `null` where that is not possible and nothing
 * has been done, so that the inspector should.
 */
export async function takeDirectly(
  link: AppLink,
  onBegun: () => void,
  onPiece: (piece: TakenPiece) => void,
): Promise<number | null> {
  const name = `autodump.snapshot.${randomUUID()}`
  const channel = new BroadcastChannel(name)
  // The thread lives by its port.
  ;(channel as unknown as { unref(): void }).unref()
  let ring: SnapshotRing | undefined
  let begun = false
  let pieces = 0
  try {
    const over = new Promise<number | string>((resolve, reject) => {
      link.onClose?.(() => reject(new Error('the heap snapshot got no end: the link to the app thread is closed')))
      channel.onmessage = event => {
        const message = (event as { data: SnapshotMessage }).data
        if ('begun' in message) {
          begun = true
          onBegun()
        } else if ('ring' in message) ring = message.ring
        else if ('length' in message) {
          pieces += 1
          onPiece(taken(message, ring as SnapshotRing))
        } else if ('ended' in message) resolve(message.ended)
        else resolve(message.failed)
      }
    })
    over.catch(() => {})
    if (!(await link.call('snapshot.begin', name))) return null
    await orLate(answering, over)
    if (!begun && (await link.call('snapshot.withdraw', name))) return null
    const end = await over
    if (typeof end === 'string') {
      if (pieces === 0) return null
      throw new Error(`the heap snapshot broke off: ${end}`)
    }
    await orLate(freeing, freeGraph(link))
    return end
  } finally {
    channel.close()
  }
}

/** V8 keeps the graph, many times the heap, until the stream is collected. */
const freeGraph = (link: AppLink) => link.post('HeapProfiler.collectGarbage').catch(() => {})

function taken({ place, length }: SnapshotPiece, ring: SnapshotRing): TakenPiece {
  const inRing = typeof place === 'number'
  const drop = () => {
    if (inRing) Atomics.store(ring.taken, place, 0)
  }
  return {
    read() {
      const bytes = inRing ? new Uint8Array(ring.bytes, place * pieceBytes, length) : new Uint8Array(place, 0, length)
      const copy = Buffer.from(bytes)
      drop()
      return copy
    },
    drop,
  }
}
