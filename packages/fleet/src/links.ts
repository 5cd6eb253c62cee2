import { AutodumpError, type BucketCalls } from '@autodump/core'
import type { ObjectStore } from '@autodump/core/object-store'
import type { BucketDumps } from './bucket-dumps.js'

/** Seconds: a browser follows at once, and a download that has begun goes on. */
const lifetime = 60

/**
 * Links that the store signs: downloads then go past this server. A holder of one may read that file until it expires.
 *
 * @throws AutodumpError `INVALID` for a store that has no such links
 */
export function createLinks(store: ObjectStore, keyOf: BucketDumps['keyOf']): NonNullable<BucketCalls['link']> {
  const { presign } = store
  if (!presign)
    throw new AutodumpError('INVALID', `${store.place} has no links that grant reading: leave out \`--links\``)
  return async (id, file) => {
    const stored = await keyOf(id, file)
    return stored && presign(stored.key, lifetime, stored.name)
  }
}
