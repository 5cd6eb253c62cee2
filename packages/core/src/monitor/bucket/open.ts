import { join } from 'node:path'
import { messageOf } from '../../lib/errors.js'
import { importFile, requireFrom } from '../../lib/require-from.js'
import type { ResolvedBucket } from '../../model/bucket-options.js'
import { trimmed } from '../../object-store/keys.js'
import type { ObjectStore } from '../../object-store/object-store.js'
import { type OpenBucket, openBucket } from '../../object-store/open-store.js'

/** Opens the configured bucket. Its requests do not keep the process alive. */
export async function openConfigured(bucket: ResolvedBucket): Promise<OpenBucket> {
  const { store, url } = bucket
  if (!store) return openBucket({ ...bucket, url: url as string }, { ref: false })
  try {
    const resolve = requireFrom(join(process.cwd(), 'autodump.cjs')).resolve
    const loaded = (await importFile(resolve(store.module))) as Record<string, unknown>
    const create = (loaded.default ?? loaded.createStore) as (options: unknown) => ObjectStore | Promise<ObjectStore>
    if (typeof create !== 'function') throw new Error('its default export is not a function')
    const prefix = url?.startsWith('s3:') ? trimmed(decodeURIComponent(new URL(url).pathname)) : ''
    return { store: await create(store.options ?? {}), prefix }
  } catch (error) {
    throw new Error(`bucket.store.module ${store.module} cannot be used: ${messageOf(error)}`, { cause: error })
  }
}
