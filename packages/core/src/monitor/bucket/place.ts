import type { Manifest } from '../../model/manifest.js'
import type { Place } from '../../object-store/keys.js'

/** The place of a dump in the bucket, from its manifest, so that another process finds the same place. */
export function placeOf(
  { id, process: { host, labels } }: Pick<Manifest, 'id' | 'process'>,
  program: string,
): Place & { version: string } {
  return {
    id,
    service: labels.service || program,
    instance: labels.instance || host,
    version: labels.version ?? '',
  }
}
