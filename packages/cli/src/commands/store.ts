import { findBucket } from '@autodump/core/control'
import { checkStore, cleanStore, type OpenBucket, openBucket } from '@autodump/core/object-store'
import { clean } from '../clean.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'

export interface StoreOptions {
  bucket?: string
  endpoint?: string
  region?: string
  virtualHost?: boolean
}

async function open({ bucket: url, ...options }: StoreOptions, output: Output): Promise<OpenBucket> {
  const { bucket, problems } = await findBucket(process.env, { url, ...options })
  for (const problem of problems) output.note(`autodump: ${problem}`)
  if (!bucket)
    throw new CliError('usage', 'which bucket? Name it with --bucket s3://name/prefix, or in AUTODUMP_BUCKET')
  if (bucket.url === null)
    throw new CliError('usage', 'the command line cannot open bucket.store: name a bucket with --bucket')
  return openBucket({ ...bucket, url: bucket.url })
}

/** `autodump store check` */
export async function check(options: StoreOptions, output: Output): Promise<void> {
  const bucket = await open(options, output)
  try {
    const steps = await checkStore(bucket)
    const wrong = steps.filter(({ problem }) => problem !== null)
    if (output.json) output.printJson({ place: bucket.store.place, ok: wrong.length === 0, steps })
    else {
      output.print(clean(bucket.store.place))
      for (const { step, problem, affects } of steps)
        output.print(clean(`  ${step}: ${problem === null ? 'ok' : `${problem}. Until then ${affects}`}`))
    }
    if (wrong.length > 0)
      throw new CliError('failure', `the bucket fails the check: ${wrong.map(({ step }) => step).join(', ')}`)
  } finally {
    bucket.store.close()
  }
}

/** `autodump store clean` */
export async function cleanUp(options: StoreOptions & { olderThan: number }, output: Output): Promise<void> {
  const bucket = await open(options, output)
  try {
    const { removed, left } = await cleanStore(bucket, options)
    if (output.json) return output.printJson({ removed, left })
    output.print(`removed ${removed.length} unfinished uploads, left ${left} that are younger`)
  } finally {
    bucket.store.close()
  }
}
