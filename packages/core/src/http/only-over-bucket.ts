import { AutodumpError } from '../lib/errors.js'
import type { BucketCalls } from '../model/bucket-calls.js'
import type { Admin } from './route.js'

/** @throws AutodumpError `CONFLICT` where a process or a directory answers */
export function onlyOverBucket({ monitor }: Pick<Admin, 'monitor'>): BucketCalls {
  if (monitor.bucket) return monitor.bucket
  throw new AutodumpError('CONFLICT', 'this is about the dumps in a bucket: `autodump serve --bucket` answers it')
}
