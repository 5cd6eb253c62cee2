import type { Readable } from 'node:stream'
import { reportFile } from '../formats/report-md/report-md.js'
import type { Manifest } from '../model/manifest.js'
import type { StoredArtifact } from '../model/store.js'
import { openArtifact } from './artifact-stream.js'

/** Level of deflate: quick, and most of the content is text. */
const level = 1

/**
 * A dump as a zip file: `<id>/manifest.json`, `<id>/report.md`, and each complete artifact as its tools open it. The archive opens and
 * reads one file after the other as it is read itself; destroying the stream closes the file. A file that is gone by
 * then, or is unreadable, destroys the stream, so that nobody takes the rest for all.
 */
export async function archiveOf(
  manifest: Manifest,
  find: (file: string) => Promise<StoredArtifact | undefined>,
  report?: string,
): Promise<Readable> {
  const { ZipFile } = await import('yazl') // No other code needs it.
  const zip = new ZipFile()
  const archive = zip.outputStream as Readable
  const options = { mtime: new Date(manifest.createdAt), mode: 0o100600, compressionLevel: level }
  let current: Readable | undefined
  archive.once('close', () => current?.destroy())
  zip.on('error', error => archive.destroy(error))

  async function open(file: string): Promise<Readable> {
    const stored = await find(file)
    if (!stored) throw new Error(`the artifact ${file} of the dump ${manifest.id} is gone`)
    const { stream } = await openArtifact(stored, false)
    stream.on('error', error => archive.destroy(error))
    if (archive.destroyed) stream.destroy()
    current = stream
    return stream
  }

  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), `${manifest.id}/manifest.json`, options)
  if (report !== undefined) zip.addBuffer(Buffer.from(report), `${manifest.id}/${reportFile}`, options)
  for (const { file, state } of manifest.artifacts) {
    if (state !== 'complete') continue
    zip.addReadStreamLazy(`${manifest.id}/${file}`, options, done => {
      open(file).then(
        stream => done(null, stream),
        error => archive.destroy(error),
      )
    })
  }
  zip.end()
  return archive
}
