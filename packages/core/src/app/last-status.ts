import { type EngineStatus, idleStatus, noServices } from '../http/idle-status.js'
import { type Failures, mergeFailures } from '../link/failures.js'
import type { EngineEvent } from '../link/messages.js'
import type { CapturingDump } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Failure, Status } from '../model/status.js'

/** The last status that the app thread heard from the monitor thread. */
export interface LastStatus {
  hear(event: EngineEvent): void
  /** The monitor thread is gone. */
  lost(): void
  /** The monitor has stopped. */
  forget(): void
  /** @param own failures of the app thread itself */
  status(own: Pick<Failures, 'list' | 'total'>): Omit<Status, 'state' | 'thread'>
}

export function createLastStatus(options: ResolvedOptions): LastStatus {
  let json: string | undefined
  /** The failures since then. */
  let newFailures: Failure[] = []
  let reported = noServices
  let capture: CapturingDump | null = null

  function lost(): void {
    reported = noServices
    capture = null
  }

  return {
    hear(event) {
      switch (event.event) {
        case 'tick':
          json = event.status
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
      json = undefined
      newFailures = []
    },
    status(own) {
      const known: EngineStatus = json ? JSON.parse(json) : idleStatus(options)
      const totals = { ...known.totals, errors: known.totals.errors + newFailures.length + own.total() }
      return { ...known, ...reported, capture, totals, errors: mergeFailures(known.errors, newFailures, own.list()) }
    },
  }
}
