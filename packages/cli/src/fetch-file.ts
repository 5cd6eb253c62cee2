import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isFileName } from '@autodump/core/control'
import type { Target } from './answers.js'
import { CliError } from './errors.js'

export const pathOf = (id: string, file: string) => `/dumps/${encodeURIComponent(id)}/${encodeURIComponent(file)}`

/**
 * Copies an artifact into a directory. Its name may come from the other side, and becomes a path here.
 *
 * @returns the path of the copy, which has the name of the artifact
 */
export async function fetchFile(target: Target, id: string, file: string, directory: string): Promise<string> {
  if (!isFileName(file)) throw new CliError('failure', `${file} is not the name of an artifact`)
  const { body } = await target.ask(pathOf(id, file))
  const path = join(directory, file)
  await pipeline((body ?? []) as AsyncIterable<Uint8Array>, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  return path
}
