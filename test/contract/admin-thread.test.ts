import { createMonitor } from '@autodump/core'
import { describe } from 'vitest'
import { describeErrors } from './errors.js'
import type { Start } from './harness.js'
import { describeObservation } from './observe.js'
import { describePprof } from './pprof.js'
import { describeSwitches } from './switches.js'
import { describeThresholds } from './thresholds.js'
import { describeTrigger } from './trigger.js'

/** The rest of the contract asks for an application on the same server, and for `authorize`, which is code of its thread. */
const start: Start = async options => {
  const monitor = createMonitor({ ...options, admin: { port: 0 } })
  await monitor.start()
  return { base: monitor.status().admin?.address as string, close: () => monitor.stop() }
}

describe('the admin routes from the monitor thread', { timeout: 15_000 }, () => {
  describeErrors(start)
  describeSwitches(start)
  describeThresholds(start)
  describeTrigger(start)
  describeObservation(start)
  describePprof(start)
})
