import { Profile } from 'pprof-format'
import type { CpuProfile } from '../../model/cpu-profile.js'
import type { HeapProfile } from '../../model/heap-profile.js'
import { cpuProfileOf, type ForeignFrame, heapProfileOf, type WeighedStack } from '../foreign/stacks.js'

/** Sample types that say where memory is, the best first; and those that say where time went, with how many there are in a microsecond. */
const ofHeap = ['inuse_space', 'space', 'alloc_space']

const perMicrosecond = new Map([
  ['nanoseconds', 1000],
  ['microseconds', 1],
  ['milliseconds', 0.001],
  ['seconds', 1e-6],
])

/** Names of other tools for V8's names. */
const outside = new Map([
  ['Garbage Collection', '(garbage collector)'],
  ['GC', '(garbage collector)'],
  ['Idle', '(idle)'],
  ['Program', '(program)'],
])

type Decoded = { kind: 'cpu-profile'; profile: CpuProfile } | { kind: 'heap-profile'; profile: HeapProfile }

/**
 * The content of an unzipped `.pb.gz` of any tool.
 *
 * @throws Error when it is no such profile, or has neither times nor sizes
 */
export function decodePprof(bytes: Uint8Array): Decoded {
  const profile = Profile.decode(bytes)
  const text = (index: number | bigint) => profile.stringTable.strings[Number(index)] ?? ''
  const types = profile.sampleType.map(({ type, unit }) => ({ type: text(type), unit: text(unit) }))
  if (types.length === 0 || profile.sample.length === 0) throw new Error('it has no samples')
  const functions = new Map(profile.function.map(one => [Number(one.id), one]))
  const locations = new Map(profile.location.map(one => [Number(one.id), one]))
  const stackOf = (ids: (number | bigint)[]): { frames: ForeignFrame[]; line: number } => {
    // The innermost location comes first, and of its lines the innermost inlined call.
    const lines = ids.flatMap(id => locations.get(Number(id))?.line ?? [])
    const frames = lines.map(({ functionId, line, column }): ForeignFrame => {
      const called = functions.get(Number(functionId))
      const name = text(called?.name ?? 0)
      const file = text(called?.filename ?? 0)
      return {
        name: file === '' || file === name ? (outside.get(name) ?? name) : name,
        url: file === name ? '' : file,
        // Where the tool does not say where a function begins, the running line is all there is.
        line: Number(called?.startLine ?? 0) || Number(line),
        column: Number(called?.startLine ?? 0) > 0 ? 0 : Number(column),
      }
    })
    return { frames: frames.reverse(), line: Number(lines[0]?.line ?? 0) }
  }
  const stacksBy = (index: number, per: number): WeighedStack[] =>
    profile.sample.map(({ locationId, value }) => ({
      ...stackOf(locationId),
      weight: Number(value[index] ?? 0) / per,
    }))
  const space = ofHeap.map(wanted => types.findIndex(({ type }) => type === wanted)).find(index => index >= 0)
  if (space !== undefined) return { kind: 'heap-profile', profile: heapProfileOf(stacksBy(space, 1)) }
  // The tool measured the time on the CPU; wall time and counts come after it.
  const isTime = ({ unit }: { unit: string }) => perMicrosecond.has(unit)
  const cpu = types.findIndex(one => isTime(one) && one.type === 'cpu')
  const index = cpu >= 0 ? cpu : types.findIndex(isTime)
  const per = perMicrosecond.get(types[index]?.unit ?? '')
  if (per === undefined) throw new Error(`its samples are of ${types.map(({ type }) => type).join(', ')}`)
  return { kind: 'cpu-profile', profile: cpuProfileOf(stacksBy(index, per)) }
}
