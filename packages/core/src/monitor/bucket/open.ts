import { messageOf } from '../../lib/errors.js'
import type { ResolvedBucket } from '../../model/bucket-options.js'
import { trimmed } from '../../object-store/keys.js'
import type { ObjectStore } from '../../object-store/object-store.js'
import { type OpenBucket, openBucket } from '../../object-store/open-store.js'
import { importModule } from '../import-module.js'

/** Opens the configured bucket. Its requests do not keep the process alive. */
export async function openConfigured(bucket: ResolvedBucket): Promise<OpenBucket> {
  const { store, url } = bucket
  if (!store) return openBucket({ ...bucket, url: url as string }, { ref: false })
  try {
    const loaded = (await importModule(store)) as Record<string, unknown>
    const create = (loaded.default ?? loaded.createStore) as (options: unknown) => ObjectStore | Promise<ObjectStore>
    if (typeof create !== 'function') throw new Error('its default export is not a function')
    const prefix = url?.startsWith('s3:') ? trimmed(decodeURIComponent(new URL(url).pathname)) : ''
    return { store: await create(store.options ?? {}), prefix }
  } catch (error) {
    throw new Error(`bucket.store.module ${store.module} cannot be used: ${messageOf(error)}`, { cause: error })
  }
}
