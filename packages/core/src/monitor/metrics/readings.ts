import { createCountedResident } from '../../lib/counted-resident.js'
import type { Limits } from '../../lib/limits.js'
import type { Block } from '../../link/block.js'
import type { Finding } from '../../model/manifest.js'
import type { ResolvedOptions } from '../../model/options.js'
import { missingMetrics } from '../../options/missing-metrics.js'
import { createDescriptors } from './fds.js'
import { fromOutside } from './from-outside.js'
import { createGroupMemoryReader } from './group-memory.js'
import { readHeld } from './processes.js'
import { createSampler } from './sampler.js'

export interface ReadingsParts {
  block: Block
  limits: Limits
  options: ResolvedOptions
  /** The engine has a thread of its own. */
  isOwnThread: boolean
}

/** The readers of all metrics, as this machine and this thread allow them. */
export function createReadings({ block, limits, options, isOwnThread }: ReadingsParts) {
  const descriptors = createDescriptors()
  const groupMemory = createGroupMemoryReader()
  const sampler = createSampler({
    block,
    limits,
    customMetrics: options.customMetrics,
    interval: options.interval,
    missing: missingMetrics(),
    readDescriptors: descriptors.read,
    readGroupMemory: groupMemory.read,
    readRss: createCountedResident(),
    ...(isOwnThread && fromOutside()),
  })
  /** Findings that this thread can make for itself about a metric that fires. */
  const finders: Partial<Record<string, () => Finding[]>> = {
    fds: descriptors.find,
    memory: groupMemory.find,
  }
  return {
    sampler,
    descriptors,
    find: (metric: string) => finders[metric]?.() ?? [],
    container: groupMemory.place,
    heldBy: readHeld,
  }
}
