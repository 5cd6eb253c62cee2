import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from '../../lib/errors.js'
import type { ResolvedBucket } from '../../model/bucket-options.js'
import { trimmed } from '../../object-store/keys.js'
import type { ObjectStore } from '../../object-store/object-store.js'
import { type OpenBucket, openBucket } from '../../object-store/open-store.js'

/** Without the name `createRequire` at the top: apps in one file often have it in a banner, and a second one is a syntax error. */
const requireFrom = (file: string | URL) => process.getBuiltinModule('node:module').createRequire(file)

/** Opens the configured bucket. Its requests do not keep the process alive. */
export async function openConfigured(bucket: ResolvedBucket): Promise<OpenBucket> {
  const { store, url } = bucket
  if (!store) return openBucket({ ...bucket, url: url as string }, { ref: false })
  try {
    const resolve = requireFrom(join(process.cwd(), 'autodump.cjs')).resolve
    const loaded = await import(pathToFileURL(resolve(store.module)).href)
    const create = (loaded.default ?? loaded.createStore) as (options: unknown) => ObjectStore | Promise<ObjectStore>
    if (typeof create !== 'function') throw new Error('its default export is not a function')
    const prefix = url?.startsWith('s3:') ? trimmed(decodeURIComponent(new URL(url).pathname)) : ''
    return { store: await create(store.options ?? {}), prefix }
  } catch (error) {
    throw new Error(`bucket.store.module ${store.module} cannot be used: ${messageOf(error)}`, { cause: error })
  }
}
