import { isLoadElsewhere } from '../analysis/worker-threads.js'
import { AutodumpError } from '../lib/errors.js'
import type { Role } from '../link/role.js'
import { type CaptureKind, captureKinds } from '../model/capture-kind.js'
import type { Decision } from '../model/decision.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Sample } from '../model/sample.js'
import { firingOf, triggerOf } from '../rules/metric-states.js'
import type { CaptureCosts } from './capture-costs.js'
import { addFrames } from './captures/frames.js'
import type { DumpRequest } from './dump-parts.js'
import type { HeapAlarm } from './memory/heap-alarm.js'
import { holderKinds } from './memory/holder-kinds.js'
import type { MetricRules } from './metric-rules.js'
import type { OneVoice } from './one-voice.js'
import type { SpentBlock } from './spent-block.js'

export interface FireParts {
  options: ResolvedOptions
  rules: Pick<MetricRules, 'thresholds' | 'fired'>
  costs: Pick<CaptureCosts, 'isCheap'>
  heapAlarm: Pick<HeapAlarm, 'watermarkFired'>
  block: SpentBlock
  voice: OneVoice
  role(): Role
  /** Whether a debugger may hold the app thread, at this monotonic time: a block says nothing then. */
  mayBeHeld(now: number): boolean
  /** The findings that the monitor thread can make about a metric. */
  find(metric: string): Finding[]
  /** Begins a dump. Throws if the gate is closed. */
  start(
    trigger: TriggerInfo,
    kinds: CaptureKind[],
    blockedFor: number,
    more: Pick<DumpRequest, 'workers' | 'atTrigger'>,
  ): unknown
  onError(what: string, error: unknown): void
}

/**
 * One dump for all rules that fire at the same sample, or none while the gate is closed: then the rules ask again. `now`
 * is in monotonic milliseconds.
 */
export function fire(parts: FireParts, decisions: Decision[], sample: Sample, now: number): void {
  const { options, rules, costs } = parts
  const thresholds = rules.thresholds()
  const blockedFor = sample.blockedFor ?? 0
  const all = firingOf(decisions)
  if (all.length === 0) return parts.voice.calm()
  // The children have their own monitors.
  if (parts.role() === 'starts others') return notDumped(all, 'this process only starts others')
  if (blockedFor > 0 && parts.mayBeHeld(now))
    return notDumped(all, 'whether a debugger holds the app thread is not known yet')
  const silent = parts.voice.silent(all, thresholds, now)
  for (const [decision, { why, isTold }] of silent) {
    if (isTold && decision.fire) rules.fired(decision.metric, decision.fire, now)
    notDumped([decision], why)
  }
  const firing = silent.size === 0 ? all : all.filter(decision => !silent.has(decision))
  const [first, ...others] = firing
  if (!first?.fire) return
  if (parts.block.isSpent(firing, blockedFor, now)) {
    for (const { metric, fire } of firing) if (fire) rules.fired(metric, fire, now)
    return notDumped(firing, 'the event loop is still in the block that had its dump')
  }
  const wanted = new Set(firing.flatMap(({ metric }) => thresholds[metric]?.capture ?? []))
  for (const kind of holderKinds(firing, wanted, costs.isCheap)) wanted.add(kind)
  if (blockedFor > 0) addFrames(wanted, options)
  try {
    parts.start(
      triggerOf([first, ...others], thresholds),
      captureKinds.filter(kind => wanted.has(kind)),
      blockedFor,
      {
        ...(isLoadElsewhere(sample) && { workers: 'registered' as const }),
        atTrigger: firing.flatMap(({ metric }) => found(parts, metric)),
      },
    )
    parts.block.dumped(blockedFor, now)
    for (const { metric, fire } of firing) if (fire) rules.fired(metric, fire, now)
    if (firing.some(({ metric, fire }) => metric === 'heap' && fire === 'watermark'))
      parts.heapAlarm.watermarkFired(now)
  } catch (error) {
    parts.voice.release()
    if (!(error instanceof AutodumpError)) throw error
    notDumped(firing, error.message)
  }
}

function found({ find, onError }: FireParts, metric: string): Finding[] {
  try {
    return find(metric)
  } catch (error) {
    onError(`look at ${metric}`, error)
    return []
  }
}

function notDumped(firing: Decision[], why: string): void {
  for (const { fire, rules } of firing) if (fire) rules[fire].reason += `; not dumped: ${why}`
}
