import { join } from 'node:path'
import v8 from 'node:v8'
import { isMainThread } from 'node:worker_threads'
import { ownDomains, whyNoInspector, whyNoLink } from '../lib/runtime/inspector.js'
import { flagFor, isGranted, isRestrictedProcess, type Scope } from '../lib/runtime/permission.js'
import { runtimeName, runtimeOf } from '../lib/runtime/runtime.js'
import { type CaptureSwitches, captureKinds, type Without } from '../model/capture-kind.js'
import type { ProfilerEngine } from '../model/cpu-profile.js'
import { missingKinds } from '../options/abilities.js'
import { missingMetrics } from '../options/missing-metrics.js'
import { withoutKinds } from '../options/switches.js'
import { nodeV8Engine } from './profilers/node-v8.js'

/** Why no monitor thread is worth starting, `null` where one is tried. */
export function whyNoThread(): string | null {
  if (!isMainThread) return 'the app itself runs in a worker thread'
  const noLink = whyNoLink()
  if (noLink !== null) return noLink
  return isGranted('worker') ? null : `Node's permission model grants threads by ${flagFor('worker')} only`
}

/** Why nothing can be kept in the directory of the dumps, `null` where Node does not say so. */
function whyNoDumps(dir: string): string | null {
  const missing = ungranted(dir)
  if (missing.length === 0) return null
  const what = missing.map(scope => (scope === 'fs.write' ? 'written' : 'read')).join(' or ')
  return `no dump can be ${what}, since Node's permission model does not grant ${dir}`
}

/** The forbidden kinds of access to that directory, which may be missing yet. */
const ungranted = (dir: string): ('fs.write' | 'fs.read')[] =>
  (['fs.write', 'fs.read'] as const).filter(scope => !isGranted(scope, join(dir, 'dump')))

/** The flags that the permission model would have to be given for all that is missing. */
function missingFlags(dir: string): string[] {
  if (!isRestrictedProcess()) return []
  // Without the inspector a thread would be of no use, and not every version can be given it; with it there are CPU
  // profiles without an addon.
  const canLink = isGranted('inspector') || flagFor('inspector') !== null
  const needsAddon = !isGranted('inspector') && nodeV8Engine() === null
  const link: Scope[] = canLink ? ['inspector', 'worker'] : []
  const addon: Scope[] = needsAddon ? ['addon'] : []
  const flags = [...link, ...addon].filter(scope => !isGranted(scope)).map(scope => flagFor(scope))
  const files = ungranted(dir).map(scope => `${flagFor(scope)}=${join(dir, '*')}`)
  return [...flags, ...files].filter(flag => flag !== null)
}

/** The abilities of an engine in the app thread of this process. */
export async function findAbilities(
  captures: CaptureSwitches,
  profiler: ProfilerEngine,
): Promise<{ without: Without; words: string }> {
  const runtime = runtimeOf()
  const without = missingKinds({
    noInspector: whyNoInspector(),
    runtime: runtimeName(),
    domains: await ownDomains(),
    profiler,
    promiseHooks: watchesPromises(),
    asyncHooks: runtime === 'node',
    report: typeof process.report?.getReport === 'function',
  })
  const possible = withoutKinds(captures, without)
  const left = captureKinds.filter(kind => possible[kind])
  const missing = Object.keys(without)
  return { without, words: missing.length === 0 ? '' : `left are ${left.join(', ')}, without ${missing.join(', ')}` }
}

function watchesPromises(): boolean {
  try {
    v8.promiseHooks.onInit(() => {})()
    return true
  } catch {
    return false
  }
}

/** The lacks of the process for every engine: metrics, a place for the dumps, and the flags that would bring more. */
export function sayLacking(dir: string): string {
  const metrics = missingMetrics()
  const flags = missingFlags(dir)
  return [
    whyNoDumps(dir),
    metrics.length > 0 ? `${runtimeName()} has no figures for ${metrics.join(', ')}` : null,
    flags.length > 0 ? `${flags.join(' ')} would bring more` : null,
  ]
    .filter(Boolean)
    .join('; ')
}
