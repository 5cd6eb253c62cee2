import { size, duration as span } from '../../lib/units.js'
import { type CaptureKind, captureKinds, type Without } from '../../model/capture-kind.js'
import type { CaptureOffer } from '../../model/capture-offer.js'
import type { ProfilerEngine } from '../../model/cpu-profile.js'
import type { ResolvedOptions } from '../../model/options.js'
import { sayOff } from '../../options/switches.js'
import { refuseSnapshot } from '../memory/preflight.js'
import { whyNoSnapshot } from './async-stacks.js'
import { captures } from './index.js'
import { expectedPause, inspectorPause, type PauseModel, type Pauses, usualPauses } from './pauses.js'

/** Facts that are known without asking the app thread, so also while it is blocked. Sizes in bytes. */
export interface CaptureConditions {
  options: Pick<ResolvedOptions, 'captures' | 'cpuProfile' | 'heapProfile' | 'heapSnapshot' | 'asyncStacks'>
  /** The JavaScript heap of the app thread; `null` where nothing has been published yet. */
  heapBytes: number | null
  memoryLeft: number
  diskLeft: number
  /** Milliseconds for which the event loop has been blocked; 0 where it is not. */
  blockedFor: number
  /** Kinds that cannot be had in this process. */
  without?: Without
  /** The engine of CPU profiles. */
  profiler: ProfilerEngine
  pauses: Pick<Pauses, 'last' | 'taken'>
}

const viewers = ['Chrome DevTools', 'VS Code', 'speedscope']

const opensWith: Record<CaptureKind, string[]> = {
  'cpu-profile': viewers,
  requests: ['the dashboard', 'jq'],
  'async-stacks': ['the dashboard', 'speedscope'],
  'async-wait': ['speedscope', 'Chrome DevTools'],
  'heap-profile': viewers,
  'heap-snapshot': ['Chrome DevTools', 'memlab'],
  trace: ['Perfetto', 'chrome://tracing'],
  report: ['the dashboard', 'jq'],
}

/** The kinds that measure for a given duration. */
const lasting = new Set<CaptureKind>(['cpu-profile', 'async-wait', 'heap-profile', 'trace'])

/** The cost of each kind now. Pure. */
export function offersOf(conditions: CaptureConditions): CaptureOffer[] {
  return captureKinds.map(kind => {
    const { options } = conditions
    const enabled = options.captures[kind]
    const reason = enabled ? refusalOf(kind, conditions) : sayOff([kind], conditions.without)
    const watched = kind === 'async-stacks' ? whyWatched(conditions) : null
    const pause = watched === null ? pauseOf(kind, conditions) : { ms: 5, words: `promises are watched: ${watched}` }
    return {
      kind,
      enabled,
      reason,
      stopsApp: captures[kind].stopsApp === true,
      expectedPauseMs: pause && Math.round(pause.ms),
      note: pause && `${pause.words}${reason === null ? mayWait(kind, conditions) : ''}`,
      duration: lasting.has(kind) ? options.cpuProfile.duration : null,
      opensWith: opensWith[kind],
    }
  })
}

/** Milliseconds until captures of these kinds should be over. */
export function expectedLength(
  kinds: Iterable<CaptureKind>,
  duration: number,
  conditions: Pick<CaptureConditions, 'heapBytes' | 'profiler' | 'pauses'>,
): number {
  const all = [...kinds]
  const stopped = all.map(kind => pauseOf(kind, conditions)?.ms ?? 0).reduce((a, b) => a + b, 0)
  return Math.round(stopped + (all.some(kind => lasting.has(kind)) ? duration : 0))
}

function refusalOf(kind: CaptureKind, conditions: CaptureConditions): string | null {
  const { options, heapBytes, memoryLeft, diskLeft, blockedFor, pauses } = conditions
  if (kind === 'heap-profile' && !options.heapProfile.enabled) return 'heapProfile.enabled is false'
  if (kind !== 'heap-snapshot') return null
  const { maxHeapBytes, maxPerProcess } = options.heapSnapshot
  const why = refuseSnapshot({
    heapUsed: heapBytes ?? 0,
    memoryLeft,
    diskLeft,
    maxHeapBytes,
    blocked: blockedFor > 0,
  })
  if (why) return why
  return pauses.taken(kind) >= maxPerProcess
    ? `the process has had ${maxPerProcess} (heapSnapshot.maxPerProcess)`
    : null
}

/** Why async stacks come from watched promises and not from a snapshot; `null` where they do not. */
function whyWatched({ heapBytes, memoryLeft, options }: CaptureConditions): string | null {
  return whyNoSnapshot(heapBytes ?? 0, memoryLeft, { trigger: { rule: 'manual' }, options })
}

function modelOf(kind: CaptureKind, profiler: ProfilerEngine): PauseModel {
  return kind === 'cpu-profile' && profiler === 'inspector' ? inspectorPause : usualPauses[kind]
}

/** A kind whose pause depends on its engine. */
function engineOf(kind: CaptureKind, profiler: ProfilerEngine): string | undefined {
  if (kind === 'cpu-profile') return profiler
  return kind === 'async-stacks' ? 'heap-snapshot' : undefined
}

function pauseOf(
  kind: CaptureKind,
  { heapBytes, profiler, pauses }: Pick<CaptureConditions, 'heapBytes' | 'profiler' | 'pauses'>,
): { ms: number; words: string } | null {
  const like = { heapBytes, engine: engineOf(kind, profiler) }
  const pause = expectedPause(modelOf(kind, profiler), heapBytes, pauses.last(kind, like))
  if (!pause) return null
  const { ms, perMiB, measured } = pause
  const stops = `stops the app for about ${span(ms)}`
  if (perMiB === 0) return { ms, words: `${stops}${measured ? ', as the last one did' : ''}` }
  const rate = `${Number(perMiB.toPrecision(2))} ms for each MiB of heap`
  const basis = measured ? 'as the last one took' : 'as is usual; many small objects take up to twice as long'
  return { ms, words: `${stops}: ${size(heapBytes ?? 0)} at ${rate}, ${basis}` }
}

/** From Node 22 on V8 puts snapshots off while the loop is blocked. */
const mayWait = (kind: CaptureKind, { blockedFor }: CaptureConditions): string =>
  kind === 'async-stacks' && blockedFor > 0 ? '; it may wait until the event loop is free' : ''
