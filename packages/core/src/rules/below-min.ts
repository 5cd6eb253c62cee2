import { metricInfo } from '../model/metric.js'
import type { RuleName, Threshold } from '../model/threshold.js'
import { appendOne } from './history.js'
import { type JudgeSettings, lastFiredAt, type Reading, recentOf } from './judge.js'
import { withoutUsual } from './judged-value.js'
import { idle, interrupted, type MetricState } from './memory.js'
import { learnSample } from './spike.js'
import { perRule } from './table.js'

/**
 * The state that `judge` returns for a reading below `min`, where no rule matches; `null` for any other reading. It
 * leaves out what `judge` says in words, for whom looks at a hundred thousand recorded samples and asks for dumps only.
 * A test holds the two to the same states.
 */
export function belowMinState(
  metric: string,
  threshold: Threshold,
  state: MetricState,
  reading: Reading,
  { history: size, warmup }: JudgeSettings,
): MetricState | null {
  const { value, at, time = at, apart = 0, waited = 0 } = reading
  if (value === null || !Number.isFinite(value) || !threshold.enabled) return null
  if (reading.capturing || reading.starting || reading.goesOn || reading.live !== undefined) return null
  const risen = withoutUsual(value, apart)
  if (value >= threshold.min || risen >= threshold.min || state.held.length > 0) return null

  const { history, spikes, seen, trend, live, rules } = state
  const recent = recentOf(history, state, metricInfo(metric), { time, waited, size })
  const isWarm = seen >= warmup && recent !== null
  const isIdle = (name: RuleName) => name !== 'spike' || threshold.spike === null || isWarm
  return {
    history: appendOne(history, risen, size),
    held: [],
    spikes: recent ? learnSample(spikes, risen, recent, noLesson) : spikes,
    seen: seen + 1,
    seenAt: time,
    lastFired: lastFiredAt(state, time),
    trend,
    live,
    rules: perRule(name => (isIdle(name) ? idle : interrupted(rules[name]))),
  }
}

const noLesson = { spike: false, returned: false, held: false }
