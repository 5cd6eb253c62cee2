import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analyseFile } from '@autodump/core/analysis'
import type { Target } from '../answers.js'
import { clean } from '../clean.js'
import { printCloserLook } from '../closer-look.js'
import { wholeId } from '../dump-ids.js'
import { CliError } from '../errors.js'
import { fetchFile } from '../fetch-file.js'
import { size } from '../format.js'
import type { Output } from '../output.js'
import { profileIn } from '../profile-folder.js'
import { dumpsOf, type TargetOptions } from '../target.js'

/** Bytes from which on reading takes long enough to say how far it is. */
const worthProgress = 8 * 1024 ** 2

export interface AnalyzeOptions extends TargetOptions {
  /** Milliseconds from the beginning of a CPU profile. */
  from?: number
  to?: number
}

/** Of files of this machine, or of `ID/FILE` of a dump, wherever that is. */
export async function analyze(
  path: string,
  earlier: string | undefined,
  options: AnalyzeOptions,
  output: Output,
): Promise<void> {
  if (options.bucket === undefined && (await isLocal([path, earlier])))
    return analyzeFiles(path, earlier, options, output)
  const target = await dumpsOf(options, output)
  const directory = await mkdtemp(join(tmpdir(), 'autodump-analyze-'))
  try {
    const local = await fetchNamed(target, path, join(directory, 'now'))
    const before = earlier === undefined ? undefined : await fetchNamed(target, earlier, join(directory, 'earlier'))
    await analyzeFiles(local, before, options, output)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** A file that is there is meant before a dump of that name; what names no dump either is a missing file. */
async function isLocal(paths: (string | undefined)[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map(async path => path === undefined || !inDump.test(path) || (await stat(path).catch(() => null)) !== null),
  )
  return found.every(Boolean)
}

const inDump = /^([\w.-]+)\/([\w.-]+)$/

/** Of the file that `ID/FILE` names. */
async function fetchNamed(target: Target, name: string, directory: string): Promise<string> {
  const [, text, file] = inDump.exec(name) ?? []
  if (!text || !file) throw new CliError('usage', `a file of a dump is ID/FILE, got ${name}`)
  const id = await wholeId(text, target)
  await mkdir(directory)
  return fetchFile(target, id, file, directory)
}

async function analyzeFiles(
  given: string,
  earlier: string | undefined,
  { from, to }: AnalyzeOptions,
  output: Output,
): Promise<void> {
  const path = await profileIn(given)
  let shown = 0
  const found = await analyseFile(path, {
    ...{ earlier, from, to },
    onProgress(read, total) {
      if (total < worthProgress || read - shown < total / 100) return
      shown = read
      output.progress(`reading ${path}: ${size(read)} of ${size(total)}`)
    },
  }).finally(() => output.progress(null))
  if (output.json) return output.printJson(found)
  output.print(output.paint('bold', clean(found.text)))
  for (const { text } of found.findings) output.print(`- ${clean(text)}`)
  printCloserLook(found, output)
}
