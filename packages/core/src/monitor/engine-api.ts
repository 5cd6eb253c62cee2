import type { EngineCalls } from '../link/engine-calls.js'
import type { Events } from '../link/events.js'
import type { Fleet } from '../model/fleet.js'
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

/** The monitor as the engine's own thread has it: what `monitor.ts` is for the app thread, without the way in between. */
export function createEngineApi({ options, fleet, calls, events, rules, status }: EngineApiParts): MonitorApi {
  return {
    options,
    fleet,
    status,
    thresholds: () => ({ thresholds: rules.thresholds(), etag: thresholdsEtag(rules.thresholds()) }),
    async updateThresholds(patch, ifMatch) {
      await calls.updateThresholds(patch, ifMatch)
      return rules.thresholds()
    },
    async begin(request) {
      const id = await calls.begin(request)
      const done = calls.settled(id)
      done.catch(() => {}) // Whoever does not wait for the end need not hear of its failure here.
      return { id, done }
    },
    cancel: calls.cancel,
    captures: calls.captures,
    samplesJson: (since = 0) => calls.samplesJson(since),
    runs: calls.runs,
    list: calls.list,
    manifest: calls.manifest,
    artifact: calls.artifact,
    pprof: calls.pprof,
    remove: calls.remove,
    setPinned: calls.setPinned,
    on: events.on,
    off: events.off,
  }
}
