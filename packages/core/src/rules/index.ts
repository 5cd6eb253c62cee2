// The entry `@autodump/core/rules`: the rules of a running monitor for recorded samples, also in a browser. Modules
// reachable from here must not import from Node; a test bundles them for a browser.

export {
  listedDuration,
  listedSize,
  percent,
  shortDuration,
  timeLeft,
  unitSign,
  withUnit,
} from '../lib/units.js'
export { captureKinds, evidenceKind, evidenceKinds, type KindsWith } from '../model/capture-kind.js'
export type { Decision, RuleState, Verdict } from '../model/decision.js'
export { headlineOf } from '../model/headline.js'
export { type BuiltinMetric, builtinMetrics, metricInfo, type Unit } from '../model/metric.js'
export type { MetricInfo } from '../model/metric-info.js'
export type { Sample } from '../model/sample.js'
export type { RuleName, Threshold, Thresholds } from '../model/threshold.js'
export { defaultThreshold, defaultThresholds } from './defaults.js'
export type { JudgeSettings } from './judge.js'
export { judgedValue } from './judged-value.js'
export { type Circumstances, createMetricStates, type MetricStates } from './metric-states.js'
export { type Firing, type Replay, type ReplayOptions, replay, replaySteps, resample } from './replay.js'
export { createMetricSeries, type MetricSeries, type SeriesPoint, seriesOf } from './series.js'
export {
  perRule,
  type Rule,
  ruleNames,
  ruleOf,
  rules,
  type Situation,
  triggerNames,
} from './table.js'
