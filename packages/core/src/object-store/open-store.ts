import { fileURLToPath } from 'node:url'
import { findCredentials } from './credentials/chain.js'
import { findRegion } from './credentials/profile.js'
import { createDirectoryStore } from './directory-store.js'
import { trimmed } from './keys.js'
import type { ObjectStore } from './object-store.js'
import { createS3Store } from './s3/s3-store.js'

/** The address of a bucket, and access to it. */
export interface BucketAccess {
  /** `s3://name/prefix`, or `file:///path` for the same layout in a directory. */
  url: string
  /** @default Amazon's, by region */
  endpoint?: string | undefined
  /** @default AWS_REGION, AWS_DEFAULT_REGION, the profile's, else us-east-1 */
  region?: string | undefined
  /** `bucket.host/key` instead of `host/bucket/key`. @default false */
  virtualHost?: boolean | undefined
  /** @default found automatically: see `findCredentials` */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined } | undefined
  serverSideEncryption?: string | undefined
  kmsKeyId?: string | undefined
  storageClass?: string | undefined
}

export interface OpenBucket {
  store: ObjectStore
  /** The prefix of all keys, without slashes at its ends; empty in a directory. */
  prefix: string
}

export interface OpenBucketOptions {
  /** @default process.env */
  env?: NodeJS.ProcessEnv
  /** Whether requests keep the process alive: not those of a monitor. @default true */
  ref?: boolean
  /** Awaited before each request to a store of S3. */
  beforeRequest?: (signal?: AbortSignal) => Promise<void>
}

/** Opens the store behind a URL. It sends no request yet. */
export async function openBucket(
  access: BucketAccess,
  { env = process.env, ref = true, beforeRequest }: OpenBucketOptions = {},
): Promise<OpenBucket> {
  const url = new URL(access.url)
  if (url.protocol === 'file:') return { store: createDirectoryStore(fileURLToPath(url)), prefix: '' }
  const region = access.region ?? (await findRegion(env)) ?? 'us-east-1'
  const endpoint = new URL(
    access.endpoint ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? `https://s3.${region}.amazonaws.com`,
  )
  const prefix = trimmed(decodeURIComponent(url.pathname))
  const { serverSideEncryption, kmsKeyId, storageClass, virtualHost, credentials } = access
  const store = createS3Store({
    ...{ bucket: url.hostname, prefix, endpoint, region, serverSideEncryption, kmsKeyId, storageClass },
    isVirtualHost: virtualHost ?? false,
    ...{ ref, beforeRequest },
    credentials: findCredentials(credentials ?? null, env),
  })
  return { store, prefix }
}
