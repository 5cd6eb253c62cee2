import { AutodumpError } from '../../lib/errors.js'
import type { KindsWith } from '../../model/capture-kind.js'
import { broken } from './checked.js'
import { cpuProfileToPprof } from './cpu.js'
import { type HeapPprofOptions, heapProfileToPprof } from './heap.js'
import { waitProfileToPprof } from './wait.js'

/** The artifact kinds that convert to pprof: `evidenceKinds` lists them. */
export type PprofKind = KindsWith<{ pprof: true }>

const converters: Record<PprofKind, (profile: never, options: HeapPprofOptions) => Uint8Array> = {
  'cpu-profile': cpuProfileToPprof,
  'heap-profile': heapProfileToPprof,
  'async-wait': waitProfileToPprof,
}

export const pprofKinds = Object.keys(converters) as PprofKind[]

/**
 * Longest text that is converted, in characters. Parsing it takes about ten times as much memory for the moment; a
 * profile of ten minutes at 1,000 samples a second is below 10 million.
 */
export const maxTextLength = 32 * 1024 ** 2

/**
 * Converts the text of a `.cpuprofile` or `.heapprofile` to gzipped pprof (`.pb.gz`). It takes milliseconds for a usual
 * profile and up to a second or two for the largest, in one go: not on a thread that has requests to answer.
 *
 * @throws AutodumpError `INVALID` if it is no such profile, `FAILED` if it is longer than `maxTextLength`
 */
export function toPprof(kind: PprofKind, text: string, options: HeapPprofOptions = {}): Uint8Array {
  if (text.length > maxTextLength) {
    throw new AutodumpError(
      'FAILED',
      `the profile is too large for pprof: ${text.length} of ${maxTextLength} characters`,
    )
  }
  const profile = parse(text)
  return converters[kind](profile as never, options)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw broken('', 'must be JSON')
  }
}

/** The name of the converted file: `cpu.cpuprofile` becomes `cpu.pb.gz`. */
export function pprofName(file: string): string {
  return `${file.replace(/\.(cpuprofile|heapprofile)$/, '')}.pb.gz`
}
