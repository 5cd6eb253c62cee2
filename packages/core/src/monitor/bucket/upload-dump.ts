import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { replaceFileSync } from '../../lib/trusted.js'
import type { ArtifactEntry, Manifest } from '../../model/manifest.js'
import { dumpFolder } from '../../object-store/keys.js'
import { type ObjectStore, ObjectStoreError, sourceOf } from '../../object-store/object-store.js'
import { manifestFile, maxManifestBytes, readManifest } from '../../store/manifest-file.js'
import { reportFile } from '../../store/serve-report.js'
import { isThere, type UploadMarks } from '../../store/upload-marks.js'
import { Unreadable, withFile } from './file-source.js'
import { indexKeyOf, indexObject } from './index-entry.js'
import { placeOf } from './place.js'
import { nameOnDisk, notUploaded, type Selection, whyNot } from './selection.js'
import type { UploadState } from './upload-state.js'
import { removeWhereAllowed } from './withdraw.js'

export interface DumpUploadParts extends Selection {
  store: ObjectStore
  prefix: string
  /** The dump directory. */
  dir: string
  marks: UploadMarks
  /** The service name if no label gives one. */
  program: string
  onError(what: string, error: unknown): void
}

export type Outcome = 'uploaded' | 'gone'

const type = 'application/json'

/**
 * Uploads a dump: artifacts first, then the manifest, then the key in the index, so that every listed dump is complete.
 * Each step can be repeated. Marks on disk record finished steps, so that the next process continues.
 */
export function createDumpUpload(parts: DumpUploadParts) {
  const { store, prefix, dir, marks, program, onError } = parts

  /** The upload works without the mark too; after a crash it starts again. */
  function mark(id: string, state: UploadState): void {
    try {
      marks.write(id, state)
    } catch (error) {
      onError('mark an upload', error)
    }
  }

  async function known(id: string): Promise<UploadState | undefined> {
    const state = (await marks.read(id).catch(() => undefined)) as UploadState | undefined
    return state?.place === store.place && typeof state.folder === 'string' ? state : undefined
  }

  /** Aborts uploads that had begun when a process died, and that have no mark. */
  async function tidy({ folder, indexKey, partial }: UploadState, signal: AbortSignal): Promise<void> {
    for (const place of [folder, indexKey]) {
      const found = await store.orphans(place, signal).catch(error => {
        // Some stores cannot list them: then `autodump store clean` or a lifecycle rule must remove them.
        if (error instanceof ObjectStoreError && error.kind === 'blocked') return []
        throw error
      })
      for (const orphan of found) if (orphan.id !== partial?.upload.id) await store.removeOrphan(orphan, signal)
    }
  }

  async function giveUpParts(state: UploadState, signal: AbortSignal): Promise<void> {
    const { partial, folder } = state
    if (!partial) return
    state.partial = undefined
    await store.removeOrphan({ key: `${folder}${partial.file}`, id: partial.upload.id }, signal)
  }

  const remove = (key: string, signal: AbortSignal) => removeWhereAllowed(store, key, signal)

  async function putFile(id: string, name: string, state: UploadState, signal: AbortSignal): Promise<void> {
    if (state.partial && state.partial.file !== name) await giveUpParts(state, signal)
    await withFile(join(dir, id, name), source =>
      store.put(`${state.folder}${name}`, source, {
        signal,
        resume: state.partial?.upload,
        onPartial(upload) {
          state.partial = upload ? { file: name, upload } : undefined
          mark(id, state)
        },
      }),
    )
    state.done.push(name)
    mark(id, state)
  }

  /** The entry in the manifest in the bucket. `null`: the dump is gone. */
  async function putArtifact(
    id: string,
    entry: ArtifactEntry,
    state: UploadState,
    signal: AbortSignal,
  ): Promise<ArtifactEntry | null> {
    if (entry.state !== 'complete') return entry
    const reason = whyNot(entry, parts)
    if (reason) return notUploaded(entry, reason)
    const name = nameOnDisk(entry)
    if (state.done.includes(name)) return entry
    try {
      await putFile(id, name, state, signal)
      return entry
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      if (!(await isThere(dir, id))) return null
      await giveUpParts(state, signal)
      return notUploaded(entry, `the file ${error.message}`)
    }
  }

  /** The dump in words, where the option `explain` has it written. Whether the dump is still there. */
  async function putReport(id: string, state: UploadState, signal: AbortSignal): Promise<boolean> {
    if (state.done.includes(reportFile)) return true
    try {
      await putFile(id, reportFile, state, signal)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      await giveUpParts(state, signal)
    }
    return isThere(dir, id)
  }

  async function upload(id: string, signal: AbortSignal): Promise<Outcome> {
    const manifest = await manifestOf(id)
    const before = await known(id)
    if (!manifest) return abandon(id, signal)
    const place = placeOf(manifest, program)
    const indexKey = indexKeyOf(prefix, place, manifest)
    const folder = before?.folder ?? dumpFolder(prefix, place)
    const firstKey = before?.firstKey ?? before?.indexKey
    const done = [...(before?.done ?? [])]
    const state: UploadState = { ...before, place: store.place, folder, indexKey, firstKey, done }
    if (before) await tidy({ ...state, indexKey: before.indexKey }, signal)
    mark(id, state)
    const artifacts: ArtifactEntry[] = []
    for (const entry of manifest.artifacts) {
      const put = await putArtifact(id, entry, state, signal)
      if (put === null) return abandon(id, signal)
      artifacts.push(put)
    }
    if (!(await putReport(id, state, signal))) return abandon(id, signal)
    const { uploadTo: _, ...rest } = manifest
    const whole = { ...rest, artifacts }
    const json = `${JSON.stringify(whole, null, 2)}\n`
    await store.put(`${folder}${manifestFile}`, sourceOf(json), { signal, contentType: type })
    const entry = indexObject(prefix, place, whole, manifest.state)
    await store.put(indexKey, sourceOf(entry), { signal, contentType: type })
    // Files of the first manifest only.
    const names = artifacts.filter(({ state }) => state === 'complete').map(nameOnDisk)
    const sent = before?.early?.filter(name => !names.includes(name)) ?? []
    const old = firstKey && firstKey !== indexKey ? [firstKey] : []
    for (const key of [...old, ...sent.map(name => `${folder}${name}`)]) await remove(key, signal)
    return 'uploaded'
  }

  async function manifestOf(id: string): Promise<Manifest | undefined> {
    try {
      return (await readManifest(dir, id)).manifest
    } catch (error) {
      if (await isThere(dir, id)) throw error
      return undefined
    }
  }

  /** The dump is gone. A first manifest stays, as the manifest of an unfinished dump; all else goes. */
  async function abandon(id: string, signal: AbortSignal): Promise<'gone'> {
    const state = await known(id)
    if (state) {
      await tidy({ ...state, partial: undefined }, signal)
      await giveUpParts(state, signal)
      const { folder, indexKey, firstKey = indexKey, early } = state
      const isKept = early !== undefined && (await sayPartial(firstKey, signal))
      // The index keys come first: a listed dump has its files.
      if (!isKept || indexKey !== firstKey) await remove(indexKey, signal)
      if (!isKept)
        for (const name of [manifestFile, ...(early ?? []), ...state.done]) await remove(`${folder}${name}`, signal)
    }
    await marks.forget(id)
    return 'gone'
  }

  /** Resolves with whether the index has it. */
  async function sayPartial(indexKey: string, signal: AbortSignal): Promise<boolean> {
    try {
      const entry = JSON.parse(await text(await store.get(indexKey, { signal })))
      const json = `${JSON.stringify({ ...entry, state: 'partial' })}\n`
      await store.put(indexKey, sourceOf(json), { signal, contentType: type })
      return true
    } catch (error) {
      if (error instanceof ObjectStoreError && error.kind === 'missing') return false
      // Write-only credentials: the index keeps `capturing`.
      if (error instanceof SyntaxError || (error instanceof ObjectStoreError && error.kind === 'blocked')) return true
      throw error
    }
  }

  return {
    upload,
    abandon,
    /** Marks on disk that a dump is in the bucket, also in its manifest for people. Resolves with its address. */
    async noteUploaded(id: string, at: string): Promise<string | undefined> {
      const manifest = await manifestOf(id)
      if (!manifest) {
        await marks.forget(id)
        return undefined
      }
      const url = store.urlOf(`${dumpFolder(prefix, placeOf(manifest, program))}${manifestFile}`)
      await marks.done(id, { at, url })
      const json = `${JSON.stringify({ ...manifest, uploaded: { at, url } }, null, 2)}\n`
      if (Buffer.byteLength(json) <= maxManifestBytes) replaceFileSync(join(dir, id, manifestFile), json)
      return url
    },
  }
}
