import type { CaptureEstimate, CaptureKind } from '../api/types.ts'
import { formatDuration, kindTitle } from '../ui/format.ts'

/** The cost of a dump of some kinds. */
export interface Plan {
  /** Milliseconds for which the app would stand still in all, as far as that is known. */
  pauseMs: number
  /** Kinds that stop the app for an unknown time. */
  unknown: CaptureKind[]
  /** Milliseconds that the kinds with a duration take, side by side; 0 where none has one. */
  takesMs: number
}

/** Milliseconds that users do not notice. */
const slight = 100

/** @param duration the wanted duration in milliseconds; by default each kind's own */
export function planOf(estimates: CaptureEstimate[], chosen: readonly CaptureKind[], duration?: number): Plan {
  const wanted = estimates.filter(estimate => chosen.includes(estimate.kind) && canBeHad(estimate))
  return {
    pauseMs: wanted.reduce((sum, { expectedPauseMs }) => sum + (expectedPauseMs ?? 0), 0),
    unknown: wanted.filter(({ expectedPauseMs }) => expectedPauseMs === null).map(({ kind }) => kind),
    takesMs: Math.max(0, ...wanted.map(estimate => (estimate.duration === null ? 0 : (duration ?? estimate.duration)))),
  }
}

/** Allowed, and not refused as things are now. */
const canBeHad = ({ enabled, reason }: CaptureEstimate) => enabled && reason === null

/** The expected pause, as a sentence. */
export function pauseWords({ pauseMs, unknown }: Plan): string {
  const known = formatDuration(pauseMs)
  if (unknown.length > 0) {
    const names = unknown.map(kind => kindTitle(kind)).join(', ')
    const first = pauseMs > 0 ? `about ${known}, and ` : ''
    return `The app will stand still: ${first}for ${names} for a time that cannot be told.`
  }
  if (pauseMs === 0) return 'The app keeps running.'
  return pauseMs < slight
    ? `The app keeps running: pauses of about ${known} in all.`
    : `The app will stand still for about ${known} in all.`
}

/** The cost of one kind, in a few words. */
export function costWords({ expectedPauseMs, duration }: CaptureEstimate): string {
  const pause =
    expectedPauseMs === null
      ? 'a pause of unknown length'
      : expectedPauseMs > 0
        ? `≈ ${formatDuration(expectedPauseMs)} pause`
        : 'no pause'
  return duration === null ? pause : `${formatDuration(duration)}, ${pause}`
}

/** The remark beside the cost of a kind: why it is not available, or the cause of a long pause. */
export function remarkOf({ reason, note, expectedPauseMs }: CaptureEstimate): string | null {
  return reason ?? (expectedPauseMs === null || expectedPauseMs >= slight ? note : null)
}

/** The first choice: cheap kinds that people look at most. */
export function firstChoice(estimates: CaptureEstimate[]): CaptureKind[] {
  const usual: CaptureKind[] = ['cpu-profile', 'requests']
  return estimates.filter(estimate => usual.includes(estimate.kind) && canBeHad(estimate)).map(({ kind }) => kind)
}

/** Seconds, as typed, in milliseconds; or why that cannot be a duration. */
export function parseSeconds(text: string): { ms: number } | { error: string } {
  const seconds = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(seconds)) return { error: 'Type a number of seconds.' }
  const ms = Math.round(seconds * 1000)
  if (ms < 10 || ms > 300_000) return { error: 'From 0.01 to 300 seconds.' }
  return { ms }
}
