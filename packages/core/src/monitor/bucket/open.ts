import { monotonic } from '../../lib/clock/monotonic.js'
import { messageOf } from '../../lib/errors.js'
import type { ResolvedBucket } from '../../model/bucket-options.js'
import type { BucketStatus } from '../../model/status.js'
import { isFor, type UploadTarget } from '../../model/upload-target.js'
import { trimmed } from '../../object-store/keys.js'
import type { ObjectStore } from '../../object-store/object-store.js'
import { type OpenBucket, openBucket } from '../../object-store/open-store.js'
import type { UploadMarks } from '../../store/upload-marks.js'
import { importModule } from '../import-module.js'
import type { ServiceContext } from '../service.js'
import { createPace, waitUnref } from './limits.js'
import { listAll } from './waiting.js'

/** By the options of the bucket, so that all stores of a monitor keep within one limit. */
const paces = new WeakMap<ResolvedBucket, ReturnType<typeof createPace>>()

function paceOf(bucket: ResolvedBucket) {
  const pace = paces.get(bucket) ?? createPace(bucket, { now: monotonic, wait: waitUnref })
  paces.set(bucket, pace)
  return pace
}

/** Opens the configured bucket, within its limits. Its requests do not keep the process alive. */
export async function openConfigured(bucket: ResolvedBucket): Promise<OpenBucket> {
  const pace = paceOf(bucket)
  const isS3 = !bucket.store && bucket.url?.startsWith('s3:')
  const { store, prefix } = isS3
    ? await openBucket({ ...bucket, url: bucket.url as string }, { ref: false, beforeRequest: pace.request })
    : await openOther(bucket)
  return { store: pace.of(isS3 ? store : pace.counted(store)), prefix }
}

async function openOther({ store, url }: ResolvedBucket): Promise<OpenBucket> {
  if (!store) return openBucket({ url: url as string })
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

/** The status of a bucket that cannot be opened. */
export async function unopened(
  { data, store }: Pick<ServiceContext, 'data' | 'store'>,
  { marks, target, error }: { marks: UploadMarks; target: UploadTarget; error: unknown },
): Promise<BucketStatus> {
  const { url, store: module } = data.options.bucket ?? {}
  const lastError = { at: new Date().toISOString(), message: messageOf(error) }
  await marks.refresh().catch(() => {})
  const waits = (await listAll(store)).filter(dump => isFor(dump, target) && !marks.isUploaded(dump.id))
  return {
    ...{ place: url ?? module?.module ?? '', state: 'blocked', pending: waits.length },
    ...{ uploaded: 0, failed: 1, lastSuccess: null, lastError },
  }
}
