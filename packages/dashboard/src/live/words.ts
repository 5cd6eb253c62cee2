import { ruleOf } from '@autodump/core/rules'
import type { Threshold, Unit } from '../api/types.ts'
import { formatDuration, formatValue, kindTitle } from '../ui/format.ts'
import type { Difference } from './draft.ts'

const fieldTitle = (field: keyof Threshold): string => (field === 'capture' ? 'captures' : field)

/** A value of a threshold as people read it. @param unit of the metric */
export function sayField(field: keyof Threshold, value: Threshold[keyof Threshold], unit: Unit): string {
  if (Array.isArray(value)) return value.map(kindTitle).join(', ') || 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === null) return 'off'
  const measures = ruleOf(field)?.measures
  if (measures === 'percent') return `${value}%`
  if (measures === 'ms' || field === 'cooldown') return formatDuration(value)
  if (field === 'hold') return value === 1 ? '1 sample' : `${value} samples`
  return formatValue(value, unit)
}

/** `watermark 80% → 60%` */
export function sayDifference({ field, before, after }: Omit<Difference, 'metric'>, unit: Unit): string {
  return `${fieldTitle(field)} ${sayField(field, before, unit)} → ${sayField(field, after, unit)}`
}
