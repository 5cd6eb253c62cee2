import type { Threshold } from '../model/threshold.js'

/** When each line near the heap limit was last answered with a dump (monotonic milliseconds), and whether it may be again. */
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
 * Whether the heap, at `percent` of its limit, has come so near that it must be written down now, whatever else is
 * going on. Pure: the state that comes back counts only if the dump was admitted.
 *
 * The first line is for a blocked event loop only; else it is the watermark rule's. The second is for both, also while
 * that rule is spent or cools down. Each fires once until the heap has fallen below the first, and not within the
 * cooldown.
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

/** The watermark rule has made its dump, which is what the first line is for. */
export function watermarkFired(state: NearLimitState, at: number): NearLimitState {
  return answered(state, 0, at)
}

/** A dump for one line serves the lines below it too. */
function answered(state: NearLimitState, line: number, at: number): NearLimitState {
  return state.map((one, index) => (index <= line ? { firedAt: at, armed: false } : one))
}
