import type { Readable } from 'node:stream'

/** The content of an object, read piece by piece into one buffer, so that its size does not affect memory. */
export interface ObjectSource {
  /** Bytes. */
  size: number
  /** SHA-256 of the content in hex, if known; otherwise it is computed during the read. */
  sha256?: string
  /** Fills `into` with the bytes from `position` on. Rejects if the source is shorter than `size`. */
  read(into: Uint8Array, position: number): Promise<void>
}

/** An unfinished multipart upload. Kept on disk, so that it can be resumed or removed after a restart. */
export interface PartialUpload {
  id: string
  /** Bytes in each part but the last. */
  partSize: number
  /** ETags of the parts that the store has, in order. Some stores give none: then the string is empty. */
  etags: string[]
}

export interface PutOptions {
  contentType?: string
  signal?: AbortSignal
  /** Resumes an interrupted multipart upload. */
  resume?: PartialUpload | undefined
  /** Awaited whenever a multipart upload has advanced; `null` when it is finished or removed. */
  onPartial?(upload: PartialUpload | null): Promise<void> | void
}

export interface ListOptions {
  prefix: string
  /** Lists only keys after this one, which need not exist. */
  after?: string
  /** The most keys in the answer; a store may give fewer. @default 1000 */
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
  /** More objects follow the last one. */
  isTruncated: boolean
}

export interface Orphan {
  key: string
  id: string
  /** Epoch milliseconds. */
  startedAt: number
}

/**
 * The part of an object store that autodump needs. Keys are segments of `[A-Za-z0-9_~%.-]` separated by `/`, and no
 * segment is `.` or `..`. All methods reject with an `ObjectStoreError`.
 */
export interface ObjectStore {
  /** For people: bucket, prefix and endpoint, without secrets. */
  readonly place: string
  /** Stores an object under a key of its own: repeating it does no harm. */
  put(key: string, source: ObjectSource, options?: PutOptions): Promise<void>
  /** @param range bytes, both ends included */
  get(key: string, options?: { range?: [first: number, last: number]; signal?: AbortSignal }): Promise<Readable>
  /** `undefined` if there is no such object. */
  head(key: string, signal?: AbortSignal): Promise<{ size: number } | undefined>
  list(options: ListOptions): Promise<ObjectPage>
  /** The segments directly below a prefix that ends with `/`. */
  folders(prefix: string, signal?: AbortSignal): Promise<string[]>
  /** An object that does not exist counts as deleted. */
  remove(key: string, signal?: AbortSignal): Promise<void>
  /** Multipart uploads below the prefix that nobody has finished. */
  orphans(prefix: string, signal?: AbortSignal): Promise<Orphan[]>
  removeOrphan(orphan: Pick<Orphan, 'key' | 'id'>, signal?: AbortSignal): Promise<void>
  /** The address of an object, for people. It grants nothing. */
  urlOf(key: string): string
  /** A link that grants read access for this many seconds, to a file of that name. Left out if the store has no such links. */
  presign?(key: string, seconds: number, name?: string): Promise<string>
  /** Closes connections and releases the buffer. */
  close(): void
}

/**
 * - `retry`: the network or the store may recover in a moment
 * - `blocked`: the store refuses the same request until somebody changes something
 * - `missing`: no such object or upload
 */
export type ObjectStoreErrorKind = 'retry' | 'blocked' | 'missing'

/** `message` names the error and its remedy, without credentials. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError'
  readonly kind: ObjectStoreErrorKind
  /** The code of the store (`NoSuchBucket`) or of Node (`ECONNREFUSED`). */
  readonly code: string
  /** HTTP status; 0 if there was no answer. */
  readonly status: number
  /** Milliseconds that the store asked to wait before the next try. */
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
