import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readTrusted } from '../../lib/trusted.js'
import type { ArtifactEntry, Manifest } from '../../model/manifest.js'
import { dumpFolder } from '../../object-store/keys.js'
import { type ObjectStore, ObjectStoreError, sourceOf } from '../../object-store/object-store.js'
import { temporaryName } from '../../store/dump-id.js'
import { finishedFile } from '../../store/leftovers.js'
import { manifestFile } from '../../store/manifest-file.js'
import type { UploadMarks } from '../../store/upload-marks.js'
import { Unreadable, withFile } from './file-source.js'
import { indexKeyOf, indexObject } from './index-entry.js'
import { placeOf } from './place.js'
import { nameOnDisk, type Selection, whyNot } from './selection.js'
import type { UploadState } from './upload-state.js'

/** Larger artifacts wait for the dump: the first manifest must be there within seconds. */
const maxEarly = 8 * 1024 ** 2

const maxFinished = 1024 ** 2

/** Milliseconds that a request in progress may still take when the dump is complete. */
const grace = 5000

const type = 'application/json'

export interface EarlyParts extends Selection {
  store: ObjectStore
  prefix: string
  dir: string
  marks: UploadMarks
  program: string
  /** The process, its samples and the requests that it noted last. */
  describe(): Promise<{ process: Manifest['process']; samples: Manifest['samples']; requests: string | null }>
  /** A manifest is in the bucket, at that address. */
  onSent(id: string, url: string): void
  /** The store failed or refused. */
  onStoreError(id: string, error: ObjectStoreError): void
  onError(what: string, error: unknown): void
}

/** The subject of a first manifest: a dump in progress, or a process that may soon die. */
export type Subject = Pick<Manifest, 'id' | 'createdAt' | 'trigger'> & {
  look?: true
  firstSummary?: Manifest['summary']
}

interface Sending {
  subject: Subject
  /** Entries of the artifacts that are in the bucket, by the name on disk. */
  sent: Map<string, ArtifactEntry>
  /** Names of all files ever sent. */
  names: Set<string>
  stop: AbortController
  work: Promise<void>
  isDirty: boolean
}

/**
 * Sends a dump before it is complete: samples, the requests that the app thread noted, then each artifact as it
 * finishes. If the machine dies now, the bucket has these files and shows the dump as `partial`.
 */
export function createEarly(parts: EarlyParts) {
  const { store, prefix, dir, marks, program, onError } = parts
  const sending = new Map<string, Sending>()

  async function step(one: Sending): Promise<void> {
    const { subject, sent, names, stop } = one
    const { signal } = stop
    const { process, samples, requests } = await parts.describe()
    const place = placeOf({ id: subject.id, process }, program)
    const folder = dumpFolder(prefix, place)
    const put = (name: string, json: string) =>
      store.put(`${folder}${name}`, sourceOf(json), { signal, contentType: type })
    const manifestWith = (artifacts: ArtifactEntry[]): Manifest => ({
      ...{ id: subject.id, createdAt: subject.createdAt, state: 'partial', trigger: subject.trigger },
      ...{
        process,
        samples,
        artifacts,
        summary: subject.firstSummary ?? { text: subject.trigger.reason, findings: [] },
      },
    })
    const isFirst = sent.size === 0
    /** Noted before the upload, so that the next process knows which files exist. */
    const note = (name?: string) => {
      if (name) names.add(name)
      const { host } = process
      const mark: UploadState = { place: store.place, folder, indexKey, done: [], early: [...names], host }
      marks.write(subject.id, subject.look ? { ...mark, look: true } : mark)
    }
    const indexKey = indexKeyOf(prefix, place, manifestWith([]))
    if (isFirst) note()
    if (requests !== null && (isFirst || subject.look)) {
      note(noted)
      await put(noted, requests)
      sent.set(noted, notedEntry(requests))
    }
    for (const entry of await finished(subject.id)) {
      const name = nameOnDisk(entry)
      if (sent.has(name) || entry.storedBytes > maxEarly || whyNot(entry, parts)) continue
      note(name)
      await withFile(join(dir, temporaryName(subject.id), name), source =>
        store.put(`${folder}${name}`, source, { signal }),
      )
      // The app thread has answered after all.
      if (entry.kind === 'requests') sent.delete(noted)
      sent.set(name, entry)
    }
    const manifest = manifestWith([...sent.values()])
    await put(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`)
    parts.onSent(subject.id, store.urlOf(`${folder}${manifestFile}`))
    await store.put(indexKey, sourceOf(indexObject(prefix, place, manifest, 'capturing')), {
      signal,
      contentType: type,
    })
  }

  async function finished(id: string): Promise<ArtifactEntry[]> {
    const text = await readTrusted(join(dir, temporaryName(id), finishedFile), maxFinished).catch(() => '')
    return text.split('\n').flatMap(line => {
      try {
        return [JSON.parse(line) as ArtifactEntry]
      } catch {
        return [] // The end, or a line in progress.
      }
    })
  }

  async function work(one: Sending): Promise<void> {
    while (one.isDirty && !one.stop.signal.aborted) {
      one.isDirty = false
      try {
        await step(one)
      } catch (error) {
        // The next step or the dump itself makes up for it; a dump that was renamed in between is complete.
        if (one.stop.signal.aborted || error instanceof Unreadable) return
        if (error instanceof ObjectStoreError) parts.onStoreError(one.subject.id, error)
        else onError('upload a first manifest', error)
        return
      }
    }
  }

  return {
    /** Sends something new. */
    send(subject: Subject): void {
      const known = sending.get(subject.id)
      const one = known ?? {
        subject,
        sent: new Map(),
        names: new Set(),
        stop: new AbortController(),
        work: Promise.resolve(),
        isDirty: true,
      }
      one.subject = subject
      one.isDirty = true
      sending.set(subject.id, one)
      one.work = one.work.then(() => work(one))
    },
    /** Ends sending, so that nothing arrives after the next step. The signal ends it at once. */
    async end(id: string, signal: AbortSignal): Promise<void> {
      const one = sending.get(id)
      if (!one) return
      one.isDirty = false
      const stop = () => one.stop.abort(signal.reason ?? new Error('the dump is complete'))
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      const timer = setTimeout(stop, grace)
      timer.unref()
      await one.work
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      sending.delete(id)
    },
    ids: () => [...sending.keys()],
    /** Resolves when no upload is in progress. */
    async settle(): Promise<void> {
      await Promise.all([...sending.values()].map(({ work }) => work))
    },
    stop(): void {
      for (const { stop } of sending.values()) stop.abort(new Error('the monitor is being stopped'))
    },
  }
}

export type Early = ReturnType<typeof createEarly>

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The capture's own file name for the requests noted before. */
const noted = 'requests-before.json'

function notedEntry(json: string): ArtifactEntry {
  const bytes = Buffer.byteLength(json)
  return {
    file: noted,
    kind: 'requests',
    phase: 'before',
    bytes,
    sha256: sha256(json),
    storedBytes: bytes,
    state: 'complete',
  }
}
