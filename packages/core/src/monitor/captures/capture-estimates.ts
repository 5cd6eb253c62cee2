import { size, duration as span } from '../../lib/units.js'
import type { CaptureEstimate } from '../../model/capture-estimate.js'
import { type CaptureKind, captureKinds, evidenceKind } from '../../model/capture-kind.js'
import { sayOff } from '../../options/switches.js'
import type { CaptureConditions } from './capture.js'
import { captures } from './index.js'
import { expectedPause } from './pauses.js'

/** The cost of each kind now. Pure. */
export function estimatesOf(conditions: CaptureConditions): CaptureEstimate[] {
  const { options, without } = conditions
  return captureKinds.map(kind => {
    const { refusal, cheaper, caveat } = captures[kind]
    const { lasts = false, stopsApp = false, opensWith } = evidenceKind(kind)
    const enabled = options.captures[kind]
    const reason = enabled ? (refusal?.(conditions) ?? null) : sayOff([kind], without)
    const pause = cheaper?.(conditions) ?? pauseOf(kind, conditions)
    return {
      kind,
      enabled,
      reason,
      stopsApp,
      expectedPauseMs: pause && Math.round(pause.ms),
      note: pause && `${pause.words}${reason === null ? (caveat?.(conditions) ?? '') : ''}`,
      duration: lasts ? options.cpuProfile.duration : null,
      opensWith: [...opensWith],
    }
  })
}

/** Milliseconds until captures of these kinds should be over. */
export function expectedLength(kinds: Iterable<CaptureKind>, duration: number, conditions: PauseConditions): number {
  const all = [...kinds]
  const stopped = all.map(kind => pauseOf(kind, conditions)?.ms ?? 0).reduce((a, b) => a + b, 0)
  return Math.round(stopped + (all.some(kind => evidenceKind(kind).lasts) ? duration : 0))
}

/** Milliseconds for which a kind should stop the app; `null`: it is not known. */
export const pauseNow = (kind: CaptureKind, conditions: PauseConditions): number | null =>
  pauseOf(kind, conditions)?.ms ?? null

type PauseConditions = Pick<CaptureConditions, 'heapBytes' | 'profiler' | 'cores' | 'pauses'>

function pauseOf(
  kind: CaptureKind,
  { heapBytes, profiler, cores, pauses }: PauseConditions,
): { ms: number; words: string } | null {
  const { pause: usual, engine } = captures[kind]
  const model = typeof usual === 'function' ? usual(profiler) : usual
  const pause = expectedPause(model, heapBytes, pauses.last(kind, { heapBytes, engine: engine?.(profiler) }), cores)
  if (!pause) return null
  const { ms, perMiB, measured } = pause
  const stops = `stops the app for about ${span(ms)}`
  if (perMiB === 0) return { ms, words: `${stops}${measured ? ', as the last one did' : ''}` }
  const rate = `${Number(perMiB.toPrecision(2))} ms for each MiB of heap`
  const basis = measured
    ? 'as the last one took'
    : `as is usual${sayQuota(cores)}; many small objects take up to twice as long`
  return { ms, words: `${stops}: ${size(heapBytes ?? 0)} at ${rate}, ${basis}` }
}

const sayQuota = (cores: number) => (cores < 1 ? ` with ${Number(cores.toFixed(2))} cores` : '')
