import { flagFor, isGranted } from '../../lib/runtime/permission.js'
import { runtimeName, runtimeOf } from '../../lib/runtime/runtime.js'
import type { AppEngine } from '../../model/cpu-profile.js'
import { nodeInspectorEngine, whyNoNodeInspector } from './node-inspector.js'
import { nodeV8Engine } from './node-v8.js'
import { proven } from './proven.js'
import { loadV8ProfilerNext } from './v8-profiler-next.js'

/** The engines that this process may have, the best first. Each proves that it works when it is first used. */
export function appEngines(onError: (what: string, error: unknown) => void): AppEngine[] {
  return [loadAddon(onError), nodeV8Engine(), nodeInspectorEngine()].filter(engine => engine !== null).map(proven)
}

/** Why there is no engine, where there is none. */
export function whyNoEngine(): string {
  if (runtimeOf() !== 'node') return `${runtimeName()} has no profiler that may run all the time`
  return [whyNoAddon() ?? 'v8-profiler-next is not installed or not built for this Node.js', whyNoNodeInspector()]
    .filter(Boolean)
    .join(', and ')
}

/** Why v8-profiler-next is not even tried, `null` where it is. */
function whyNoAddon(): string | null {
  return isGranted('addon') ? null : `Node's permission model grants addons by ${flagFor('addon')} only`
}

/** Addons are compiled against Node and V8, so no other runtime may load them, even if it names the same version. */
function loadAddon(onError: (what: string, error: unknown) => void): AppEngine | null {
  if (runtimeOf() !== 'node' || whyNoAddon() !== null) return null
  try {
    return loadV8ProfilerNext()
  } catch (error) {
    // Not installed, or not built for this version of Node: it is optional. Any other failure is reported.
    if (!absent.has((error as { code?: string }).code ?? '')) onError('loading v8-profiler-next', error)
    return null
  }
}

/** The last code: without a built v8-profiler-next, the search for its binary starts a process for its message. */
const absent = new Set(['MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED', 'ERR_DLOPEN_DISABLED', 'ERR_ACCESS_DENIED'])
