import { basename, dirname, join } from 'node:path'
import type { Unfinished } from '../../analysis/say-crash.js'
import { isMissing } from '../../lib/files.js'
import { lstat, readdir } from '../../lib/fs.js'
import { isOwn } from '../../lib/owner.js'
import { isOwnDirectory, removeTree } from '../../lib/rooms.js'
import { isUntrusted, readTrusted } from '../../lib/trusted.js'
import { type CaptureSwitches, captureKinds } from '../../model/capture-kind.js'
import { headlineOf } from '../../model/headline.js'
import type { ArtifactEntry } from '../../model/manifest.js'
import type { Run } from '../../model/run.js'
import type { DumpWriter } from '../../model/store.js'
import { dumpPid, dumpTime, readHiddenName } from '../../store/dump-id.js'
import { finishedFile, readOwner } from '../../store/leftovers.js'
import { isFileName, readManifest } from '../../store/manifest-file.js'

/** Bytes of the list of finished artifacts. A dump has some ten artifacts, of a few hundred bytes each. */
const maxFinishedBytes = 1024 ** 2

/** Milliseconds: file times and clocks are only this exact. */
const slack = 5000

/** The unfinished dumps that a run has left in `dir`. */
export async function findUnfinished(dir: string, { info, writtenAt }: Run, ownStart: number): Promise<string[]> {
  const { pid, host } = info.process
  const ids: string[] = []
  for (const name of await readdir(dir)) {
    const hidden = readHiddenName(name)
    if (hidden?.kind !== 'writing' || dumpPid(hidden.id) !== pid) continue
    const at = dumpTime(hidden.id)
    const isOfRun = at >= info.startedAt - slack && at <= writtenAt + info.interval + slack
    // In a container every process has the same pid, including this one.
    if (!isOfRun || (pid === process.pid && at >= ownStart)) continue
    if (!isOwnDirectory(join(dir, name))) continue
    const owner = await readOwner(join(dir, name))
    if (owner && owner.host === host && (owner.pid === null || owner.pid === pid)) ids.push(hidden.id)
  }
  return ids.sort()
}

/**
 * Moves the finished artifacts of an unfinished dump, from its directory, into the dump that is being written, and removes
 * the rest.
 */
export async function salvage(
  directory: string,
  id: string,
  writer: DumpWriter,
  captures: CaptureSwitches,
): Promise<Unfinished> {
  const saved: ArtifactEntry[] = []
  const found = (await readdir(directory)).filter(isFileName)
  const whole = new Set<string>()
  for (const entry of await readFinished(directory)) {
    if (!captures[entry.kind]) continue
    const file = entry.encoding === 'gzip' ? `${entry.file}.gz` : entry.file
    const stats = await lstat(join(directory, file)).catch(() => null)
    if (!stats?.isFile() || !isOwn(stats) || stats.size !== entry.storedBytes || whole.has(file)) continue
    whole.add(file)
    saved.push(await writer.keep(join(directory, file), { ...entry, salvagedFrom: id }))
  }
  const said = captures['cpu-profile'] && captures.requests ? await saidSoFar(directory, id) : {}
  await removeTree(directory)
  return { id, saved, lost: found.filter(name => !whole.has(name)), ...said }
}

/** The process in its first manifest, if there is one that can be read. */
function saidSoFar(directory: string, id: string): Promise<Pick<Unfinished, 'said' | 'findings'>> {
  return readManifest(dirname(directory), id, basename(directory)).then(
    ({ manifest: { summary } }) => ({ said: headlineOf(summary), findings: summary.findings }),
    () => ({}),
  )
}

/** The entries of the finished artifacts; the last line may be cut short. */
async function readFinished(directory: string): Promise<ArtifactEntry[]> {
  const text = await readTrusted(join(directory, finishedFile), maxFinishedBytes).catch(error => {
    if (isMissing(error) || isUntrusted(error)) return ''
    throw error
  })
  return text.split('\n').flatMap(line => {
    try {
      const entry = JSON.parse(line) as ArtifactEntry
      return isEntry(entry) ? [entry] : []
    } catch {
      return []
    }
  })
}

function isEntry({ file, kind, state, storedBytes }: ArtifactEntry): boolean {
  return isFileName(file) && captureKinds.includes(kind) && state === 'complete' && Number.isSafeInteger(storedBytes)
}
