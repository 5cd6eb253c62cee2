import { span, withUnit } from '../../lib/units.js'
import type { Manifest } from '../../model/manifest.js'
import { metricInfo } from '../../model/metric.js'
import { inline } from './quote.js'

/** A curve is worth a line if it moved by this factor. */
const moved = 1.5

const most = 5

/**
 * The curves of a dump in words, the one of the trigger first:
 * `CPU: 3.1% on average in the 60 s before, 97% at the trigger, 12% at the end`.
 */
export function sayCurves({
  samples,
  trigger,
  createdAt,
}: Pick<Manifest, 'samples' | 'trigger' | 'createdAt'>): string[] {
  const at = Date.parse(createdAt)
  const names = [...new Set(samples.flatMap(({ values }) => Object.keys(values)))]
  const curves = names.flatMap(name => {
    const points = samples.flatMap(sample => {
      const value = sample.values[name]
      return typeof value === 'number' ? [{ at: sample.at, value }] : []
    })
    const before = points.filter(point => point.at <= at)
    const now = before.pop()
    const [first] = before
    if (!now || !first) return []
    const mean = before.reduce((sum, { value }) => sum + value, 0) / before.length
    const last = points.at(-1) as { value: number }
    const highest = Math.max(...points.map(({ value }) => value))
    return [{ name, now: now.value, mean, last: last.value, highest, ms: now.at - first.at }]
  })
  const isOfTrigger = ({ name }: { name: string }) => name === trigger.metric
  const factor = ({ now, mean, highest }: { now: number; mean: number; highest: number }) =>
    Math.max(now, highest) / Math.max(mean, 1)
  const told = curves
    .filter(curve => isOfTrigger(curve) || factor(curve) >= moved)
    .sort((a, b) => Number(isOfTrigger(b)) - Number(isOfTrigger(a)) || factor(b) - factor(a))
  return told.slice(0, most).map(({ name, now, mean, last, highest, ms }) => {
    const { title, unit } = metricInfo(name)
    const show = (value: number) => withUnit(value, unit)
    const peak = highest > Math.max(now, last) ? `, ${show(highest)} at most` : ''
    const called = title === name ? inline(name) : title
    return `${called}: ${show(mean)} on average in the ${span(Math.max(1000, ms))} before, ${show(now)} at the trigger${peak}, ${show(last)} at the end`
  })
}
