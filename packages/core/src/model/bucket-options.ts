import type { CaptureKind } from './capture-kind.js'
import type { ModulePlace } from './module-place.js'

export interface BucketCredentials {
  accessKeyId: VisibleAscii
  secretAccessKey: VisibleAscii
  sessionToken?: VisibleAscii
}

/**
 * @pattern ^[\x21-\x7e]{1,4096}$
 * @inWords visible ASCII characters, at least one
 */
export type VisibleAscii = string

/** Uploads each finished dump to a store that outlives the machine (`docs/bucket.md`). `npm run generate` makes its JSON Schema of this. */
export interface BucketOptions {
  /**
   * `s3://name/prefix`, or `file:///path` for the same layout in a directory. May be left out only beside `store`.
   * @maxLength 400
   */
  url?: string
  /** An S3-compatible store, e.g. `http://127.0.0.1:9000`. By default Amazon's, by region. */
  endpoint?: string
  /**
   * By default AWS_REGION, AWS_DEFAULT_REGION, the one of the profile, else us-east-1.
   * @pattern ^[A-Za-z0-9-]{1,64}$
   * @inWords letters, digits and -, e.g. eu-central-1
   */
  region?: string
  /** `name.host/key` instead of `host/name/key`. @default false */
  virtualHost?: boolean
  /** By default those of the AWS_* variables, the shared file, web identity, or the container's endpoint. */
  credentials?: BucketCredentials
  /** Kinds of artifacts that are uploaded; of heap snapshots only redacted ones are. By default every kind. */
  kinds?: CaptureKind[]
  /**
   * Larger artifacts stay on the machine. By default there is no limit.
   * @multipleOf 1
   * @minimum 1
   * @maximum 9007199254740991
   */
  maxBytes?: number
  /**
   * Milliseconds that a stop may take to upload the rest. With 0 nothing is hurried at SIGTERM either.
   * @multipleOf 1
   * @minimum 0
   * @maximum 60000
   * @default 5000
   */
  flush?: number
  /**
   * Bytes a second on average. By default there is no limit.
   * @multipleOf 1
   * @minimum 1024
   * @maximum 9007199254740991
   */
  bytesPerSecond?: number
  /**
   * Requests in any 60 minutes. By default there is no limit.
   * @multipleOf 1
   * @minimum 10
   * @maximum 9007199254740991
   */
  requestsPerHour?: number
  /** By default the encryption that the bucket is set to. */
  serverSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse'
  /**
   * Key for `aws:kms`.
   * @pattern ^[\x21-\x7e]{1,2048}$
   * @inWords visible ASCII characters, 2048 at most
   */
  kmsKeyId?: string
  /**
   * E.g. `STANDARD_IA`. By default the class that the bucket is set to.
   * @pattern ^[A-Z0-9_]{1,64}$
   * @inWords capitals, digits and _, e.g. STANDARD_IA
   */
  storageClass?: string
  /** Another `ObjectStore`, which the monitor thread loads by name: the default export of `module` makes it of `options`. */
  store?: BucketStore
}

export interface BucketStore {
  /**
   * The name of a package, or a path.
   * @minLength 1
   */
  module: string
  /** Plain data: it goes to another thread. */
  options?: unknown
}

export interface ResolvedBucket
  extends Omit<BucketOptions, 'kinds' | 'maxBytes' | 'flush' | 'url' | 'virtualHost' | 'store'> {
  store?: ModulePlace & { options?: unknown }
  url: string | null
  virtualHost: boolean
  kinds: CaptureKind[]
  maxBytes: number | null
  flush: number
}
