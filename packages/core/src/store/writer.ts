import { join } from 'node:path'
import { reportFile } from '../formats/report-md/report-md.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import { rename, rm } from '../lib/fs.js'
import { isOwnDirectory, removeTree, syncDirectory } from '../lib/rooms.js'
import { appendTrusted, writeWhole } from '../lib/trusted.js'
import type { ArtifactEntry, Manifest } from '../model/manifest.js'
import type { DumpWriter, IndexedDump } from '../model/store.js'
import { writeContent } from './content.js'
import { temporaryName } from './dump-id.js'
import { finishedFile, ownerFile } from './leftovers.js'
import { checkManifest, isFileName, manifestFile, maxManifestBytes, toEntry } from './manifest-file.js'

export interface WriterParts {
  dir: string
  id: string
  hasRoom(): Promise<boolean>
  /** The dump is on disk under its name. */
  published(entry: IndexedDump): Promise<void>
  /** Nothing more will be written, with any outcome. */
  ended(): void
}

const textOf = (manifest: Manifest) => `${JSON.stringify(manifest, null, 2)}\n`

/** A sketch of the manifest appears under its name when it is whole. */
const sketchFile = '.sketch'

/** Writes into the existing hidden directory of that id. */
export function createWriter({ dir, id, hasRoom, published, ended }: WriterParts): DumpWriter {
  const temporary = join(dir, temporaryName(id))
  const stop = new AbortController()
  const names = new Set<string>()
  const adding = new Set<Promise<unknown>>()

  /** From here on nothing is added; an unfinished write fails and removes its file. */
  async function end() {
    stop.abort(new AutodumpError('FAILED', `the dump ${id} is closed`))
    await Promise.all(adding)
    ended()
  }

  /** The name itself, or with a number if the dump has that file already, perhaps as the zipped form of another one. */
  function freeName(file: string): string {
    const isTaken = (name: string) => [name, `${name}.gz`].some(one => names.has(one.toLowerCase()))
    let name = file
    for (let count = 2; isTaken(name); count++) name = file.replace(/(?=\.)|$/, `-${count}`)
    names.add(name.toLowerCase()).add(`${name}.gz`.toLowerCase())
    return name
  }

  /** For a process that finds the directory after our death. Without it the artifact is as good. */
  const noteFinished = (entry: ArtifactEntry) =>
    appendTrusted(join(temporary, finishedFile), `${JSON.stringify(entry)}\n`).catch(() => {})

  return {
    async add(kind, evidence) {
      const { file, phase, content, thread, redacted, startedAt, sampleInterval } = evidence
      const isNamed = isFileName(file)
      const name = isNamed ? freeName(file) : ''
      // The pause of a stream and the way in which it was had are known at its end.
      const more = () => ({
        ...(evidence.pauseMs === undefined ? {} : { pauseMs: Math.round(evidence.pauseMs * 10) / 10 }),
        ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt).toISOString() }),
        ...(sampleInterval === undefined ? {} : { sampleInterval }),
        ...(evidence.engine === undefined ? {} : { engine: evidence.engine }),
        ...(redacted && { redacted }),
        ...(thread === undefined ? {} : { thread }),
      })
      const write = async (): Promise<ArtifactEntry> => {
        try {
          if (!isNamed) throw new AutodumpError('FAILED', `${JSON.stringify(file)} is not a file name`)
          const written = await writeContent(join(temporary, name), content, { signal: stop.signal, hasRoom })
          const entry: ArtifactEntry = { file: name, kind, phase, ...written, state: 'complete', ...more() }
          await noteFinished(entry)
          return entry
        } catch (error) {
          const nothing = { bytes: 0, sha256: '', storedBytes: 0 }
          return { file: name, kind, phase, ...nothing, state: 'failed', error: messageOf(error), ...more() }
        }
      }
      const work = write()
      adding.add(work)
      return work.finally(() => adding.delete(work))
    },

    async keep(path, entry) {
      const name = freeName(entry.file)
      await rename(path, join(temporary, entry.encoding === 'gzip' ? `${name}.gz` : name))
      const kept = { ...entry, file: name }
      await noteFinished(kept)
      return kept
    },

    async sketch(manifest) {
      stop.signal.throwIfAborted()
      const work = writeWhole(join(temporary, sketchFile), textOf(manifest)).then(() =>
        rename(join(temporary, sketchFile), join(temporary, manifestFile)),
      )
      // A rejection is the caller's; `end` waits for the work only.
      const settled = work.catch(() => {})
      adding.add(settled)
      await work.finally(() => adding.delete(settled))
    },

    async publish(manifest, report) {
      if (stop.signal.aborted) throw stop.signal.reason
      await end()
      let bytes: number
      try {
        checkManifest(manifest, id)
        const text = textOf(manifest)
        if (Buffer.byteLength(text) > maxManifestBytes)
          throw new Error(`its manifest is over ${maxManifestBytes} bytes`)
        await rm(join(temporary, manifestFile), { force: true })
        bytes = await writeWhole(join(temporary, manifestFile), text)
        if (report !== undefined) await writeWhole(join(temporary, reportFile), report)
        await syncDirectory(temporary)
        if (!isOwnDirectory(temporary)) throw new Error('another user has put a directory in its place')
        await rename(temporary, join(dir, id))
      } catch (error) {
        await removeTree(temporary).catch(() => {})
        throw new AutodumpError('FAILED', `the dump ${id} cannot be published: ${messageOf(error)}`)
      }
      // Only now: a process that dies earlier leaves a directory that names its owner. In a dump they do no harm.
      for (const name of [ownerFile, finishedFile]) await rm(join(dir, id, name), { force: true }).catch(() => {})
      await published(toEntry(manifest, bytes))
    },

    async abandon() {
      if (stop.signal.aborted) return
      await end()
      await removeTree(temporary)
    },
  }
}
