import { join } from 'node:path'
import { reportFile } from '../formats/report-md/report-md.js'
import { isManifest } from '../generated/file-validators.js'
import { isMissing } from '../lib/files.js'
import { lstat } from '../lib/fs.js'
import { isTrusted } from '../lib/owner.js'
import { Foreign, readTrusted } from '../lib/trusted.js'
import { deeperThan, describeErrors, validator } from '../lib/validate.js'
import { headlineOf } from '../model/headline.js'
import type { Manifest } from '../model/manifest.js'
import type { IndexedDump, Origin } from '../model/store.js'
import { readTarget } from '../model/upload-target.js'
import { fileName } from './manifest-schema.js'

export const manifestFile = 'manifest.json'

/** We did not write a larger one, and do not read it into memory. */
export const maxManifestBytes = 8 * 1024 ** 2

/** Ours have ten levels at most; one with thousands could be read, but not handed on. */
const maxDepth = 64

/** Whether that can be the name of an artifact: one plain name, no path. */
export function isFileName(name: string): boolean {
  return fileName.test(name) && ![manifestFile, reportFile].includes(name.toLowerCase())
}

const validate = validator<Manifest>(isManifest)

/** Throws an error that names the defect of a manifest. */
export function checkManifest(value: unknown, id: string): asserts value is Manifest {
  if (!validate(value)) {
    const [first] = describeErrors(validate.errors, value)
    throw new Error(`its manifest is not one: ${first?.field ?? ''} ${first?.message ?? ''}`)
  }
  if (value.id !== id) throw new Error(`its manifest is the one of ${value.id.slice(0, 200)}`)
}

/**
 * Reads the manifest of a dump. Rejects if the directory or the manifest is not as we would have written it, with
 * `ENOENT` if there is no such directory.
 *
 * @param name of its directory: another one while it is being captured
 */
export async function readManifest(dir: string, id: string, name = id): Promise<{ manifest: Manifest; bytes: number }> {
  const directory = join(dir, name)
  const stats = await lstat(directory)
  if (!isTrusted(stats)) throw new Foreign('it', stats.uid)
  if (!stats.isDirectory()) throw new Error('it is not a directory')
  const text = await readTrusted(join(directory, manifestFile), maxManifestBytes).catch(async error => {
    if (!isMissing(error)) throw error
    await lstat(directory) // It may have been removed meanwhile, which is no defect of the dump.
    throw new Error('it has no manifest')
  })
  const manifest: unknown = JSON.parse(text)
  if (deeperThan(maxDepth, manifest)) throw new Error(`its manifest is nested deeper than ${maxDepth} levels`)
  checkManifest(manifest, id)
  return { manifest, bytes: Buffer.byteLength(text) }
}

/** The entry of a dump in a list. `manifestBytes` is the size of the manifest on disk. */
export function toEntry(manifest: Manifest, manifestBytes: number): IndexedDump {
  const { id, createdAt, state, trigger, artifacts, summary, fault } = manifest
  const uploadTo = readTarget(manifest.uploadTo)
  return {
    id,
    createdAt,
    state,
    metric: trigger.metric,
    rule: trigger.rule,
    reason: trigger.reason,
    headline: headlineOf(summary),
    summary: summary.text,
    ...(fault && { fault }),
    ...severityOf(trigger),
    bytes: artifacts.reduce((sum, { storedBytes }) => sum + storedBytes, manifestBytes),
    artifacts: artifacts.map(({ file, kind, bytes, state }) => ({ file, kind, bytes, state })),
    from: originOf(manifest),
    ...(uploadTo && { uploadTo }),
  }
}

/** How many times the line was passed. */
export function severityOf({ value, threshold }: { value?: unknown; threshold?: unknown }): { severity?: number } {
  if (typeof value !== 'number' || typeof threshold !== 'number' || threshold <= 0) return {}
  return { severity: Math.round((value / threshold) * 100) / 100 }
}

/** Of any content of a manifest: its process is not checked. */
function originOf({ process }: Manifest): Origin {
  const { service, version, instance } = process.labels ?? {}
  return { service: textOf(service), version: textOf(version), instance: textOf(instance) || textOf(process.host) }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
