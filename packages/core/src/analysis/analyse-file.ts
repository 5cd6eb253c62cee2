import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readHolders } from '../formats/heap-snapshot/holders/read-holders.js'
import { readAsyncStacks } from '../formats/heap-snapshot/read.js'
import { normaliseProfile } from '../formats/normalise.js'
import { cpuProfileToPprof } from '../formats/pprof/cpu.js'
import { heapProfileToPprof } from '../formats/pprof/heap.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import type { AsyncStacks } from '../model/async-stacks.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { HeapProfile } from '../model/heap-profile.js'
import type { Growth, Holders } from '../model/holders.js'
import type { Finding } from '../model/manifest.js'
import { findInAsyncStacks, sayAsyncStacks } from './async-stacks.js'
import { analyseCpu } from './cpu.js'
import { compareHolders } from './growth.js'
import { analyseHeap } from './heap.js'
import { findInHolders, sayHolders } from './holders.js'
import type { OriginalOf } from './places.js'
import { findInCpu, sayCpu } from './say-cpu.js'
import { findInHeap, sayMemory } from './say-memory.js'
import { createSourceMaps } from './source-maps.js'

export interface FileAnalysis {
  /** Name of the file, without its directory. */
  file: string
  kind: 'cpu-profile' | 'heap-profile' | 'heap-snapshot'
  /** One sentence, and the findings behind it: the `summary` that a manifest would have for this file. */
  text: string
  findings: Finding[]
  /** Of a heap snapshot: who keeps its objects alive, and what grew since the earlier one. */
  holders?: Holders & { growth: Growth | null }
}

export interface AnalyseFileOptions {
  /** An earlier heap snapshot of the same program, to see what grew since. */
  earlier?: string | undefined
  /** Paths are shown relative to it. @default process.cwd() */
  cwd?: string
  /** Called while a file is read, with the bytes read so far (as they lie on disk) and the total. */
  onProgress?(read: number, total: number): void
}

/** A larger profile, in bytes of JSON, does not fit into one string of V8. */
const largestProfile = 400 * 1024 ** 2

const kinds = [
  ['.cpuprofile', 'cpu-profile'],
  ['.heapprofile', 'heap-profile'],
  ['.heapsnapshot', 'heap-snapshot'],
] as const

/**
 * Analyses a profile or heap snapshot of any Node or Chrome, gzipped or not. It reads a snapshot as a stream, in less
 * memory than the size of the snapshot.
 *
 * @throws AutodumpError `INVALID` if the content does not match the file name, `NOT_FOUND` if there is no such file,
 *   `FAILED` if the file cannot be read
 */
export async function analyseFile(path: string, options: AnalyseFileOptions = {}): Promise<FileAnalysis> {
  const { cwd = process.cwd(), onProgress = () => {} } = options
  const file = basename(path)
  const plain = file.replace(/\.gz$/, '')
  const [, kind] = kinds.find(([suffix]) => plain.endsWith(suffix)) ?? []
  if (!kind)
    throw new AutodumpError(
      'INVALID',
      `${file} is none of ${kinds.map(([suffix]) => suffix).join(', ')} (nor .gz of one)`,
    )
  if (options.earlier !== undefined && kind !== 'heap-snapshot')
    throw new AutodumpError('INVALID', `only heap snapshots are compared, and ${file} is none`)
  const snapshot = kind === 'heap-snapshot' ? await readSnapshot(path, options.earlier, onProgress) : null
  const value = snapshot ? null : await readJson(await openContent(path, onProgress), file)
  // A script that is younger than the profile is not the profiled one.
  const withSourceMaps = createSourceMaps({ cwd, startedAt: (await stat(path)).mtimeMs })
  const said = await withSourceMaps(originalOf => {
    if (snapshot) return analyseSnapshot(snapshot, cwd, originalOf)
    return kind === 'cpu-profile' ? analyseCpuFile(value, cwd, originalOf) : analyseHeapFile(value, cwd, originalOf)
  })
  return { file, kind, ...said, ...(snapshot && { holders: snapshot.held }) }
}

type Said = Pick<FileAnalysis, 'text' | 'findings'>

function analyseCpuFile(value: unknown, cwd: string, originalOf: OriginalOf): Said {
  cpuProfileToPprof(value as CpuProfile) // The strictest reader of profiles: a profile that it accepts is valid.
  const analysis = analyseCpu(normaliseProfile(value, 'inspector'), cwd, originalOf)
  const isOurs = (value as { autodump?: unknown }).autodump !== undefined
  const what = isOurs ? 'Async wait profile, in which busy is what waits' : 'CPU profile'
  return { text: `${what}: ${sayCpu(analysis)}.`, findings: findInCpu(analysis) }
}

function analyseHeapFile(value: unknown, cwd: string, originalOf: OriginalOf): Said {
  const profile = value as HeapProfile
  heapProfileToPprof(profile)
  const evidence = { profile, at: 0, sampleInterval: null, usage: null, previous: null }
  const analysis = analyseHeap([evidence], cwd, originalOf)
  return { text: `Heap profile: ${sayMemory(analysis, evidence, true)}.`, findings: findInHeap(analysis, evidence) }
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

async function readJson(content: Readable, file: string): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > largestProfile) throw new AutodumpError('INVALID', `${file} is larger than ${largestProfile} bytes`)
      chunks.push(chunk)
    }
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch (error) {
    if (error instanceof AutodumpError) throw error
    if (error instanceof SyntaxError) throw new AutodumpError('INVALID', `${file} is not JSON`)
    throw new AutodumpError('FAILED', `cannot read ${file}: ${messageOf(error)}`)
  }
}
