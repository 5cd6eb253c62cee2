import type { CaptureKind } from '../model/capture-kind.js'
import { type BuiltinMetric, builtinMetrics } from '../model/metric.js'
import type { Threshold, Thresholds } from '../model/threshold.js'

const minute = 60_000

const hour = 60 * minute

const common: Threshold = {
  enabled: true,
  min: 0,
  spike: null,
  watermark: null,
  leak: null,
  cooldown: minute,
  hold: 1,
  capture: ['cpu-profile', 'requests'],
}

const memory: CaptureKind[] = ['requests', 'heap-profile', 'report']

/** Why these figures: `decisions/032`, and for `leak` `decisions/034`. */
const builtin: Record<BuiltinMetric, Threshold> = {
  cpu: { ...common, min: 20, spike: 25, watermark: 80 },
  rss: { ...common, min: 10, spike: 25, watermark: 80, leak: 12 * hour, capture: memory },
  heap: { ...common, min: 10, spike: 25, watermark: 80, leak: 4 * hour, capture: memory },
  eventLoopDelay: { ...common, min: 500, spike: 100, watermark: 1000 },
  eventLoopUtilization: { ...common, min: 50, spike: 50, watermark: 95, hold: 3 },
  inFlight: {
    ...common,
    min: 20,
    spike: 100,
    watermark: 500,
    hold: 2,
    capture: ['cpu-profile', 'requests', 'async-stacks'],
  },
  gc: { ...common, min: 20, spike: 100, watermark: 30, hold: 2, capture: ['cpu-profile', ...memory] },
  handles: {
    ...common,
    min: 500,
    spike: 100,
    watermark: 10_000,
    hold: 2,
    capture: ['requests', 'async-stacks', 'report'],
  },
}

/**
 * The thresholds that a metric has unless told otherwise. A custom metric has no scale that we know: it is sampled, and
 * fires only where the user sets a rule.
 */
export function defaultThreshold(metric: string): Threshold {
  return structuredClone(Object.hasOwn(builtin, metric) ? builtin[metric as BuiltinMetric] : common)
}

/** The default thresholds of every built-in metric and of the custom ones named. */
export function defaultThresholds(customMetrics: string[]): Thresholds {
  const names = [...Object.keys(builtinMetrics), ...customMetrics]
  return Object.fromEntries(names.map(name => [name, defaultThreshold(name)]))
}
