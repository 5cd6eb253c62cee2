import type { AdminHandler } from '../http/admin-handler.js'
import { AutodumpError } from '../lib/errors.js'
import { resolveOptions } from '../options/options.js'
import { listFaults, marksNowhere } from '../store/list-faults.js'
import { listRunRecords } from '../store/run-records.js'
import { pprofOf } from '../store/serve-pprof.js'
import { explain } from '../store/serve-report.js'
import { openStore } from '../store/store-on-disk.js'
import { serveDumps } from './serve-dumps.js'

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
  return serveDumps({
    place: dir,
    options,
    count: store.state,
    calls: refuse => ({
      runs: () => listRunRecords(dir),
      faults: query => listFaults(store.list, query),
      markFault: marksNowhere,
      list: store.list,
      manifest: store.manifest,
      artifact: store.artifact,
      pprof: (id, file) => pprofOf(store, id, file),
      explain: id => explain(store, dir, id),
      remove: store.remove,
      // The options of a program set the limit for pins.
      setPinned: async (id, pinned) => (pinned ? refuse() : store.setPinned(id, false)),
    }),
  })
}
