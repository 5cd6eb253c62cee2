import { describe } from 'vitest'
import { describeAuth } from './auth.js'
import { describeDashboard } from './dashboard.js'
import { describeDumps } from './dumps.js'
import { describeErrors } from './errors.js'
import type { Start } from './harness.js'
import { describeObservation } from './observe.js'
import { describePprof } from './pprof.js'
import { describeSwitches } from './switches.js'
import { describeThresholds } from './thresholds.js'
import { describeTrigger } from './trigger.js'

/**
 * The contract of the admin routes, over real sockets. Every adapter has to pass it; what it brings is how to start a
 * server, which also has to offer `GET /slow/:id`, a request that is never answered.
 */
export function describeContract(name: string, start: Start, tags: string[] = []): void {
  describe(`the admin routes under ${name}`, { timeout: 15_000, tags }, () => {
    describeAuth(start)
    describeErrors(start)
    describeSwitches(start)
    describeThresholds(start)
    describeTrigger(start)
    describeDumps(start)
    describeDashboard(start)
    describePprof(start)
    describeObservation(start)
  })
}

/** The same for a version that has a newer one beside it: `npm run test:quick` has the newer one alone. */
export const describeOlderContract = (name: string, start: Start) => describeContract(name, start, ['full'])
