import { type ObjectStore, ObjectStoreError } from '../../object-store/object-store.js'
import { manifestFile } from '../../store/manifest-file.js'
import type { UploadState } from './upload-state.js'

type Removing = Pick<ObjectStore, 'remove' | 'place'>

/** Write-only credentials are fine: leftover objects do no harm. */
export async function removeWhereAllowed(store: Removing, key: string, signal: AbortSignal): Promise<void> {
  await store.remove(key, signal).catch(error => {
    if (!(error instanceof ObjectStoreError) || error.kind !== 'blocked') throw error
  })
}

/** Removes all that was sent early of a dump that never came: nobody needs it any more. */
export async function withdraw(store: Removing, state: Partial<UploadState>, signal: AbortSignal): Promise<void> {
  const { place, folder, indexKey, firstKey = indexKey, early = [] } = state
  if (place !== store.place || folder === undefined) return
  const files = [manifestFile, ...early].map(name => `${folder}${name}`)
  // The index keys come first: a listed dump has its files.
  for (const key of new Set([indexKey, firstKey, ...files]))
    if (key !== undefined) await removeWhereAllowed(store, key, signal)
}
