import type { AppLink } from '../link/app-link.js'
import type { Block } from '../link/block.js'
import type { EarlySample } from './early-sample.js'
import type { HeapAlarm } from './memory/heap-alarm.js'
import { startHeapWatch } from './memory/heap-watch.js'
import { createHoldWatch } from './metrics/debugger-hold.js'
import type { Sampler } from './metrics/sampler.js'
import { monitorThread } from './metrics/stand-still.js'

export interface BetweenSamplesParts {
  block: Block
  sampler: Sampler
  heapAlarm: HeapAlarm
  earlySample: Pick<EarlySample, 'look'>
  openLink(): Promise<AppLink>
  contained(what: string, work: () => void): void
  onError(what: string, error: unknown): void
}

/**
 * The watches of the monitor thread between two samples: the heap near its limit, a debugger, a stop of the process.
 */
export function watchBetweenSamples(parts: BetweenSamplesParts) {
  const { block, sampler, heapAlarm, earlySample, openLink, contained, onError } = parts
  const holds = createHoldWatch(block, sampler.held)
  const watch = startHeapWatch({
    block,
    openLink,
    onReading: (percent, blockedFor) => contained('watch the heap', () => heapAlarm.look(percent, blockedFor)),
    onAnswer: (at, isAsleep) => contained('look for a debugger', () => holds.answered(at, isAsleep)),
    onError,
  })
  const looking = setInterval(() => {
    contained('look for a stop', sampler.look)
    contained('sample', earlySample.look)
  }, monitorThread.period)
  looking.unref()
  return {
    mayBeHeld: holds.isUndecided,
    /** Detaches from the app thread. */
    stopWatch: watch.stop,
    stop() {
      clearInterval(looking)
      watch.stop()
    },
  }
}
