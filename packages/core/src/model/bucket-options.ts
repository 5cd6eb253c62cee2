import type { CaptureKind } from './capture-kind.js'
import type { ModulePlace } from './module-place.js'

export interface BucketCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** Uploads each finished dump to a store that outlives the machine (`docs/bucket.md`). */
export interface BucketOptions {
  /** `s3://name/prefix`, or `file:///path` for the same layout in a directory. May be left out only beside `store`. */
  url?: string
  /** An S3-compatible store, e.g. `http://127.0.0.1:9000`. @default Amazon's, by region */
  endpoint?: string
  /** @default AWS_REGION, AWS_DEFAULT_REGION, the one of the profile, else us-east-1 */
  region?: string
  /** `name.host/key` instead of `host/name/key`. @default false */
  virtualHost?: boolean
  /** @default the AWS_* variables, the shared file, web identity, the container's endpoint */
  credentials?: BucketCredentials
  /** Kinds of artifacts that are uploaded; of heap snapshots only redacted ones are. @default every kind */
  kinds?: CaptureKind[]
  /** Larger artifacts stay on the machine. @default no limit */
  maxBytes?: number
  /** Milliseconds that a stop may take to upload what is left, 0 to 60,000. @default 5000 */
  flush?: number
  /** Bytes a second on average, from 1024. @default no limit */
  bytesPerSecond?: number
  /** Requests in any 60 minutes, from 10. @default no limit */
  requestsPerHour?: number
  /** `AES256` or `aws:kms`. @default what the bucket does by itself */
  serverSideEncryption?: string
  /** Key for `aws:kms`. */
  kmsKeyId?: string
  /** E.g. `STANDARD_IA`. @default what the bucket does by itself */
  storageClass?: string
  /** Another `ObjectStore`, which the monitor thread loads by name: the default export of `module` makes it of `options`. */
  store?: { module: string; options?: unknown }
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
