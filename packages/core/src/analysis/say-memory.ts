import { duration, percent, size } from '../lib/units.js'
import type { HeapEvidence } from '../model/heap-profile.js'
import type { Finding } from '../model/manifest.js'
import type { Allocator, HeapAnalysis } from './heap.js'
import { nameFunction } from './name-culprit.js'
import { sayFunction } from './say-culprit.js'

/** Memory outside the JavaScript heap is mentioned from this size in bytes, if the heap holds less. */
const worthWord = 64 * 1024 ** 2

/** The sentence says how full the heap is from this share of its limit. */
const nearlyFull = 0.7

/**
 * `rememberSession (server.js:23) holds 135 MiB of the 160 MiB of JavaScript heap that was sampled`, the function that
 * grew, and the memory outside of the heap, where no function can be named.
 *
 * @param known whether the sentence has already said how full the heap is
 * @param isHeld whether a heap snapshot has said who keeps it alive, which says more than who allocated it
 */
export function sayMemory(heap: HeapAnalysis, evidence: HeapEvidence, known: boolean, isHeld = false): string[] {
  const { sampledBytes, largest, grower, growthMs } = heap
  const holds = hasNothing(heap)
    ? 'no object that is alive was sampled, so who allocates is not known'
    : largest
      ? `${sayAllocator(largest)} holds ${size(largest.bytes)} of the ${size(sampledBytes)} of JavaScript heap that was sampled`
      : `no function stands out among the ${size(sampledBytes)} of JavaScript heap that was sampled`
  const grew = grower && growthMs !== null ? `grew by ${size(grower.grewBy ?? 0)} within ${duration(growthMs)}` : null
  const who =
    !grower || !grew
      ? [holds]
      : grower === largest
        ? [`${holds} and ${grew}`]
        : [holds, `${sayAllocator(grower)} ${grew}`]
  const full = known ? null : sayFull(evidence)
  const allocated = isHeld && !largest && !grew ? [] : who
  return [full, isHeld ? null : sayOutside(evidence), ...allocated].filter(text => text !== null)
}

/** For a headline: the function that grew, else the one that holds the most, the longest form first. */
export function nameHolder({ largest, grower, growthMs }: HeapAnalysis): string[] {
  const holder = grower ?? largest
  if (!holder) return []
  const name = nameFunction(holder.calledBy ?? holder)
  const holds = `${name} holds ${size(holder.bytes)}`
  const grew = holder.grewBy !== null && holder === grower && growthMs !== null
  return [...(grew ? [`${holds}, +${size(holder.grewBy ?? 0)} in ${duration(growthMs)}`] : []), holds, name]
}

/** A young process, or one that allocates next to nothing. */
const hasNothing = ({ sampledBytes }: HeapAnalysis): boolean => sampledBytes < 1024

function sayFull({ usage }: HeapEvidence): string | null {
  const share = usage ? Math.min(1, usage.heapUsed / usage.heapLimit) : 0
  return share >= nearlyFull ? `the JavaScript heap is ${percent(share)} full` : null
}

export function findInHeap({ allocators, sampledBytes, growthMs }: HeapAnalysis, evidence: HeapEvidence): Finding[] {
  const { usage } = evidence
  return [
    ...allocators.slice(0, 5).map(one => ({
      kind: 'allocator',
      text: `${sayAllocator(one)} holds ${size(one.bytes)} of ${size(sampledBytes)}${sayGrowth(one, growthMs)}`,
      data: { ...one, sampledBytes, growthMs },
    })),
    ...(usage
      ? [
          {
            kind: 'memory',
            text: `${size(usage.rss)} are resident: ${size(usage.heapUsed)} of JavaScript heap are in use, of at most ${size(usage.heapLimit)}; ${size(usage.external)} are outside of it, ${size(usage.arrayBuffers)} of that in Buffers`,
            data: { ...usage },
          },
        ]
      : []),
  ]
}

/** The profiler samples objects of the JavaScript heap; the bytes of a Buffer are elsewhere. */
function sayOutside({ usage }: HeapEvidence): string | null {
  if (!usage || usage.external < Math.max(worthWord, usage.heapUsed)) return null
  return `${size(usage.external)} of the ${size(usage.rss)} resident are outside the JavaScript heap, ${size(usage.arrayBuffers)} of that in Buffers, whose bytes a heap profile does not show`
}

function sayGrowth({ grewBy }: Allocator, growthMs: number | null): string {
  // Growth that rounds to nothing is no news.
  if (grewBy === null || growthMs === null || Math.abs(grewBy) < 1024) return ''
  return `, ${grewBy < 0 ? '-' : '+'}${size(Math.abs(grewBy))} within ${duration(growthMs)}`
}

function sayAllocator(allocator: Allocator): string {
  const caller = allocator.calledBy ? `, called by ${sayFunction(allocator.calledBy)},` : ''
  return `${sayFunction(allocator)}${caller}`
}
