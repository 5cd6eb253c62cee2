import { findStarved } from '../../../packages/core/dist/analysis/starved.js'
import { createMetricStates, defaultThresholds } from '../../../packages/core/dist/rules/index.js'
import { firingOf, triggerOf } from '../../../packages/core/dist/rules/metric-states.js'

const settings = { history: 10, warmup: 10 }

/**
 * The thresholds of a contender: the shipped ones of its metrics, with its changes; of nothing else.
 *
 * @param like the metric whose thresholds a made-up one has
 */
function thresholdsOf({ metrics, change = {}, like }) {
  const shipped = defaultThresholds([])
  return Object.fromEntries(metrics.map(metric => [metric, { ...shipped[like ?? metric], ...change }]))
}

/**
 * The dumps of a monitor with these thresholds, each with the sample at which it began. As in a running one: one dump for
 * all rules that fire, none within the cooldown, and a rule is spent until the value falls back.
 */
export function dumpsOf(contender, samples, quota = null) {
  const thresholds = thresholdsOf(contender)
  const states = createMetricStates(settings)
  const dumps = []
  for (const [index, sample] of samples.entries()) {
    const decisions = states.judge(thresholds, sample, { capturing: false, collected: false, live: {} })
    const firing = firingOf(decisions)
    if (firing.length === 0) continue
    for (const { metric, fire } of firing) states.fired(metric, fire, sample.at)
    states.captureEnded()
    const trigger = triggerOf(firing, thresholds)
    dumps.push({ index, blamed: blamed(trigger, samples.slice(0, index + 1), quota) })
  }
  return dumps
}

/** Whom the sentence calls the cause of a delay. */
function blamed(trigger, samples, quota) {
  const { at } = samples.at(-1)
  const [found] = findStarved({ trigger, samples, at, block: { ms: 0, began: at }, quota })
  if (found?.kind !== 'starved') return 'code'
  return found.data.throttled > found.data.waited / 2 ? 'quota' : 'machine'
}
