import { metricInfo, ruleOf, withUnit } from '@autodump/core/rules'
import { CliError } from './errors.js'

type Fields = Record<string, unknown>
type Patch = Record<string, Fields | null>

/**
 * A merge patch from `cpu.watermark=70 heap.leak=null cpu.capture=cpu-profile,requests cpu=null`. Whether the fields and
 * values make sense is for the monitor to say.
 *
 * @throws CliError
 */
export function parseAssignments(texts: string[]): Patch {
  const patch: Patch = {}
  for (const text of texts) {
    const [, metric, field, value] = /^([A-Za-z]\w*)(?:\.([A-Za-z]+))?=(.+)$/s.exec(text) ?? []
    if (metric === undefined || value === undefined)
      throw new CliError('usage', `an assignment is like cpu.watermark=70 or cpu.spike=null, got ${text}`)
    if (Object.hasOwn(patch, metric) && (field === undefined || patch[metric] === null))
      throw new CliError('usage', `${metric} is reset and set at once`)
    if (field === undefined) {
      if (value !== 'null') throw new CliError('usage', `only ${metric}=null, which resets it, goes without a field`)
      patch[metric] = null
    } else
      patch[metric] = { ...patch[metric], [field]: field === 'capture' ? parseList(value) : parseValue(field, value) }
  }
  return patch
}

const parseList = (text: string) => (text === 'null' ? null : text.split(',').map(kind => kind.trim()))

const measureOf = (field: string) => ruleOf(field)?.measures

/** Milliseconds: the API has them as numbers. */
const isTime = (field: string) => field === 'cooldown' || measureOf(field) === 'ms'

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Numbers, `true`, `false` and `null` are JSON, and a figure may have the unit that `thresholds get` prints; all other
 * fields go as they are, and the refusal names them.
 */
function parseValue(field: string, text: string): unknown {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?(%|ms|s|m|min|h|d)$/.exec(text) ?? []
  if (amount !== undefined && isTime(field) && units[unit] !== undefined)
    return Math.round(Number(amount) * (units[unit] as number))
  if (amount !== undefined && !isTime(field) && (unit === '%' || unit === 'ms')) return Number(amount)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export interface Change {
  metric: string
  /** E.g. `watermark`. */
  field: string
  before: unknown
  after: unknown
}

/** The differences, field by field. */
export function changesOf(before: Record<string, object>, after: Record<string, object>): Change[] {
  return Object.entries(after).flatMap(([metric, fields]) =>
    Object.entries(fields).flatMap(([field, value]) => {
      const old = (before[metric] as Fields | undefined)?.[field]
      const same = JSON.stringify(old) === JSON.stringify(value)
      return same ? [] : [{ metric, field, before: old, after: value }]
    }),
  )
}

/** As it may be written in an assignment, with its unit. */
export function show(metric: string, field: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  if (typeof value !== 'number') return value === undefined ? '-' : String(value)
  if (isTime(field)) return exactDuration(value)
  if (measureOf(field) === 'percent') return `${value}%`
  const isOfMetric = field === 'min' || measureOf(field) === 'unit of the metric'
  return isOfMetric ? withUnit(String(value), metricInfo(metric).unit) : String(value)
}

/** `1 min`, `4 h`, `90 s`: the largest unit in which it is a whole number, so that nothing is rounded. */
function exactDuration(ms: number): string {
  const unit = ['d', 'h', 'min', 's'].find(one => ms > 0 && ms % (units[one] as number) === 0) ?? 'ms'
  return `${ms / (units[unit] as number)} ${unit}`
}
