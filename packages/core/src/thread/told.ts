import type { ResolvedOptions } from '../options.js'
import type { CapturingDump } from '../store/manifest.js'
import { type Failure, type Failures, mergeFailures } from './failures.js'
import type { EngineEvent } from './messages.js'
import { type EngineStatus, idleStatus, noCompanions } from './report-status.js'
import type { Status } from './status.js'

/** What the engine has told last, on the app thread. */
export interface Told {
  hear(event: EngineEvent): void
  /** The monitor thread is gone. */
  lost(): void
  /** The monitor has stopped. */
  forget(): void
  /** @param own failures of the app thread itself */
  status(own: Pick<Failures, 'list' | 'total'>): Omit<Status, 'state' | 'thread'>
}

export function createTold(options: ResolvedOptions): Told {
  let lastStatus: string | undefined
  /** Since then. */
  let newFailures: Failure[] = []
  let reported = noCompanions
  let capture: CapturingDump | null = null

  function lost(): void {
    reported = noCompanions
    capture = null
  }

  return {
    hear(event) {
      switch (event.event) {
        case 'tick':
          lastStatus = event.status
          newFailures = []
          break
        case 'capture':
          capture = event.dump
          break
        case 'report':
          reported = { ...reported, ...event.part }
          break
        case 'failure':
          newFailures.push(event.failure)
      }
    },
    lost,
    forget() {
      lost()
      lastStatus = undefined
      newFailures = []
    },
    status(own) {
      const known: EngineStatus = lastStatus ? JSON.parse(lastStatus) : idleStatus(options)
      const totals = { ...known.totals, errors: known.totals.errors + newFailures.length + own.total() }
      return { ...known, ...reported, capture, totals, errors: mergeFailures(known.errors, newFailures, own.list()) }
    },
  }
}
