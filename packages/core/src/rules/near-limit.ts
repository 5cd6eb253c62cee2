import type { Threshold } from '../model/threshold.js'

/**
 * The time of the last dump for each line near the heap limit (monotonic milliseconds), and whether another one may
 * follow.
 */
export type NearLimitState = readonly Readonly<{ firedAt: number | null; armed: boolean }>[]

export const initialNearLimit: NearLimitState = [
  { firedAt: null, armed: true },
  { firedAt: null, armed: true },
]

/** The lines, in percent: the watermark of `heap`, and half-way from there to the limit. */
export function nearLimitLines({ enabled, watermark }: Threshold): [number, number] | null {
  if (!enabled || watermark === null || watermark >= 100) return null
  return [watermark, (watermark + 100) / 2]
}

/**
 * Whether the heap, at `percent` of its limit, has come so near that it must be dumped now, regardless of other work.
 * Pure: the returned state counts only if the dump was admitted.
 *
 * The first line is for a blocked event loop only; otherwise the watermark rule covers it. The second line is for both,
 * also while that rule is spent or cools down. Each line fires once until the heap has fallen below the first, and not
 * within the cooldown.
 */
export function judgeNearLimit(
  threshold: Threshold,
  state: NearLimitState,
  { percent, at, blocked }: { percent: number; at: number; blocked: boolean },
): { state: NearLimitState; line: number | null } {
  const lines = nearLimitLines(threshold)
  if (!lines) return { state, line: null }
  if (percent < lines[0]) return { state: state.map(one => ({ ...one, armed: true })), line: null }

  const due = lines.findLastIndex((line, index) => {
    const { firedAt, armed } = state[index] as NearLimitState[number]
    const cool = firedAt === null || Math.abs(at - firedAt) >= threshold.cooldown
    return percent >= line && armed && cool && (blocked || index > 0)
  })
  if (due < 0) return { state, line: null }
  return { state: answered(state, due, at), line: lines[due] as number }
}

/** The watermark rule has made its dump, which covers the first line. */
export function watermarkFired(state: NearLimitState, at: number): NearLimitState {
  return answered(state, 0, at)
}

/** A dump for one line serves the lines below it too. */
function answered(state: NearLimitState, line: number, at: number): NearLimitState {
  return state.map((one, index) => (index <= line ? { firedAt: at, armed: false } : one))
}
