import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, lstat, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ArtifactEntry, CapturingDump, Manifest } from '@autodump/core'
import { makeFolder } from '@autodump/core/object-store'
import { askJson, type Target } from '../answers.js'
import { toJson } from '../clean.js'
import { wholeId } from '../dump-ids.js'
import { CliError } from '../errors.js'
import { size } from '../format.js'
import type { Output } from '../output.js'
import { dumpsOf, type TargetOptions } from '../target.js'

export interface PullOptions extends TargetOptions {
  out?: string
  force?: boolean
}

const manifestFile = 'manifest.json'

/** In every dump, or made when it is asked for. */
const reportFile = 'report.md'

/** Names come from the other side, and become paths here. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

export async function pull(text: string, files: string[], options: PullOptions, output: Output): Promise<void> {
  const target = await dumpsOf(options, output)
  const id = await wholeId(text, target)
  const manifest = await askJson<Manifest | CapturingDump>(target, `/dumps/${encodeURIComponent(id)}`)
  if (manifest.state === 'capturing') throw new CliError('busy', `${id} is still being captured`)
  if (!plainName.test(manifest.id)) throw new CliError('failure', 'the other side has sent an id that is none')
  const artifacts = chosen(manifest, files)
  for (const { kind, error } of manifest.artifacts.filter(({ state }) => state === 'failed'))
    if (files.length === 0) output.note(`${kind} is not there: ${error}`)

  const out = resolve(options.out ?? manifest.id)
  await makeFolder(out)
  const names = [...(files.length === 0 ? [manifestFile, reportFile] : []), ...artifacts.map(({ file }) => file)]
  if (!options.force) await refuseToOverwrite(out, names)

  const pulled: { file: string; path: string; bytes: number }[] = []
  const save = async (file: string, content: AsyncIterable<Uint8Array>, check?: ArtifactEntry) => {
    const path = join(out, file)
    const bytes = await write(path, content, options.force === true, check, read =>
      output.progress(`${file}: ${size(read)}${check ? ` of ${size(check.bytes)}` : ''}`),
    )
    output.progress(null)
    pulled.push({ file, path, bytes })
    if (!output.json) output.print(path)
  }
  if (files.length === 0) await save(manifestFile, [Buffer.from(`${toJson(manifest, 2)}\n`)] as never)
  const report = files.length === 0 ? await readReport(target, manifest.id) : null
  if (report) await save(reportFile, report)
  for (const artifact of artifacts) await save(artifact.file, await download(target, manifest.id, artifact), artifact)
  if (output.json) output.printJson({ id: manifest.id, directory: out, files: pulled })
}

function chosen({ id, artifacts }: Manifest, files: string[]): ArtifactEntry[] {
  const whole = artifacts.filter(({ state }) => state === 'complete')
  const odd = whole.find(({ file }) => !plainName.test(file) || file.toLowerCase() === manifestFile)
  if (odd) throw new CliError('failure', `the manifest names a file that is none: ${odd.file}`)
  if (files.length === 0) return whole
  return files.map(file => {
    const found = whole.find(artifact => artifact.file === file)
    if (found) return found
    throw new CliError('notFound', `${id} has no ${file}, only ${whole.map(artifact => artifact.file).join(', ')}`)
  })
}

async function refuseToOverwrite(out: string, names: string[]): Promise<void> {
  for (const name of names) {
    const path = join(out, name)
    const isFree = await lstat(path).then(
      () => false,
      () => true,
    )
    if (!isFree) throw new CliError('failure', `${path} is there already (--force overwrites, --out goes elsewhere)`)
  }
}

async function download(
  target: Target,
  id: string,
  { file }: Pick<ArtifactEntry, 'file'>,
): Promise<AsyncIterable<Uint8Array>> {
  const path = `/dumps/${encodeURIComponent(id)}/${encodeURIComponent(file)}`
  const { body } = await target.ask(path, { timeout: 60_000 })
  return (body ?? []) as AsyncIterable<Uint8Array>
}

/** `null`: the other side is of an older version, or has the file kept from this token. */
const readReport = (target: Target, id: string) =>
  download(target, id, { file: reportFile }).catch(error => {
    if (error instanceof CliError && error.exit === 'notFound') return null
    throw error
  })

/** Under another name until it is whole and its digest is right. Resolves with its size. */
async function write(
  path: string,
  content: AsyncIterable<Uint8Array>,
  force: boolean,
  check: ArtifactEntry | undefined,
  onProgress: (bytes: number) => void,
): Promise<number> {
  const part = `${path}.part`
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted() {
    for await (const chunk of content) {
      hash.update(chunk)
      bytes += chunk.length
      onProgress(bytes)
      yield chunk
    }
  }
  try {
    // Never into existing files: it may be a link, or another name of something else.
    if (force) await rm(part, { force: true })
    await pipeline(counted, createWriteStream(part, { flags: 'wx', mode: 0o600 }))
    if (check && hash.digest('hex') !== check.sha256)
      throw new CliError('failure', `${check.file} is not what the manifest says: its digest differs`)
    if (force) await rm(path, { force: true })
    // Unlike a rename, a link replaces nothing.
    await link(part, path)
    return bytes
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new CliError('failure', `${path} is there already (--force overwrites)`)
    throw error instanceof CliError ? error : new CliError('failure', `cannot write ${path}: ${message}`)
  } finally {
    await rm(part, { force: true })
  }
}
