import { checkStore, cleanStore } from '@autodump/core/object-store'
import { type BucketOptions, bucketOf } from '../bucket-target.js'
import { clean } from '../clean.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'

/** `autodump store check` */
export async function check(options: BucketOptions, output: Output): Promise<void> {
  const bucket = await bucketOf(options, output)
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
export async function cleanUp(options: BucketOptions & { olderThan: number }, output: Output): Promise<void> {
  const bucket = await bucketOf(options, output)
  try {
    const { removed, left } = await cleanStore(bucket, options)
    if (output.json) return output.printJson({ removed, left })
    output.print(`removed ${removed.length} unfinished uploads, left ${left} that are younger`)
  } finally {
    bucket.store.close()
  }
}
