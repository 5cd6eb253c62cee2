import { cancelDump } from './handlers/cancel-dump.js'
import { deleteDump } from './handlers/delete-dump.js'
import { getArchive } from './handlers/get-archive.js'
import { getArtifact } from './handlers/get-artifact.js'
import { getCaptures } from './handlers/get-captures.js'
import { getDump } from './handlers/get-dump.js'
import { getFaults } from './handlers/get-faults.js'
import { getInstances } from './handlers/get-instances.js'
import { getMetrics } from './handlers/get-metrics.js'
import { getOpenapi } from './handlers/get-openapi.js'
import { getAsset, getSpeedscope } from './handlers/get-page-file.js'
import { pprofRoutes } from './handlers/get-pprof.js'
import { getReport } from './handlers/get-report.js'
import { getRuns } from './handlers/get-runs.js'
import { getSamples } from './handlers/get-samples.js'
import { getSession } from './handlers/get-session.js'
import { getShares } from './handlers/get-shares.js'
import { getStatus } from './handlers/get-status.js'
import { getStream } from './handlers/get-stream.js'
import { getThresholds } from './handlers/get-thresholds.js'
import { listDumps } from './handlers/list-dumps.js'
import { login } from './handlers/login.js'
import { logout } from './handlers/logout.js'
import { markFault } from './handlers/mark-fault.js'
import { patchThresholds } from './handlers/patch-thresholds.js'
import { replay } from './handlers/replay.js'
import { pinDump, unpinDump } from './handlers/set-pin.js'
import { trigger } from './handlers/trigger.js'
import type { Route } from './route.js'

/** The whole admin API. `HEAD` comes with every `GET`. A new route is a file in `handlers/` and its name here. */
export const routes: Route[] = [
  { ...listDumps, path: '/' },
  // The same below a path of its own, for clients that have only the slash at the end, as the dashboard behind some proxies.
  listDumps,
  getDump,
  deleteDump,
  pinDump,
  unpinDump,
  cancelDump,
  getArchive,
  getReport,
  getArtifact,
  trigger,
  getThresholds,
  patchThresholds,
  getStatus,
  getSamples,
  getRuns,
  getFaults,
  markFault,
  getShares,
  replay,
  getCaptures,
  getInstances,
  getStream,
  getMetrics,
  ...pprofRoutes,
  getOpenapi,
  getSession,
  login,
  logout,
  getAsset,
  getSpeedscope,
]

/** All but the files of the page: the routes for other programs. */
export const apiRoutes = routes.filter(route => route !== getAsset && route !== getSpeedscope)
