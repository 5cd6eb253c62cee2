import { type BucketOptions, bucketOf } from '../bucket-target.js'
import { clean } from '../clean.js'
import type { Output } from '../output.js'

export interface SharesOptions extends BucketOptions {
  service?: string
  of?: string
  than?: string
  instance?: string
}

/** `autodump shares`: the extra cost of a version of a service per request, beside the one before. */
export async function shares(options: SharesOptions, output: Output): Promise<void> {
  const { readShares } = await import('@autodump/fleet')
  const { service, of: version, than, instance } = options
  const bucket = await bucketOf(options, output)
  const compared = await readShares(bucket, {
    ...(service !== undefined && { service }),
    ...(version !== undefined && { version }),
    ...(than !== undefined && { than }),
    ...(instance !== undefined && { origin: instance }),
  })
  if (output.json) return output.printJson({ services: compared })
  if (compared.length === 0) return output.note(`there are no shares in ${bucket.store.place}`)
  for (const { service, version, than, silence, changes } of compared) {
    output.print(clean(`${service} ${version}${than === null ? '' : ` against ${than}`}`))
    if (silence !== null) output.print(clean(`  nothing to say: ${silence}`))
    else if (changes.length === 0) output.print('  no function costs more or less per request than chance explains')
    for (const { text } of changes) output.print(clean(`  ${text}`))
  }
}
