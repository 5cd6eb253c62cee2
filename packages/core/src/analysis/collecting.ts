import { duration, percent, rounded } from '../lib/units.js'
import type { HeapGrowth } from './allocating.js'
import { isSame } from './before.js'
import type { CpuAnalysis, FunctionTime } from './cpu.js'
import { nameFunction } from './name-culprit.js'
import { sayFunction } from './say-culprit.js'

/** Garbage collection with a larger share of the busy time is mentioned. */
export const muchGc = 0.3

/** Whether the function that allocates and the garbage collection are a good part of the busy time together. */
function collectsForOne({ busyMs, gcMs, functions, allocating }: CpuAnalysis): boolean {
  if (!allocating) return false
  const own = functions.find(one => isSame(one, allocating.function))?.ownMs ?? 0
  return gcMs + own > muchGc * busyMs
}

/** Whether garbage collection is where the time went. */
export const collectsMuch = (cpu: CpuAnalysis): boolean => cpu.gcMs > muchGc * cpu.busyMs || collectsForOne(cpu)

/** Within the sentence about the CPU, where garbage collection is not just a part of the culprit's work. */
export function sayAllocating(cpu: CpuAnalysis): string {
  const { culprit, allocating } = cpu
  if (!allocating || !collectsForOne(cpu) || (culprit && isSame(culprit.function, allocating.function))) return ''
  return `, much of it as ${sayFunction(allocating.function)} allocated`
}

/** `the JavaScript heap grew from 4% to 6% of its limit within 20 s` */
export const sayHeapGrowth = ({ from, to, ms }: HeapGrowth): string =>
  `the JavaScript heap grew from ${rounded(from)}% to ${rounded(to)}% of its limit within ${duration(ms)}`

/**
 * For a headline, where garbage collection took the time and no function stands out beside it; the longest form first. V8
 * does most of a large collection in threads of its own, which no profile shows, and steps of one while the app is idle: then
 * nobody is known to have allocated, and the function that the app ran most is named as that.
 *
 * @param busiest of this profile, or of the one of the seconds before
 */
export function whoCollects(cpu: CpuAnalysis, growth: HeapGrowth | null, busiest: FunctionTime | null): string[] {
  const { busyMs, gcMs, allocating } = cpu
  const isHere = collectsMuch(cpu)
  if (!isHere && !growth) return []
  const share = isHere ? `${percent(gcMs / busyMs)} garbage collection` : 'V8 collects garbage beside the app'
  const allocates = !isHere || collectsForOne(cpu) ? allocating : null
  if (!growth) {
    if (!allocates) return [share]
    const name = nameFunction(allocates.function)
    return [`${name} allocates, ${share}`, name]
  }
  const grows = allocates
    ? `the heap grows as ${nameFunction(allocates.function)} allocates`
    : busiest && `the heap grows as ${nameFunction(busiest)} runs`
  return grows ? [`${grows}, ${share}`, grows] : [`the heap grows, ${share}`, share]
}
