import type { IndexObject } from '../../model/index-object.js'
import type { Manifest } from '../../model/manifest.js'
import { dumpFolder, indexKey, type Place } from '../../object-store/keys.js'
import { toEntry } from '../../store/manifest-file.js'

export function indexKeyOf(prefix: string, place: Place & { version: string }, manifest: Manifest): string {
  const { metric, rule } = manifest.trigger
  return indexKey(prefix, {
    ...place,
    at: Date.parse(manifest.createdAt),
    metric: metric ?? (rule === 'crash' ? 'process' : rule),
    rule,
    fingerprint: manifest.fault?.fingerprint ?? '',
  })
}

/** The text of the object behind the key. */
export function indexObject(
  prefix: string,
  place: Place & { version: string },
  manifest: Manifest,
  state: IndexObject['state'],
): string {
  const { trigger, process, artifacts } = manifest
  const { metric, rule, value, threshold, unit, reason } = trigger
  const {
    metric: _metric,
    rule: _rule,
    reason: _reason,
    from: _from,
    uploadTo: _uploadTo,
    ...listed
  } = toEntry(manifest, 0)
  const object: IndexObject = {
    ...listed,
    ...{ state, service: place.service, instance: place.instance, version: place.version },
    folder: dumpFolder(prefix, place),
    trigger: { metric, rule, value, threshold, unit, reason },
    process: { pid: process.pid, host: process.host, labels: process.labels },
    artifacts: artifacts.map(({ file, kind, bytes, storedBytes, state }) => ({
      file,
      kind,
      bytes,
      storedBytes,
      state,
    })),
  }
  return `${JSON.stringify(object)}\n`
}
