import { findBucket } from '@autodump/core/control'
import { type OpenBucket, openBucket } from '@autodump/core/object-store'
import { checked, type Target } from './answers.js'
import { CliError } from './errors.js'
import type { Output } from './output.js'

export interface BucketOptions {
  bucket?: string
  endpoint?: string
  region?: string
  virtualHost?: boolean
}

/** The bucket that is named, else the one of the environment. @throws CliError */
export async function bucketOf(options: BucketOptions, output: Output): Promise<OpenBucket> {
  const { bucket: url, endpoint, region, virtualHost } = options
  const given = { url, ...(endpoint && { endpoint }), ...(region && { region }), ...(virtualHost && { virtualHost }) }
  const { bucket, problems } = await findBucket(process.env, given)
  for (const problem of problems) output.note(`autodump: ${problem}`)
  if (!bucket)
    throw new CliError('usage', 'which bucket? Name it with --bucket s3://name/prefix, or in AUTODUMP_BUCKET')
  if (bucket.url === null)
    throw new CliError('usage', 'the command line cannot open bucket.store: name a bucket with --bucket')
  return openBucket({ ...bucket, url: bucket.url })
}

/** The dumps in a bucket, of all services and instances. */
export async function bucketTarget(options: BucketOptions, output: Output): Promise<Target> {
  const { openFleet } = await import('@autodump/fleet')
  const bucket = await bucketOf(options, output)
  const handler = openFleet(bucket, { onProblem: text => output.note(`autodump: ${text}`) })
  return {
    name: bucket.store.place,
    ask: (path, { method, headers, body } = {}) =>
      checked(handler(new Request(`http://localhost/${path.replace(/^\//, '')}`, { method, headers, body }))),
  }
}
