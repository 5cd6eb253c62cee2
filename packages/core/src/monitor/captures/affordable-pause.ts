import { duration } from '../../lib/units.js'
import type { TriggerInfo } from '../../model/manifest.js'

/** The work that a pause of the app would hold up. */
export interface AppActivity {
  streams: number
  longPolls: number
  /** Requests whose answer has not begun. */
  inFlight: number
  /** Those of them that have waited for seconds. */
  hanging: number
  /** Of the event loop, in percent; `null`: it is not known. */
  utilization: number | null
}

export interface AffordablePause {
  /** Milliseconds. */
  ms: number
  /** Why no more, in words. */
  why: string
}

/** Milliseconds. A stream that stutters for longer is noticed. */
const withStreams = 200

/** Milliseconds. Clients wait for an answer that long without trying again. */
const withTraffic = 3500

/**
 * Milliseconds. A leak that is seen while the heap is small is worth one longer pause: later it is longer still, and then
 * the process ends. Why: `decisions/316`.
 */
export const earlyPause = 6500

/** Milliseconds. A supervisor takes a process for dead that stands still for longer, and the dump would be lost. */
const withNothing = 30_000

/** Percent. A loop that is busier than this does something for somebody. */
const idle = 25

/** Of the requests in flight. The rest is health checks. */
const nearlyAll = 0.9

/**
 * For how long a capture that nobody asked for may stop the app: it goes by the possible loss.
 *
 * @param early whether it is the evidence of a leak that is seen early
 */
export function affordablePause(activity: AppActivity, early = false): AffordablePause {
  const { streams, longPolls, inFlight, hanging, utilization } = activity
  if (streams + longPolls > 0) return { ms: withStreams, why: `${sayOpen(streams, longPolls)} would stand still` }
  const allHang = hanging > 0 && hanging >= nearlyAll * inFlight
  if (allHang && utilization !== null && utilization < idle)
    return {
      ms: withNothing,
      why: 'all requests hang and the event loop is idle, but the process might be taken for dead',
    }
  return { ms: early ? earlyPause : withTraffic, why: 'requests are being answered' }
}

function sayOpen(streams: number, longPolls: number): string {
  const parts = [
    ...(streams > 0 ? [`${streams} open ${streams === 1 ? 'stream' : 'streams'}`] : []),
    ...(longPolls > 0 ? [`${longPolls} long ${longPolls === 1 ? 'poll' : 'polls'}`] : []),
  ]
  return parts.join(' and ')
}

const memory = new Set(['heap', 'rss', 'memory'])

/** Whether the process may soon die: then its open requests are lost anyway. */
export const isDying = ({ metric, rule }: Pick<TriggerInfo, 'metric' | 'rule'>, urgent: boolean): boolean =>
  urgent || (rule === 'watermark' && metric !== null && memory.has(metric))

/** @param pause milliseconds */
export const sayUnaffordable = (pause: number, { ms, why }: AffordablePause): string =>
  `it would stop the app for about ${duration(pause)}, and ${duration(ms)} are the most: ${why}`
