import type { EngineCalls } from '../link/engine-calls.js'
import type { Events } from '../link/events.js'
import type { Fleet } from '../model/fleet.js'
import { callOn, forward } from '../model/forward.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Status } from '../model/status.js'
import { thresholdsEtag } from '../options/thresholds-patch.js'
import type { MetricRules } from './metric-rules.js'

interface EngineApiParts {
  options: ResolvedOptions
  fleet: Fleet
  calls: EngineCalls
  events: Events
  rules: MetricRules
  status(): Status
}

/** The monitor API on the engine's own thread: like `monitor.ts` for the app thread, without the way in between. */
export function createEngineApi({ options, fleet, calls, events, rules, status }: EngineApiParts): MonitorApi {
  return {
    options,
    fleet,
    status,
    thresholds: () => ({ thresholds: rules.thresholds(), etag: thresholdsEtag(rules.thresholds()) }),
    ...forward(callOn(calls)),
    on: events.on,
    off: events.off,
  }
}
