import { type AdminHandler, createAdminHandler } from '../http/admin-handler.js'
import { createInstance } from '../http/fleet/own-instance.js'
import { idleStatus, noServices } from '../http/idle-status.js'
import type { AdminOptions } from '../http/mount.js'
import { AutodumpError } from '../lib/errors.js'
import { stderrLogger } from '../lib/log.js'
import type { BucketCalls } from '../model/bucket-calls.js'
import { callOn, type ForwardableCalls, forward } from '../model/forward.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { ResolvedOptions } from '../model/options.js'
import { resolveOptions } from '../options/options.js'

export interface DumpsToServe {
  /** For people: a directory, or a bucket. */
  place: string
  /** @default the defaults */
  options?: ResolvedOptions
  /** The calls that need no process; `refuse` is the answer of the others. */
  calls(refuse: () => Promise<never>): Partial<ForwardableCalls>
  /** The calls that only a bucket answers. */
  bucket?: BucketCalls
  /** Number and bytes of the dumps. @default 0 */
  count?(): { dumps: number; bytes: number }
  /** @default no token is needed, and the routes are at the root */
  admin?: AdminOptions
}

/** The admin API of dumps without a process. It refuses all calls that need a monitor with 503. */
export function serveDumps({
  place,
  options = resolveOptions({}),
  calls,
  bucket,
  count,
  admin,
}: DumpsToServe): AdminHandler {
  const noMonitor = () => new AutodumpError('STOPPED', `this needs a running process, and there is none in ${place}`)
  const refuse = async (): Promise<never> => {
    throw noMonitor()
  }
  const api: MonitorApi = {
    options,
    place,
    ...(bucket && { bucket }),
    status() {
      const { dumps, bytes } = count?.() ?? { dumps: 0, bytes: 0 }
      const idle = idleStatus(options)
      const thread = { mode: 'monitor-thread', restarts: 0, degraded: null } as const
      const recorder = { ...idle.recorder, reason: 'no process is watched here' }
      return {
        ...{ state: 'stopped', thread, ...idle, dir: place, recorder },
        ...{ dumps: { ...idle.dumps, count: dumps, bytes }, ...noServices },
      }
    },
    thresholds() {
      throw noMonitor()
    },
    ...forward(callOn(calls(refuse), refuse)),
    // No instance answers here.
    fleet: { own: createInstance('dumps', {}), others: async () => [], ask: refuse },
    on() {},
    off() {},
  }
  return createAdminHandler(api, { auth: false, prefix: '', logger: stderrLogger, ...admin })
}
