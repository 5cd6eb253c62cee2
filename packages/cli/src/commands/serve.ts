import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { type BucketOptions, bucketOf } from '../bucket-target.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'
import { tokenOf } from '../target.js'

export interface ServeOptions extends BucketOptions {
  port: number
  host: string
  tokenFile?: string
  userHeader?: string
  write?: boolean
  links?: boolean
  cache?: string
}

/**
 * Percent by which the heap may grow until the next collection. V8's own choice doubles it, as for a program that needs
 * its memory soon: here it is the dead lists of the last answers (`decisions/337`).
 */
const heapGrowth = 20

/** `autodump serve`: until it is told to stop. */
export async function serveBucket(options: ServeOptions, output: Output): Promise<void> {
  const { port, host, userHeader, write = false, links = false, cache } = options
  if (userHeader !== undefined && !/^[A-Za-z0-9-]{1,64}$/.test(userHeader))
    throw new CliError('usage', '--user-header must be the name of a header, letters, digits and -')
  setFlagsFromString(`--heap-growing-percent=${heapGrowth}`)
  const { serve } = await import('@autodump/fleet')
  const bucket = await bucketOf(options, output)
  const say = (text: string) => output.note(text)
  const token = tokenOf(options)
  const served = await serve({
    ...{ bucket, port, host, writable: write, links, logger: { info: say, warn: say, error: say } },
    ...(cache !== undefined && { cacheDir: cache }),
    ...(token !== undefined && { token }),
    ...(userHeader !== undefined && { userHeader }),
  }).catch(error => {
    throw new CliError('failure', `cannot listen at ${host}:${port}: ${(error as Error).message}`)
  })
  output.note(`the dumps in ${bucket.store.place} are at ${served.address}`)
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await served.close()
}
