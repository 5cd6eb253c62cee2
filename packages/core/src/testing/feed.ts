import type { Decision } from '../model/decision.js'
import type { Threshold } from '../model/threshold.js'
import { defaultThreshold } from '../rules/defaults.js'
import { type JudgeSettings, judge } from '../rules/judge.js'
import { initialState, type MetricState } from '../rules/memory.js'
import type { LiveMemory } from '../rules/trend.js'

const plain: Threshold = { ...defaultThreshold('plain'), cooldown: 0, capture: ['cpu-profile'] }

/** A metric under one threshold, one sample a second. The test decides about a dump that is due. */
export function feed(rule: Partial<Threshold>, settings: Partial<JudgeSettings> = {}, metric = 'cpu') {
  const history = settings.history ?? 10
  const unit = { metric, unit: metric === 'inFlight' ? ('count' as const) : ('percent' as const) }
  const feeder = {
    threshold: { ...plain, ...rule },
    state: initialState(),
    at: 1_000_000,
    /** Whether the program is still starting. */
    starting: false,
    /** Whether the measured event is not over yet. */
    goesOn: false,
    one(value: number | null, capturing = false, live?: LiveMemory | null): Decision {
      feeder.at += 1000
      const { at, starting, goesOn } = feeder
      const reading = { value, at, capturing, starting, goesOn, live }
      const { state, decision } = judge(unit, feeder.threshold, feeder.state, reading, {
        history,
        warmup: settings.warmup ?? history,
      })
      feeder.state = state
      return decision
    },
    all: (values: (number | null)[]): Decision[] => values.map(value => feeder.one(value)),
    /** Does the engine's work after a dump was admitted, or a capture has ended. */
    apply(change: (state: MetricState) => MetricState): void {
      feeder.state = change(feeder.state)
    },
  }
  return feeder
}

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)
