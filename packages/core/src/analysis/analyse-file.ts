import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readHolders } from '../formats/heap-snapshot/holders/read-holders.js'
import { readAsyncStacks } from '../formats/heap-snapshot/read.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import { duration } from '../lib/units.js'
import type { AsyncStacks } from '../model/async-stacks.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { HeapProfile } from '../model/heap-profile.js'
import type { Growth, Holders } from '../model/holders.js'
import type { Finding } from '../model/manifest.js'
import { findInAsyncStacks, sayAsyncStacks } from './async-stacks.js'
import { analyseCpu } from './cpu.js'
import { type CpuDetails, detailsOf, sliceProfile } from './cpu-details.js'
import { compareHolders } from './growth.js'
import { analyseHeap } from './heap.js'
import { findInHolders, sayHolders } from './holders.js'
import type { OriginalOf } from './places.js'
import { readProfile } from './profile-file.js'
import { findInCpu, sayCpu } from './say-cpu.js'
import { sayFunction } from './say-culprit.js'
import { findInHeap, sayMemory } from './say-memory.js'
import { createSourceMaps } from './source-maps.js'

export interface FileAnalysis {
  /** Name of the file, without its directory. */
  file: string
  kind: 'cpu-profile' | 'heap-profile' | 'heap-snapshot'
  /** One sentence, and the findings behind it: the `summary` that a manifest would have for this file. */
  text: string
  findings: Finding[]
  /** Of a CPU profile: where the time went. */
  cpu?: CpuDetails
  /** Of a heap profile: who allocated what is alive, the largest first; at most 5. */
  allocators?: { function: string; bytes: number }[]
  /** Of a heap snapshot: who keeps its objects alive, and what grew since the earlier one. */
  holders?: Holders & { growth: Growth | null }
}

export interface AnalyseFileOptions {
  /** An earlier heap snapshot of the same program, to see what grew since. */
  earlier?: string | undefined
  /** Of a CPU profile: only the part between these, in milliseconds from its beginning. @default all of it */
  from?: number | undefined
  to?: number | undefined
  /** Paths are shown relative to it. @default process.cwd() */
  cwd?: string
  /** Called while a file is read, with the bytes read so far (as they lie on disk) and the total. */
  onProgress?(read: number, total: number): void
}

/** A larger profile, in bytes of JSON, does not fit into one string of V8. */
const largestProfile = 400 * 1024 ** 2

/**
 * Analyses a heap snapshot, or a profile of any tool, gzipped or not. It reads a snapshot as a stream, in less memory
 * than the size of the snapshot.
 *
 * @throws AutodumpError `INVALID` if the content is none, `NOT_FOUND` if there is no such file, `FAILED` if the file
 *   cannot be read
 */
export async function analyseFile(path: string, options: AnalyseFileOptions = {}): Promise<FileAnalysis> {
  const { cwd = process.cwd(), onProgress = () => {}, earlier, from, to } = options
  const file = basename(path)
  const isSnapshot = /\.heapsnapshot(?:\.gz)?$/.test(file) || (await beginsAsSnapshot(path))
  if (earlier !== undefined && !isSnapshot)
    throw new AutodumpError('INVALID', `only heap snapshots are compared, and ${file} is none`)
  const snapshot = isSnapshot ? await readSnapshot(path, earlier, onProgress) : null
  const read = isSnapshot ? null : readProfile(await readAll(await openContent(path, onProgress), file), file)
  if ((from !== undefined || to !== undefined) && read?.kind !== 'cpu-profile')
    throw new AutodumpError('INVALID', `only CPU profiles have a time range, and ${file} is none`)
  // A script that is younger than the profile is not the profiled one.
  const withSourceMaps = createSourceMaps({ cwd, startedAt: (await stat(path)).mtimeMs })
  return withSourceMaps<FileAnalysis>(originalOf => {
    if (snapshot)
      return { file, kind: 'heap-snapshot', ...analyseSnapshot(snapshot, cwd, originalOf), holders: snapshot.held }
    if (read?.kind !== 'cpu-profile')
      return { file, kind: 'heap-profile', ...analyseHeapFile(read?.profile as HeapProfile, cwd, originalOf) }
    const profile = sliceProfile(read.profile, from, to)
    if (from !== undefined || to !== undefined) refuseEmpty(profile, read.profile, file)
    return { file, kind: 'cpu-profile', ...analyseCpuFile(profile, read.isAsyncWait, cwd, originalOf) }
  })
}

/** A range without a sample is a slip: the profile is shorter, or the moments are in the wrong order. */
function refuseEmpty(part: CpuProfile, { startTime, endTime }: CpuProfile, file: string): void {
  if (part.samples.length > 0) return
  const long = duration((endTime - startTime) / 1000)
  throw new AutodumpError('INVALID', `nothing of ${file} lies in that time: it is ${long} long`)
}

type Said = Pick<FileAnalysis, 'text' | 'findings' | 'cpu' | 'allocators'>

function analyseCpuFile(profile: CpuProfile, isAsyncWait: boolean, cwd: string, originalOf: OriginalOf): Said {
  const analysis = analyseCpu(profile, cwd, originalOf)
  const what = isAsyncWait ? 'Async wait profile, in which busy is what waits' : 'CPU profile'
  const cpu = detailsOf(profile, cwd, originalOf)
  return { text: `${what}: ${sayCpu(analysis)}.`, findings: findInCpu(analysis), cpu }
}

/** Allocators that are shown. */
const mostShown = 5

function analyseHeapFile(profile: HeapProfile, cwd: string, originalOf: OriginalOf): Said {
  const evidence = { profile, at: 0, sampleInterval: null, usage: null, previous: null }
  const analysis = analyseHeap([evidence], cwd, originalOf)
  return {
    text: `Heap profile: ${sayMemory(analysis, evidence, true)}.`,
    findings: findInHeap(analysis, evidence),
    allocators: analysis.allocators.slice(0, mostShown).map(one => ({ function: sayFunction(one), bytes: one.bytes })),
  }
}

interface Snapshot {
  held: Holders & { growth: Growth | null }
  stacks: AsyncStacks
}

/** Read once for each question: either alone takes memory in proportion to the heap. */
async function readSnapshot(
  path: string,
  earlier: string | undefined,
  onProgress: (read: number, total: number) => void,
): Promise<Snapshot> {
  const before = earlier === undefined ? null : await readHolders(await openContent(earlier, () => {}))
  const holders = await readHolders(await openContent(path, (read, total) => onProgress(read, 2 * total)))
  const content = await openContent(path, (read, total) => onProgress(total + read, 2 * total))
  const stacks = await readAsyncStacks(content)
  return { held: { ...holders, growth: before && compareHolders(before, holders, null) }, stacks }
}

function analyseSnapshot({ held, stacks: found }: Snapshot, cwd: string, originalOf: OriginalOf): Said {
  const stacks = { ...found, source: 'heap-snapshot' as const }
  const { total, nodes, edges, bytes } = stacks
  const suspended = total === 1 ? '1 async function is suspended' : `${total} async functions are suspended`
  const said = [
    sayHolders(held, cwd, originalOf),
    `${suspended} among ${nodes} objects`,
    sayAsyncStacks(stacks, cwd, originalOf),
  ]
  return {
    text: `Heap snapshot: ${said.filter(Boolean).join('; ')}.`,
    findings: [
      ...findInHolders(held, cwd, originalOf),
      ...findInAsyncStacks(stacks, cwd, originalOf),
      {
        kind: 'snapshot',
        text: `${nodes} nodes and ${edges} edges, ${total} suspended async functions`,
        data: { nodes, edges, bytes, suspended: total },
      },
    ],
  }
}

/** The bytes of a file, unzipped if they are zipped: the name does not always tell. */
async function openContent(path: string, onProgress: (read: number, total: number) => void): Promise<Readable> {
  try {
    const { size } = await stat(path)
    const handle = await open(path)
    const start = Buffer.alloc(2)
    await handle.read(start, 0, 2, 0).finally(() => handle.close())
    let read = 0
    const raw = createReadStream(path, { highWaterMark: 1 << 20 })
    raw.on('data', chunk => {
      read += chunk.length
      onProgress(read, size)
    })
    raw.pause() // The listener for data starts the flow, before there is a reader.
    if (start[0] !== 0x1f || start[1] !== 0x8b) return raw
    return pipeline(raw, createGunzip({ chunkSize: 1 << 18 }), () => {})
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'NOT_FOUND' : 'FAILED'
    throw new AutodumpError(code, code === 'NOT_FOUND' ? `there is no file ${path}` : messageOf(error))
  }
}

async function readAll(content: Readable, file: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > largestProfile) throw new AutodumpError('INVALID', `${file} is larger than ${largestProfile} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof AutodumpError) throw error
    throw new AutodumpError('FAILED', `cannot read ${file}: ${messageOf(error)}`)
  }
}

/** Under any name. */
async function beginsAsSnapshot(path: string): Promise<boolean> {
  const content = await openContent(path, () => {})
  try {
    for await (const chunk of content as AsyncIterable<Buffer>)
      return /^\s*\{\s*"snapshot"\s*:/.test(chunk.subarray(0, 200).toString('latin1'))
    return false
  } catch {
    return false // Reading it in earnest tells.
  } finally {
    content.destroy()
  }
}
