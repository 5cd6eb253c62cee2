import { cancelDump } from './handlers/cancel-dump.js'
import { deleteDump } from './handlers/delete-dump.js'
import { getArchive } from './handlers/get-archive.js'
import { getArtifact } from './handlers/get-artifact.js'
import { getCaptures } from './handlers/get-captures.js'
import { getDump } from './handlers/get-dump.js'
import { getInstances } from './handlers/get-instances.js'
import { getMetrics } from './handlers/get-metrics.js'
import { getOpenapi } from './handlers/get-openapi.js'
import { getAsset, getSpeedscope } from './handlers/get-page-file.js'
import { getRuns } from './handlers/get-runs.js'
import { getSamples } from './handlers/get-samples.js'
import { getSession } from './handlers/get-session.js'
import { getStatus } from './handlers/get-status.js'
import { getStream } from './handlers/get-stream.js'
import { getThresholds } from './handlers/get-thresholds.js'
import { listDumps } from './handlers/list-dumps.js'
import { login } from './handlers/login.js'
import { logout } from './handlers/logout.js'
import { patchThresholds } from './handlers/patch-thresholds.js'
import { pinDump, unpinDump } from './handlers/set-pin.js'
import { trigger } from './handlers/trigger.js'
import type { Route } from './route.js'

/** The whole admin API. `HEAD` comes with every `GET`. */
export const routes: Route[] = [
  { method: 'GET', path: '/', action: 'read', operation: listDumps },
  // The same below a path of its own, for whoever has only the slash at the end, as the dashboard behind some proxies.
  { method: 'GET', path: '/dumps', action: 'read', operation: listDumps },
  { method: 'GET', path: '/dumps/:id', action: 'read', operation: getDump },
  { method: 'DELETE', path: '/dumps/:id', action: 'delete', operation: deleteDump },
  { method: 'PUT', path: '/dumps/:id/pin', action: 'configure', operation: pinDump },
  { method: 'DELETE', path: '/dumps/:id/pin', action: 'configure', operation: unpinDump },
  { method: 'POST', path: '/dumps/:id/cancel', action: 'capture', operation: cancelDump },
  { method: 'GET', path: '/dumps/:id/archive', action: 'download', operation: getArchive },
  { method: 'GET', path: '/dumps/:id/:file', action: 'download', operation: getArtifact },
  { method: 'POST', path: '/trigger', action: 'capture', operation: trigger },
  { method: 'GET', path: '/thresholds', action: 'read', operation: getThresholds },
  { method: 'PATCH', path: '/thresholds', action: 'configure', operation: patchThresholds },
  { method: 'GET', path: '/status', action: 'read', operation: getStatus },
  { method: 'GET', path: '/samples', action: 'read', operation: getSamples },
  { method: 'GET', path: '/runs', action: 'read', operation: getRuns },
  { method: 'GET', path: '/captures', action: 'read', operation: getCaptures },
  { method: 'GET', path: '/instances', action: 'read', operation: getInstances },
  { method: 'GET', path: '/stream', action: 'read', operation: getStream },
  { method: 'GET', path: '/metrics', action: 'read', operation: getMetrics },
  { method: 'GET', path: '/openapi.json', action: 'read', operation: getOpenapi },
  { method: 'GET', path: '/session', action: 'read', operation: getSession },
  { method: 'POST', path: '/login', action: null, operation: login },
  { method: 'POST', path: '/logout', action: 'read', operation: logout },
  { method: 'GET', path: '/assets/:file', action: null, operation: getAsset },
  { method: 'GET', path: '/speedscope/:file', action: null, operation: getSpeedscope },
]

/** All but the files that the page in a browser is made of: what other programs may want to know of. */
export const apiRoutes = routes.filter(({ operation }) => operation !== getAsset && operation !== getSpeedscope)
