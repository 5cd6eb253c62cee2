import type { Threshold, Unit } from '../api/types.ts'
import { formatDuration, formatValue, kindTitle } from '../ui/format.ts'
import type { Difference } from './draft.ts'

const titles: Record<keyof Threshold, string> = {
  enabled: 'enabled',
  min: 'min',
  spike: 'spike',
  watermark: 'watermark',
  leak: 'leak',
  cooldown: 'cooldown',
  hold: 'hold',
  capture: 'captures',
}

const fieldTitle = (field: keyof Threshold): string => titles[field]

/** A value of a threshold as people read it. @param unit of the metric */
export function sayField(field: keyof Threshold, value: Threshold[keyof Threshold], unit: Unit): string {
  if (Array.isArray(value)) return value.map(kindTitle).join(', ') || 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === null) return 'off'
  if (field === 'spike') return `${value}%`
  if (field === 'leak' || field === 'cooldown') return formatDuration(value)
  if (field === 'hold') return value === 1 ? '1 sample' : `${value} samples`
  return formatValue(value, unit)
}

/** `watermark 80% → 60%` */
export function sayDifference({ field, before, after }: Omit<Difference, 'metric'>, unit: Unit): string {
  return `${fieldTitle(field)} ${sayField(field, before, unit)} → ${sayField(field, after, unit)}`
}
