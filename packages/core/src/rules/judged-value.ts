import { metricInfo } from '../model/metric.js'
import type { Sample } from '../model/sample.js'

/** The value of a metric as its rules see it: without the part that is no sign of trouble. `null`: there is no reading. */
export function judgedValue(values: Sample['values'], metric: string): number | null {
  const value = values[metric] ?? null
  return value === null ? null : withoutUsual(value, usualPart(values, metric))
}

/** `usual`: the result of `usualPart`. A metric of the app may be negative. */
export const withoutUsual = (value: number, usual: number): number =>
  usual === 0 ? value : Math.max(0, Math.round((value - usual) * 100) / 100)

/** The part of a metric that its spike rule takes off. */
export const apartOf = (sample: Sample, metric: string): number =>
  metricInfo(metric).spikesWithout === undefined ? 0 : (sample.cpuThreads?.helpers ?? 0)

/** The part of a metric that its rules take off. */
export function usualPart(values: Sample['values'], metric: string): number {
  const { less } = metricInfo(metric)
  return less?.metrics.reduce((sum, part) => sum + (values[part] ?? 0), 0) ?? 0
}
