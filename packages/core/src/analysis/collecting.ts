import { duration, percent, rounded } from '../lib/units.js'
import type { HeapGrowth } from './allocating.js'
import { isSame } from './before.js'
import type { CpuAnalysis } from './cpu.js'
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

/** V8 does most of a large collection in threads of its own, which no profile shows. */
function collectsBeside(allocating: CpuAnalysis['allocating']): string[] {
  const beside = 'V8 collects garbage beside the app'
  if (!allocating) return [`the heap grows, ${beside}`]
  const grows = `the heap grows as ${nameFunction(allocating.function)} allocates`
  return [`${grows}, ${beside}`, grows]
}

/** For a headline, where garbage collection took the time and no function stands out beside it; the longest form first. */
export function whoCollects(cpu: CpuAnalysis, growth: HeapGrowth | null): string[] {
  const { busyMs, gcMs, allocating } = cpu
  const share = `${percent(gcMs / busyMs)} garbage collection`
  if (!collectsMuch(cpu)) return growth ? collectsBeside(allocating) : []
  if (!allocating || !collectsForOne(cpu)) return growth ? [`the heap grows, ${share}`, share] : [share]
  const name = nameFunction(allocating.function)
  if (growth) return [`the heap grows as ${name} allocates, ${share}`, `the heap grows as ${name} allocates`, name]
  return [`${name} allocates, ${share}`, name]
}
