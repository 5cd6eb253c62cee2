import type { Readable } from 'node:stream'

/** The content of an object, read piece by piece into one buffer, so that its size does not matter to memory. */
export interface ObjectSource {
  /** Bytes. */
  size: number
  /** SHA-256 of the content in hex, where it is known; else it is computed from what is read. */
  sha256?: string
  /** Fills `into` with the bytes from `position` on. Rejects where the source is shorter than `size`. */
  read(into: Uint8Array, position: number): Promise<void>
}

/** An upload in parts that is not finished. Kept on disk, so that it can be resumed or removed after a restart. */
export interface PartialUpload {
  id: string
  /** Bytes in each part but the last. */
  partSize: number
  /** Of the parts that the store has, in order. Some stores give none: then the string is empty. */
  etags: string[]
}

export interface PutOptions {
  contentType?: string
  signal?: AbortSignal
  /** Goes on with an upload in parts that was cut off. */
  resume?: PartialUpload | undefined
  /** Is awaited whenever an upload in parts has come further; `null` when it is finished or removed. */
  onPartial?(upload: PartialUpload | null): Promise<void> | void
}

export interface ListOptions {
  prefix: string
  /** Only keys behind this one, which need not exist. */
  after?: string
  /** Most keys in the answer; a store may give fewer. @default 1000 */
  limit?: number
  signal?: AbortSignal
}

export interface ListedObject {
  key: string
  /** Bytes. */
  size: number
  /** Epoch milliseconds. */
  modifiedAt: number
}

export interface ObjectPage {
  /** In the order of their keys. */
  objects: ListedObject[]
  /** There are more behind the last one. */
  isTruncated: boolean
}

export interface Orphan {
  key: string
  id: string
  /** Epoch milliseconds. */
  startedAt: number
}

/**
 * The part of an object store that autodump needs. Keys have `/` between segments of `[A-Za-z0-9_~%.-]`, and no segment is
 * `.` or `..`. All methods reject with an `ObjectStoreError`.
 */
export interface ObjectStore {
  /** For people: bucket, prefix and endpoint, without secrets. */
  readonly place: string
  /** Stores an object under a key that belongs to it alone: to repeat it does no harm. */
  put(key: string, source: ObjectSource, options?: PutOptions): Promise<void>
  /** @param range bytes, both ends included */
  get(key: string, options?: { range?: [first: number, last: number]; signal?: AbortSignal }): Promise<Readable>
  /** `undefined` where there is no such object. */
  head(key: string, signal?: AbortSignal): Promise<{ size: number } | undefined>
  list(options: ListOptions): Promise<ObjectPage>
  /** The segments directly below a prefix that ends with `/`. */
  folders(prefix: string, signal?: AbortSignal): Promise<string[]>
  /** An object that does not exist counts as deleted. */
  remove(key: string, signal?: AbortSignal): Promise<void>
  /** Uploads in parts below the prefix that nobody has finished. */
  orphans(prefix: string, signal?: AbortSignal): Promise<Orphan[]>
  removeOrphan(orphan: Pick<Orphan, 'key' | 'id'>, signal?: AbortSignal): Promise<void>
  /** The address of an object, for people. It grants nothing. */
  urlOf(key: string): string
  /** A link that grants reading for so many seconds; `undefined` where the store has none. */
  presign?(key: string, seconds: number): Promise<string>
  /** Closes connections and lets go of the buffer. */
  close(): void
}

/**
 * - `retry`: the network or the store may be well again in a moment
 * - `blocked`: the same request would be refused again until somebody changes something
 * - `missing`: no such object or upload
 */
export type ObjectStoreErrorKind = 'retry' | 'blocked' | 'missing'

/** `message` says what is wrong and what to do about it, without credentials. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError'
  readonly kind: ObjectStoreErrorKind
  /** Of the store (`NoSuchBucket`) or of Node (`ECONNREFUSED`). */
  readonly code: string
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  /** Milliseconds after which the store asked to be tried again. */
  readonly retryAfter: number | undefined

  constructor(
    message: string,
    details: { kind: ObjectStoreErrorKind; code: string; status?: number; retryAfter?: number | undefined },
  ) {
    super(message)
    this.kind = details.kind
    this.code = details.code
    this.status = details.status ?? 0
    this.retryAfter = details.retryAfter
  }
}

/** A source of bytes in memory. */
export function sourceOf(content: string | Uint8Array): ObjectSource {
  const bytes = Buffer.from(content)
  return {
    size: bytes.length,
    async read(into, position) {
      into.set(bytes.subarray(position, position + into.length))
    },
  }
}
