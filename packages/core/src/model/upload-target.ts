import type { ResolvedBucket } from './bucket-options.js'

/** The target of a dump's upload: it goes nowhere else, even if others share the dump directory (decisions/365). */
export interface UploadTarget {
  /** The url of the bucket; the module of the store where another one takes its place. No endpoint, no secret. */
  bucket: string
  /** The service that has the dump in that bucket. */
  service: string
}

/** Of a process with these options; `null` without a bucket. */
export function uploadTargetOf(
  { bucket, labels }: { bucket?: Pick<ResolvedBucket, 'url' | 'store'> | null; labels: Record<string, string> },
  /** The name of the script. */
  title: string,
): UploadTarget | null {
  if (!bucket) return null
  const { url, store } = bucket
  return {
    bucket: [url && withoutSlash(url), store?.module].filter(Boolean).join(' by '),
    service: labels.service || title || 'node',
  }
}

/** The facts of a dump: where it goes, and the labels of its process. */
export interface Addressed {
  uploadTo?: UploadTarget | undefined
  from?: { service: string } | undefined
}

/**
 * Whether a dump is one for that target. A dump that says nothing is from before its service had a bucket: it goes where
 * that service uploads now.
 */
export function isFor({ uploadTo, from }: Addressed, target: UploadTarget): boolean {
  if (uploadTo) return uploadTo.bucket === target.bucket && uploadTo.service === target.service
  return from?.service === target.service
}

/** One that was read from a file; `undefined` where it is none. */
export function readTarget(value: unknown): UploadTarget | undefined {
  const { bucket, service } = Object(value) as Partial<UploadTarget>
  return typeof bucket === 'string' && typeof service === 'string' ? { bucket, service } : undefined
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '')
