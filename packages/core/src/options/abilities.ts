import type { Domain } from '../lib/runtime/inspector.js'
import type { CaptureKind, Without } from '../model/capture-kind.js'
import type { ProfilerEngine } from '../model/cpu-profile.js'

/** The abilities of a process without a link between threads. */
export interface Offered {
  /** Why there is no inspector; `null` where there is one. */
  noInspector: string | null
  /** As people call it. */
  runtime: string
  domains: ReadonlySet<Domain>
  profiler: ProfilerEngine
  /** Whether promises can be watched, and other asynchronous resources. */
  promiseHooks: boolean
  asyncHooks: boolean
  report: boolean
}

/** The kinds of evidence that cannot be had, and why. Pure. */
export function missingKinds(offered: Offered): Without {
  const { noInspector, runtime, domains, profiler } = offered
  const needs = (domain: Domain, has = false) =>
    has || domains.has(domain) ? null : (noInspector ?? `the inspector of ${runtime} has no ${domain}`)
  const lacks = (what: string, has: boolean) => (has ? null : `${runtime} has no ${what}`)
  const why: Partial<Record<CaptureKind, string | null>> = {
    'cpu-profile': needs('Profiler', profiler !== 'inspector'),
    frames: 'no other thread watches this one',
    'async-stacks': offered.promiseHooks ? null : needs('HeapProfiler'),
    'async-wait': lacks('async_hooks', offered.asyncHooks),
    'heap-profile': needs('HeapProfiler'),
    'heap-snapshot': needs('HeapProfiler'),
    holders: needs('HeapProfiler'),
    trace: needs('NodeTracing'),
    report: lacks('diagnostic report', offered.report),
  }
  return Object.fromEntries(Object.entries(why).filter(([, reason]) => reason !== null)) as Without
}
