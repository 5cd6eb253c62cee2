import { executionAsyncId } from 'node:async_hooks'
import { performance } from 'node:perf_hooks'
import v8 from 'node:v8'
import { BroadcastChannel } from 'node:worker_threads'
import { messageOf } from '../../lib/errors.js'
import type { HooksOf } from '../../link/app-hooks.js'
import { pieceBytes, ringPieces, type SnapshotMessage, type SnapshotRing, stale } from '../../link/direct-snapshot.js'

export interface DirectSnapshots {
  hooks: HooksOf<'snapshot'>
  /** To be called in turns of the event loop that are autodump's own. */
  turn(): void
  dispose(): void
}

type Post = (message: SnapshotMessage) => void

/** V8 writes at most so much at once. Where it finds less room, Node tells a wrong length (`HeapSnapshotStream`). */
const chunkBytes = 64 * 1024

/** The handle under Node's stream of a snapshot. Undocumented, so all of it is looked for before it is used. */
interface SnapshotHandle {
  useUserBuffer(bytes: Uint8Array): void
  onread(): Uint8Array | undefined
  readonly bytesRead: number
  readStart(): void
}

// Kept from the start: applications replace it. Not every runtime has it.
const getHeapSnapshot = v8.getHeapSnapshot as typeof v8.getHeapSnapshot | undefined

/**
 * Heap snapshots of the app thread by itself, past the inspector: V8 writes them straight into memory that the monitor
 * thread reads. Only in a turn of the event loop that is ours, and never where `async_hooks` are on: their code would
 * hear of it. Why: `decisions/377`.
 */
export function createDirectSnapshots(now: () => number = () => performance.now()): DirectSnapshots {
  let wanted: { channel: string; at: number } | null = null
  /** The channel over which something has been said last. */
  let answered: string | null = null
  /** Ids of two promises of one turn: they are the same as long as nobody follows promises. */
  let ids: number[] | null = null
  let cannot = getHeapSnapshot === undefined

  function forget() {
    wanted = null
    ids = null
  }

  function withChannel(name: string, work: (post: Post) => void) {
    const channel = new BroadcastChannel(name)
    try {
      work(message => {
        channel.postMessage(message)
        answered = name
      })
    } finally {
      channel.close()
    }
  }

  async function look(seen: number[]) {
    await undefined
    seen.push(executionAsyncId())
  }

  return {
    hooks: {
      'snapshot.begin': channel => {
        if (cannot) return false
        forget()
        wanted = { channel, at: now() }
        return true
      },
      'snapshot.withdraw': channel => {
        if (wanted?.channel === channel) forget()
        return answered !== channel
      },
    },
    turn() {
      if (!wanted) return
      const { channel, at } = wanted
      if (now() - at > stale) return forget()
      if (!ids) {
        ids = []
        void look(ids)
        void look(ids)
        return
      }
      const [one, other] = ids
      forget()
      const isFollowed = one === undefined || one !== other
      withChannel(channel, post => {
        if (isFollowed) post({ failed: 'async_hooks are on' })
        // Once the way is gone it stays so: the graph would be built in vain each time.
        else if (!send(post)) cannot = true
      })
    },
    dispose() {
      cannot = true
      forget()
    },
  }
}

/** Stops the thread until V8 is done. Returns whether it went well. */
function send(post: Post): boolean {
  try {
    post({ begun: true })
    const began = performance.now()
    takeSnapshot(post)
    post({ ended: performance.now() - began })
    return true
  } catch (error) {
    post({ failed: messageOf(error) })
    return false
  }
}

/** V8 writes all of it before `readStart` returns, and cannot be stopped or slowed down. */
function takeSnapshot(post: Post): void {
  const handle = handleOf(getHeapSnapshot?.({ exposeNumericValues: true }))
  const ring: SnapshotRing = {
    bytes: new SharedArrayBuffer(ringPieces * pieceBytes),
    taken: new Int32Array(new SharedArrayBuffer(4 * ringPieces)),
  }
  post({ ring })
  let piece = freePiece(ring)
  let filled = 0
  let read = 0
  let failure: unknown
  const send = () => {
    if (filled > 0) post({ place: piece.place, length: filled })
  }
  // Nothing may be thrown into V8's work.
  handle.onread = () => {
    try {
      if (failure !== undefined) return
      const total = handle.bytesRead
      filled += total - read
      read = total
      if (filled > pieceBytes) throw new Error('V8 writes more at once than there was room for')
      if (pieceBytes - filled < chunkBytes) {
        send()
        piece = freePiece(ring)
        filled = 0
      }
      return piece.bytes.subarray(filled)
    } catch (error) {
      failure = error
    }
  }
  handle.useUserBuffer(piece.bytes)
  handle.readStart()
  if (failure !== undefined) throw failure
  send()
}

/** A place in the ring, else memory of its own. */
function freePiece({ bytes, taken }: SnapshotRing): { place: number | SharedArrayBuffer; bytes: Uint8Array } {
  for (let place = 0; place < ringPieces; place++) {
    if (Atomics.compareExchange(taken, place, 0, 1) === 0)
      return { place, bytes: new Uint8Array(bytes, place * pieceBytes, pieceBytes) }
  }
  const own = new SharedArrayBuffer(pieceBytes)
  return { place: own, bytes: new Uint8Array(own) }
}

function handleOf(stream: object | undefined): SnapshotHandle {
  for (const key of Object.getOwnPropertySymbols(stream ?? {})) {
    const handle = (stream as Record<symbol, unknown>)[key] as Partial<SnapshotHandle> | null
    if (
      typeof handle === 'object' &&
      typeof handle?.readStart === 'function' &&
      typeof handle.useUserBuffer === 'function' &&
      handle.bytesRead === 0 &&
      'onread' in handle
    )
      return handle as SnapshotHandle
  }
  throw new Error('this Node.js has another stream of heap snapshots')
}
