import type { ResolvedBucket } from '../model/bucket-options.js'
import type { Environment } from '../model/config-source.js'
import { gather } from '../options/gather.js'
import { resolveOptions } from '../options/options.js'
import { readConfig } from '../options/read-config.js'

/**
 * The bucket that a process would have in this environment, with the fields of `given` over it.
 *
 * @throws AutodumpError `INVALID` for an invalid bucket
 */
export async function findBucket(
  env: Environment,
  given: Partial<Pick<ResolvedBucket, 'endpoint' | 'region'>> & { url?: string | undefined; virtualHost?: boolean },
): Promise<{ bucket: ResolvedBucket | null; problems: string[] }> {
  const file = env.AUTODUMP_CONFIG ? await readConfig(env.AUTODUMP_CONFIG) : null
  const { options, problems, fileProblem } = gather(
    given.url === undefined ? env : { ...env, AUTODUMP_BUCKET: given.url },
    file,
  )
  const over = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const hasAny = options.bucket !== undefined || given.url !== undefined
  return {
    bucket: hasAny ? resolveOptions({ bucket: { ...options.bucket, ...over } }).bucket : null,
    problems: [...problems, ...(fileProblem ? [`${env.AUTODUMP_CONFIG}: ${fileProblem}`] : [])],
  }
}
