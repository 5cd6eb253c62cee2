// The entry `@autodump/core/object-store`: buckets from outside of a monitor, and the seam for stores of one's own.
export { type CheckStep, checkStore, cleanStore } from './check.js'

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
} from './object-store.js'

export { type BucketAccess, type OpenBucket, openBucket } from './open-store.js'
