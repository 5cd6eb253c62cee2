import type { Sample } from '../model/sample.js'
import type { Threshold, Thresholds } from '../model/threshold.js'
import { judgedValue } from './judged-value.js'
import { ruleNames, rules } from './table.js'

/** What the parts that rules take off a value may add to it: they round to hundredths. */
const rounding = 0.01

/**
 * The thresholds that can fire, by the index of the first sample of each stretch without a gap. The others have no rule,
 * or no value of the stretch is where their rules look at it: judged or not, they change nothing, and that is most of
 * the metrics. Beside them the names of all metrics that the samples have.
 */
export function mayFire(
  samples: Iterable<Sample>,
  thresholds: Thresholds,
  gaps: ReadonlySet<number>,
): { watched: Map<number, Thresholds>; metrics: Set<string> } {
  const limited = Object.keys(thresholds).filter(
    metric => leastOf(thresholds[metric] as Threshold) < Number.POSITIVE_INFINITY,
  )
  const least = limited.map(metric => leastOf(thresholds[metric] as Threshold) - rounding)
  const watched = new Map<number, Thresholds>()
  const metrics = new Set<string>()
  let reached = limited.map(() => false)
  let start = 0
  let index = 0
  const endStretch = () => {
    const reaching = limited.filter((_, n) => reached[n])
    watched.set(start, Object.fromEntries(reaching.map(metric => [metric, thresholds[metric] as Threshold])))
    reached = limited.map(() => false)
    start = index
  }
  for (const { values } of samples) {
    if (gaps.has(index) && index > 0) endStretch()
    for (const metric in values) metrics.add(metric)
    for (let n = 0; n < limited.length; n++) {
      if (reached[n]) continue
      const value = judgedValue(values, limited[n] as string)
      reached[n] = value !== null && value >= (least[n] as number)
    }
    index++
  }
  endStretch()
  return { watched, metrics }
}

/** The least value at which a rule may fire; infinite without such a rule. */
function leastOf(threshold: Threshold): number {
  const { enabled, min, watermark } = threshold
  const limited = ruleNames.filter(name => !rules[name].notReplayed && threshold[name] !== null)
  if (!enabled || limited.length === 0) return Number.POSITIVE_INFINITY
  // A value below zero counts as zero where a part is taken off.
  const least = min > 0 ? min : Number.NEGATIVE_INFINITY
  return watermark === null || limited.length > 1 ? least : Math.max(least, watermark)
}
