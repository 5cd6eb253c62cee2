import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { analyseFile } from '@autodump/core/analysis'
import type { Target } from '../answers.js'
import { type BucketOptions, bucketTarget } from '../bucket-target.js'
import { clean } from '../clean.js'
import { CliError } from '../errors.js'
import { size } from '../format.js'
import type { Output } from '../output.js'

/** Bytes from which on reading takes long enough to say how far it is. */
const worthProgress = 8 * 1024 ** 2

/** Of files of this machine, or of `ID/FILE` in a bucket. */
export async function analyze(
  path: string,
  earlier: string | undefined,
  options: BucketOptions,
  output: Output,
): Promise<void> {
  if (options.bucket === undefined) return analyzeFiles(path, earlier, output)
  const target = await bucketTarget(options, output)
  const directory = await mkdtemp(join(tmpdir(), 'autodump-analyze-'))
  try {
    const local = await fetchFile(target, path, join(directory, 'now'))
    const before = earlier === undefined ? undefined : await fetchFile(target, earlier, join(directory, 'earlier'))
    await analyzeFiles(local, before, output)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Resolves with the path of a copy, which has the name of the file. */
async function fetchFile(target: Target, name: string, directory: string): Promise<string> {
  const [, id, file] = /^([\w.-]+)\/([\w.-]+)$/.exec(name) ?? []
  if (!id || !file) throw new CliError('usage', `with --bucket, a file is ID/FILE, got ${name}`)
  const { body } = await target.ask(`/dumps/${encodeURIComponent(id)}/${encodeURIComponent(file)}`)
  await mkdir(directory)
  const path = join(directory, file)
  await pipeline((body ?? []) as AsyncIterable<Uint8Array>, createWriteStream(path, { mode: 0o600 }))
  return path
}

async function analyzeFiles(path: string, earlier: string | undefined, output: Output): Promise<void> {
  let shown = 0
  const found = await analyseFile(path, {
    earlier,
    onProgress(read, total) {
      if (total < worthProgress || read - shown < total / 100) return
      shown = read
      output.progress(`reading ${path}: ${size(read)} of ${size(total)}`)
    },
  }).finally(() => output.progress(null))
  if (output.json) return output.printJson(found)
  output.print(output.paint('bold', clean(found.text)))
  for (const { text } of found.findings) output.print(`- ${clean(text)}`)
}
