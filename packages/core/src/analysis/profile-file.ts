import { isCollapsed, readCollapsed } from '../formats/foreign/collapsed-stacks.js'
import { isProfileTrace, readProfileTrace } from '../formats/foreign/devtools-trace.js'
import { isTickStacks, isV8Ticks, readTickStacks, readV8Ticks } from '../formats/foreign/v8-ticks.js'
import { normaliseProfile } from '../formats/normalise.js'
import { cpuProfileToPprof } from '../formats/pprof/cpu.js'
import { decodePprof } from '../formats/pprof/decode.js'
import { heapProfileToPprof } from '../formats/pprof/heap.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { HeapProfile } from '../model/heap-profile.js'

export type ReadProfile =
  | { kind: 'cpu-profile'; profile: CpuProfile; isAsyncWait: boolean }
  | { kind: 'heap-profile'; profile: HeapProfile }

/** The formats of other tools, for people. */
const known =
  'a .cpuprofile, .heapprofile or .heapsnapshot, a pprof (.pb.gz), a trace of DevTools, ticks of node --prof-process --preprocess, nor collapsed stacks'

/** Files that people have beside a profile, and the file to give instead. */
const otherFiles = [
  {
    begins: /^(?:v8-version|shared-library|profiler|code-creation),/,
    advice:
      'the raw log of V8 (--prof, 0x): give what `node --prof-process --preprocess -j FILE > ticks.json` makes of it',
  },
  {
    begins: /^(?:<!doctype html|<html)/i,
    advice:
      'a page and no profile: give the data that it was made of (0x keeps isolate….json beside it, clinic a folder in .clinic)',
  },
]

/** Such as those of clinic doctor and bubbleprof, or of `node --trace-events-enabled`. */
const noProfileInTrace =
  'a trace without a CPU profile: give one of DevTools or `node --cpu-prof`, or what clinic flame has recorded'

/**
 * A profile of any tool. Its content decides; only a file named as a profile of V8 has to be one.
 *
 * @param content unzipped
 * @throws AutodumpError `INVALID`
 */
export function readProfile(content: Buffer, file: string): ReadProfile {
  const name = file.replace(/\.gz$/, '')
  if (name.endsWith('.cpuprofile')) return ofV8(parse(content, file))
  if (name.endsWith('.heapprofile')) return ofHeap(parse(content, file))
  const start = content.subarray(0, 4096).toString('latin1').trimStart()
  if (start.startsWith('{') || start.startsWith('[')) return fromJson(parse(content, file), file)
  const advice = otherFiles.find(({ begins }) => begins.test(start))?.advice
  if (advice) throw new AutodumpError('INVALID', `${file} is ${advice}`)
  // The table of strings in a pprof begins with an empty one, so there is a zero. Text has none.
  if (content.includes(0)) {
    const decoded = read(file, () => decodePprof(content))
    return decoded.kind === 'cpu-profile' ? { ...decoded, isAsyncWait: false } : decoded
  }
  const text = content.toString()
  if (isCollapsed(text)) return cpu(readCollapsed(text))
  throw unknown(file)
}

const cpu = (profile: CpuProfile): ReadProfile => ({ kind: 'cpu-profile', profile, isAsyncWait: false })

const unknown = (file: string, why = '') =>
  new AutodumpError('INVALID', `${file} is neither ${known}${why && `: ${why}`}`)

function fromJson(value: unknown, file: string): ReadProfile {
  if (isProfileTrace(value)) return cpu(read(file, () => readProfileTrace(value)))
  if (isV8Ticks(value)) return cpu(read(file, () => readV8Ticks(value)))
  if (isTickStacks(value)) return cpu(readTickStacks(value))
  const { nodes, head, traceEvents } = (value ?? {}) as { nodes?: unknown; head?: unknown; traceEvents?: unknown }
  if (Array.isArray(traceEvents)) throw new AutodumpError('INVALID', `${file} is ${noProfileInTrace}`)
  if (Array.isArray(nodes)) return ofV8(value)
  if (typeof head === 'object' && head !== null) return ofHeap(value)
  throw unknown(file)
}

function ofV8(value: unknown): ReadProfile {
  cpuProfileToPprof(value as CpuProfile) // The strictest reader of profiles: a profile that it accepts is valid.
  const isAsyncWait = (value as { autodump?: unknown }).autodump !== undefined
  return { kind: 'cpu-profile', profile: normaliseProfile(value, 'inspector'), isAsyncWait }
}

function ofHeap(value: unknown): ReadProfile {
  heapProfileToPprof(value as HeapProfile)
  return { kind: 'heap-profile', profile: value as HeapProfile }
}

/** A file that looks like a format of another tool may yet be none. */
function read<Profile>(file: string, work: () => Profile): Profile {
  try {
    return work()
  } catch (error) {
    throw unknown(file, messageOf(error))
  }
}

function parse(content: Buffer, file: string): unknown {
  try {
    return JSON.parse(content.toString())
  } catch {
    throw new AutodumpError('INVALID', `${file} is not JSON`)
  }
}
