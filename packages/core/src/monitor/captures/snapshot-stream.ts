import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AppLink } from '../../link/app-link.js'
import { type TakenPiece, takeDirectly } from './direct-snapshot.js'

/** A heap snapshot on its way. */
export interface SnapshotStream {
  /** The bytes as they come; read them once. Fails if the snapshot does. */
  chunks: AsyncIterable<Uint8Array>
  /**
   * Resolves when the app thread is done with it, with the milliseconds since V8 went through the heap; chunks may still
   * be waiting to be read. The garbage collection that V8 begins with comes before.
   */
  taken: Promise<number>
  /** Known when it has been taken. */
  engine(): SnapshotEngine
}

/** V8 by the app thread itself, or by the inspector where that was not possible. */
export type SnapshotEngine = 'v8' | 'inspector'

/** Chunks come as events of the session and do not name their snapshot, so a link takes one snapshot after the other. */
const lastOf = new WeakMap<AppLink, Promise<unknown>>()

/**
 * Takes a heap snapshot of the app thread, with numbers in it, and hands on its chunks as they arrive. V8 cannot be
 * slowed down, so chunks that are read more slowly than they come wait in memory: at most the size of the snapshot.
 *
 * @param onBegun called when V8 has begun with it
 */
export function streamSnapshot(link: AppLink, onBegun: () => void = () => {}): SnapshotStream {
  const waiting: TakenPiece[] = []
  let wake = () => {}
  let open = true
  let ended = false
  let engine: SnapshotEngine = 'v8'

  const onPiece = (piece: TakenPiece) => {
    if (!open || ended) return piece.drop()
    // All chunks that have come are handed over before this thread does anything else.
    waiting.push(piece)
    wake()
  }
  const take = async () => {
    try {
      const direct = link.isOwnThread ? null : await takeDirectly(link, onBegun, onPiece)
      if (direct !== null) return direct
      engine = 'inspector'
      return await takeByInspector(link, onBegun, onPiece)
    } finally {
      ended = true
      wake()
    }
  }
  const taken = (lastOf.get(link) ?? Promise.resolve()).then(take)
  const over = taken.catch(() => {})
  lastOf.set(link, over)

  async function* read() {
    try {
      for (;;) {
        for (let piece = waiting.shift(); piece; piece = waiting.shift()) {
          yield piece.read()
          // Reading is work: sampling and the other captures of this thread have their turn in between.
          await nextTurn()
        }
        if (ended) break
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      await taken
    } finally {
      open = false
      for (const piece of waiting.splice(0)) piece.drop()
    }
  }
  return { chunks: read(), taken, engine: () => engine }
}

async function takeByInspector(
  link: AppLink,
  onBegun: () => void,
  onPiece: (piece: TakenPiece) => void,
): Promise<number> {
  let began: number | undefined
  link.on('HeapProfiler.reportHeapSnapshotProgress', () => {
    if (began !== undefined) return
    began = performance.now()
    onBegun()
  })
  link.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }: { chunk: string }) =>
    onPiece({ read: () => Buffer.from(chunk), drop() {} }),
  )
  // V8 tells of its progress with the heap half gone through: a listener on the same thread ends the process (SIGSEGV).
  const reportProgress = link.isOwnThread !== true
  if (!reportProgress) onBegun()
  await link.post('HeapProfiler.takeHeapSnapshot', { reportProgress, captureNumericValue: true })
  return began === undefined ? 0 : performance.now() - began
}
