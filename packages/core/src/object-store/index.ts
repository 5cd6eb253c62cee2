// The entry `@autodump/core/object-store`: access to buckets outside of a monitor, and the interface for custom stores.
export type { IndexObject } from '../model/index-object.js'
export { type CheckStep, checkStore, cleanStore } from './check.js'

export {
  dumpFolder,
  faultsPrefix,
  type IndexEntry,
  invertedTime,
  nameOf,
  parseIndexKey,
  segmentOf,
  servicesPrefix,
  sharesPrefix,
} from './keys.js'

export { makeFolder } from './make-folder.js'

export {
  type ListedObject,
  type ListOptions,
  type ObjectPage,
  type ObjectSource,
  type ObjectStore,
  ObjectStoreError,
  type ObjectStoreErrorKind,
  type Orphan,
  type PartialUpload,
  type PutOptions,
  sourceOf,
} from './object-store.js'

export { type BucketAccess, type OpenBucket, openBucket } from './open-store.js'
