import { deleteDump } from './handlers/delete-dump.js'
import { getArtifact } from './handlers/get-artifact.js'
import { getDump } from './handlers/get-dump.js'
import { getInstances } from './handlers/get-instances.js'
import { getMetrics } from './handlers/get-metrics.js'
import { getOpenapi } from './handlers/get-openapi.js'
import { getStatus } from './handlers/get-status.js'
import { getStream } from './handlers/get-stream.js'
import { getThresholds } from './handlers/get-thresholds.js'
import { listDumps } from './handlers/list-dumps.js'
import { login } from './handlers/login.js'
import { logout } from './handlers/logout.js'
import { patchThresholds } from './handlers/patch-thresholds.js'
import { trigger } from './handlers/trigger.js'
import type { Route } from './route.js'

/** The whole admin API. `HEAD` comes with every `GET`. */
export const routes: Route[] = [
  { method: 'GET', path: '/', action: 'read', operation: listDumps },
  { method: 'GET', path: '/dumps/:id', action: 'read', operation: getDump },
  { method: 'DELETE', path: '/dumps/:id', action: 'delete', operation: deleteDump },
  { method: 'GET', path: '/dumps/:id/:file', action: 'download', operation: getArtifact },
  { method: 'POST', path: '/trigger', action: 'capture', operation: trigger },
  { method: 'GET', path: '/thresholds', action: 'read', operation: getThresholds },
  { method: 'PATCH', path: '/thresholds', action: 'configure', operation: patchThresholds },
  { method: 'GET', path: '/status', action: 'read', operation: getStatus },
  { method: 'GET', path: '/instances', action: 'read', operation: getInstances },
  { method: 'GET', path: '/stream', action: 'read', operation: getStream },
  { method: 'GET', path: '/metrics', action: 'read', operation: getMetrics },
  { method: 'GET', path: '/openapi.json', action: 'read', operation: getOpenapi },
  { method: 'POST', path: '/login', action: null, operation: login },
  { method: 'POST', path: '/logout', action: 'read', operation: logout },
]
