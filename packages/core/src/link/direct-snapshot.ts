/** Bytes of one piece of a heap snapshot on its way to the monitor thread. */
export const pieceBytes = 256 * 1024

/** Pieces that fit into the ring. */
export const ringPieces = 64

/**
 * Shared memory through which a heap snapshot comes: the app thread fills its pieces, the monitor thread gives them back.
 * A snapshot that comes faster than it is read goes on in memory of its own, because nobody waits for the monitor.
 */
export interface SnapshotRing {
  bytes: SharedArrayBuffer
  /** 1 for each piece that waits to be read. */
  taken: Int32Array
}

/** A piece: a place in the ring, or memory of its own. */
export interface SnapshotPiece {
  place: number | SharedArrayBuffer
  /** Bytes. */
  length: number
}

/** What the app thread says about a snapshot over the channel that was named to it, in this order. */
export type SnapshotMessage =
  /** It begins now. */
  | { begun: true }
  /** V8 has gone through the heap. The ring is made only now, or the snapshot would show it as the app's. */
  | { ring: SnapshotRing }
  | SnapshotPiece
  /** Milliseconds that it took. */
  | { ended: number }
  /** It came to nothing, and why. */
  | { failed: string }

/** Milliseconds after which the app thread begins no more with a snapshot that it was asked for. */
export const stale = 1000
