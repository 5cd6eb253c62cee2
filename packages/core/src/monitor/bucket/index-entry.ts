import { headlineOf } from '../../model/headline.js'
import type { Manifest } from '../../model/manifest.js'
import { dumpFolder, indexKey, type Place } from '../../object-store/keys.js'

/** The states that the index shows: a dump in progress has a first manifest. */
type IndexState = Manifest['state'] | 'capturing'

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

/** The small object behind the key: the texts and sizes that a list shows. */
export function indexObject(
  prefix: string,
  place: Place & { version: string },
  manifest: Manifest,
  state: IndexState,
): string {
  const { id, createdAt, trigger, process, artifacts, summary, fault } = manifest
  const { metric, rule, value, threshold, unit, reason } = trigger
  return `${JSON.stringify({
    ...{ id, createdAt, state, service: place.service, instance: place.instance, version: place.version },
    folder: dumpFolder(prefix, place),
    trigger: { metric, rule, value, threshold, unit, reason },
    process: { pid: process.pid, host: process.host, labels: process.labels },
    headline: headlineOf(summary),
    summary: summary.text,
    ...(fault ? { fault } : {}),
    bytes: artifacts.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    artifacts: artifacts.map(({ file, kind, bytes, storedBytes, state }) => ({
      file,
      kind,
      bytes,
      storedBytes,
      state,
    })),
  })}\n`
}
