import type { PartialUpload } from '../../object-store/object-store.js'

/** The content of a mark while a dump is uploaded. */
export interface UploadState {
  /** The place of the store: another store has nothing yet. */
  place: string
  /** The prefix of the dump's keys. */
  folder: string
  indexKey: string
  /** Names of the files in the bucket. */
  done: string[]
  /** The unfinished multipart upload. */
  partial?: { file: string; upload: PartialUpload } | undefined
  /** A first manifest is in the bucket, with these files. */
  early?: string[]
  /** The index key of the first manifest. That of the dump may have a culprit in it. */
  firstKey?: string | undefined
  /** This is the last look at a process that may die, not a dump. */
  look?: true
  /** The host of the process that sent it early. */
  host?: string
}
