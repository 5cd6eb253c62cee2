import { AutodumpError } from '@autodump/core'
import { type ObjectStore, ObjectStoreError } from '@autodump/core/object-store'

/**
 * A store whose failures are answers to the client: the trouble of a bucket is no secret of the application, and no
 * fault of autodump. An object that does not exist stays missing.
 */
export function saidInWords(store: ObjectStore): ObjectStore {
  const said = (error: unknown): never => {
    if (!(error instanceof ObjectStoreError) || error.kind === 'missing') throw error
    throw new AutodumpError('FAILED', `the bucket cannot be used: ${error.message}`, { cause: error })
  }
  const { presign } = store
  return {
    place: store.place,
    put: (...given) => store.put(...given).catch(said),
    get: (...given) => store.get(...given).catch(said),
    head: (...given) => store.head(...given).catch(said),
    list: (...given) => store.list(...given).catch(said),
    folders: (...given) => store.folders(...given).catch(said),
    remove: (...given) => store.remove(...given).catch(said),
    orphans: (...given) => store.orphans(...given).catch(said),
    removeOrphan: (...given) => store.removeOrphan(...given).catch(said),
    urlOf: (...given) => store.urlOf(...given),
    ...(presign && { presign: (...given) => presign.apply(store, given).catch(said) }),
    close: () => store.close(),
  }
}
