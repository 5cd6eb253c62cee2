import { builtinMetrics, metricInfo } from '../model/metric.js'
import type { Threshold, Thresholds } from '../model/threshold.js'
import { ruleDefaults } from './table.js'

/** The thresholds of a metric whose table entry sets none. */
const common: Threshold = {
  enabled: true,
  min: 0,
  ...ruleDefaults,
  cooldown: 60_000,
  hold: 1,
  capture: ['cpu-profile', 'requests'],
}

/** The default thresholds of a metric. */
export function defaultThreshold(metric: string): Threshold {
  return structuredClone({ ...common, ...metricInfo(metric).threshold })
}

/** The default thresholds of every built-in metric and of the named custom ones. */
export function defaultThresholds(customMetrics: string[]): Thresholds {
  const names = [...Object.keys(builtinMetrics), ...customMetrics]
  return Object.fromEntries(names.map(name => [name, defaultThreshold(name)]))
}
