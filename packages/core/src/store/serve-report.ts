import { join } from 'node:path'
import { reportFile, reportOf } from '../formats/report-md/report-md.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import { readNamed, readTrusted } from '../lib/trusted.js'
import type { Manifest } from '../model/manifest.js'
import type { Store } from '../model/store.js'
import { checkManifest, manifestFile, maxManifestBytes } from './manifest-file.js'

export { reportFile, reportOf }

/** Bytes: ours are a few KiB. */
const maxBytes = 64 * 1024

/**
 * The dump in words: the file of the dump, or one made of its manifest. Dumps of older versions, and of programs with
 * the option `explain` off, have no such file.
 *
 * @returns `undefined` if there is no such dump
 */
export async function explain(store: Pick<Store, 'manifest'>, dir: string, id: string): Promise<string | undefined> {
  const manifest = await store.manifest(id)
  if (!manifest) return undefined
  return readTrusted(join(dir, manifest.id, reportFile), maxBytes).catch(() => reportOf(manifest))
}

/**
 * The same of a dump that was copied to another place: a directory with its manifest and perhaps its report.
 *
 * @throws AutodumpError `INVALID` if there is no manifest in it
 */
export async function explainCopy(directory: string): Promise<string> {
  const report = await readNamed(join(directory, reportFile), maxBytes).catch(() => null)
  if (report !== null) return report
  try {
    const manifest = JSON.parse(await readNamed(join(directory, manifestFile), maxManifestBytes)) as Manifest
    checkManifest(manifest, manifest.id)
    return reportOf(manifest)
  } catch (error) {
    throw new AutodumpError('INVALID', `${directory} holds no dump: ${messageOf(error)}`)
  }
}
