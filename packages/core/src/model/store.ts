import type { CaptureKind } from './capture-kind.js'
import type { Count } from './count.js'
import type { Evidence } from './evidence.js'
import type { Fault } from './fault.js'
import type { ArtifactEntry, Manifest, TriggerInfo } from './manifest.js'
import type { UploadTarget } from './upload-target.js'

/** The facts of a dump that need no further reading of its manifest. */
export interface IndexedDump {
  id: string
  /** @format date-time */
  createdAt: string
  state: Manifest['state']
  metric: string | null
  rule: string
  reason: string
  /** One line: what happened, how bad it is, and the culprit. */
  headline: string
  summary: string
  fault?: Fault
  /** The value divided by the line that it crossed: how bad it was. Absent where no line was crossed. */
  severity?: number
  /** Size on disk of all its files. */
  bytes: Count
  artifacts: { file: string; kind: CaptureKind; bytes: Count; state: ArtifactEntry['state'] }[]
  /** The process that the dump is about. */
  from?: Origin
  /** The bucket that the dump is for. Absent where its process had none, and in a bucket. */
  uploadTo?: UploadTarget
}

/** The entry of a dump in a list. */
export interface DumpEntry extends IndexedDump {
  /** Retention leaves it alone. */
  pinned: boolean
}

/** A process by its labels. */
export interface Origin {
  /** Empty if it is not known, as the others are. */
  service: string
  version: string
  /** The label, else the host. */
  instance: string
}

/** The query of `GET /dumps`. */
export interface ListQuery {
  /**
   * How many dumps a page has.
   * @multipleOf 1
   * @minimum 1
   * @maximum 1000
   * @default 50
   */
  limit?: number
  /**
   * The `next` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string
  /**
   * Only dumps that this metric triggered.
   * @pattern ^[A-Za-z][A-Za-z0-9_]{0,63}$
   */
  metric?: string
  /** Only dumps that this rule triggered. */
  rule?: TriggerInfo['rule']
  /**
   * Only dumps with each of these words in id, metric, rule, reason or summary; case does not matter.
   * @maxLength 200
   */
  q?: string
  /** Only dumps that are pinned, or only those that are not. */
  pinned?: boolean
  /**
   * Only dumps of this service.
   * @maxLength 200
   */
  service?: string
  /**
   * Only dumps of this version.
   * @maxLength 200
   */
  version?: string
  /**
   * Only dumps that come from this instance, by its label. (`instance` says in other routes which process answers.)
   * @maxLength 200
   */
  origin?: string
  /**
   * Only dumps of this fault.
   * @pattern ^[0-9a-f]{12}$
   */
  fault?: string
  /**
   * Only dumps from this moment on, in epoch milliseconds.
   * @multipleOf 1
   * @minimum 0
   */
  since?: number
  /**
   * Only dumps before this moment, in epoch milliseconds.
   * @multipleOf 1
   * @minimum 0
   */
  until?: number
  /** Whether the answer says which services, versions and so on there are. A bucket reads all its keys for that. */
  facets?: boolean
}

/** The facets that narrow a list. */
export const facetNames = ['service', 'version', 'origin', 'metric', 'rule'] as const

/** Of each, the values with the number of dumps that have them, the most frequent first, at most 200. */
export type Facets = Record<(typeof facetNames)[number], { value: string; count: Count }[]>

export interface DumpPage {
  /** Newest first. */
  dumps: DumpEntry[]
  /** How many dumps there are that match, on all pages together. */
  total: Count
  /** Cursor of the next page; absent on the last one. */
  next?: string
  /** Of all dumps that match, as if each facet itself were not narrowed. */
  facets?: Facets
}

/** An artifact as it is stored: a file of this machine, or an object that is elsewhere. */
export type StoredArtifact = LocalArtifact | RemoteArtifact

export interface LocalArtifact {
  entry: ArtifactEntry
  path: string
}

export interface RemoteArtifact {
  entry: ArtifactEntry
  /** The stored bytes, gzipped where the entry says so. Rejects with the code `ENOENT` if they are gone. */
  open(): Promise<AsyncIterable<Uint8Array>>
}

export interface Store {
  list(query: ListQuery): Promise<DumpPage>
  /** `undefined`: there is no such dump. `id` may be anything; only ids of listed dumps reach the disk. */
  manifest(id: string): Promise<Manifest | undefined>
  artifact(id: string, file: string): Promise<LocalArtifact | undefined>
  /** Resolves with whether it was there. */
  remove(id: string): Promise<boolean>
  /**
   * Keeps a dump from retention, or no longer, in every process that shares the directory. Resolves with whether the dump
   * is there. Rejects with `CONFLICT` where the pinned dumps would leave too little room for new ones.
   */
  setPinned(id: string, pinned: boolean): Promise<boolean>
  /** Makes room and opens a hidden directory. Rejects with `NO_ROOM` where room cannot be made. */
  begin(id: string): Promise<DumpWriter>
  /**
   * An id that no dump has: `20261124T013512123Z-<pid>-<metric>-<rule>`, `-manual` when manual. Reserves it. `pid` where
   * the dump is of another process.
   */
  newId(now: number, metric: string | null, rule: string, pid?: number): string
  /** Milliseconds until another dump is allowed by `maxPerHour`; 0 when one is allowed now. */
  waitForQuota(now: number): number
  /** Takes one from the hour's quota and writes that to disk, so that it outlives a crash. */
  useQuota(now: number): void
  /** Both in one, so that processes that share the directory never take more together: 0 when one was taken. */
  takeQuota(now: number): number
  /** The dump of that moment could not be begun. */
  returnQuota(now: number): void
  /** Number and bytes of the listed dumps, and the obstacle that keeps the store from working, if there is one. */
  state(): { dumps: number; bytes: number; error: string | null }
  close(): Promise<void>
}

export interface DumpWriter {
  /** Writes one file, compressed where it pays. Never rejects: a failed write gives an entry with `state: 'failed'`. */
  add(kind: CaptureKind, evidence: Evidence): Promise<ArtifactEntry>
  /** Takes a file over as it lies on disk, from the unfinished dump that `entry` tells of. */
  keep(path: string, entry: ArtifactEntry): Promise<ArtifactEntry>
  /** Writes the known facts of the dump in progress; `publish` replaces it. Rejects if the dump is closed. */
  sketch(manifest: Manifest): Promise<void>
  /**
   * Writes the manifest, syncs everything and renames the directory: from then on it is listed.
   *
   * @param report the dump in words; without it, readers make it of the manifest
   */
  publish(manifest: Manifest, report?: string): Promise<void>
  /** Removes everything that was written. */
  abandon(): Promise<void>
}
