import { type AdminHandler, createAdminHandler } from '../http/admin-handler.js'
import { createMember } from '../http/fleet/member.js'
import { idleStatus, noServices } from '../http/idle-status.js'
import { AutodumpError } from '../lib/errors.js'
import { stderrLogger } from '../lib/log.js'
import { callOn, type ForwardableCalls, forward } from '../model/forward.js'
import type { MonitorApi } from '../model/monitor-api.js'
import { resolveOptions } from '../options/options.js'
import { listRunRecords } from '../store/run-records.js'
import { pprofOf } from '../store/serve-pprof.js'
import { explain } from '../store/serve-report.js'
import { openStore } from '../store/store-on-disk.js'

/**
 * The admin API of a dump directory without a process: it lists, shows, sends and removes dumps, also those of
 * processes that are dead or hung. It refuses all calls that need a monitor with 503. It makes and sweeps nothing in
 * the directory.
 *
 * @throws AutodumpError `FAILED` for a directory that is not safe to read, see `decisions/040`
 * @param onError gets the errors of single dumps, e.g. of a broken manifest
 */
export async function openDumps(dir: string, onError: (what: string, error: unknown) => void): Promise<AdminHandler> {
  const options = resolveOptions({ dir })
  const store = await openStore({ ...options, pid: process.pid, asItIs: true, onError })
  const { error } = store.state()
  if (error !== null) throw new AutodumpError('FAILED', error)
  const noMonitor = () => new AutodumpError('STOPPED', `this needs a running process, and there is none in ${dir}`)
  const refuse = async (): Promise<never> => {
    throw noMonitor()
  }
  /** The operations that need no process. */
  const calls: Partial<ForwardableCalls> = {
    runs: () => listRunRecords(dir),
    list: store.list,
    manifest: store.manifest,
    artifact: store.artifact,
    pprof: (id, file) => pprofOf(store, id, file),
    explain: id => explain(store, dir, id),
    remove: store.remove,
    // The options of a program set the limit for pins.
    setPinned: async (id, pinned) => (pinned ? refuse() : store.setPinned(id, false)),
  }
  const api: MonitorApi = {
    options,
    status() {
      const { dumps, bytes } = store.state()
      const idle = idleStatus(options)
      const thread = { mode: 'monitor-thread', restarts: 0, degraded: null } as const
      return { state: 'stopped', thread, ...idle, dumps: { ...idle.dumps, count: dumps, bytes }, ...noServices }
    },
    thresholds() {
      throw noMonitor()
    },
    ...forward(callOn(calls, refuse)),
    // No instance answers here.
    fleet: { own: createMember('dumps', {}), others: async () => [], ask: refuse },
    on() {},
    off() {},
  }
  return createAdminHandler(api, { auth: false, prefix: '', logger: stderrLogger })
}
