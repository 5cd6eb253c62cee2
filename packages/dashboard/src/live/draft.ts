import { defaultThreshold } from '@autodump/core/rules'
import type { Threshold, Thresholds } from '../api/types.ts'

/** The wanted changes, not applied yet. */
export type Changes = Partial<Threshold>

type Field = keyof Threshold

/** Whether two values of a field say the same. The order of capture kinds says nothing. */
function same(a: Threshold[Field] | undefined, b: Threshold[Field] | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every(kind => b.includes(kind))
  return a === b
}

const fieldsOf = (changes: Changes) => Object.keys(changes) as Field[]

/** `changes` with some more, and without those that are no change (any more). */
export function changed(now: Threshold, changes: Changes, more: Changes): Changes {
  const all: Changes = { ...changes, ...more }
  return Object.fromEntries(Object.entries(all).filter(([field, value]) => !same(value, now[field as Field])))
}

export const isEmpty = (changes: Changes): boolean => fieldsOf(changes).length === 0

/** The JSON Merge Patch (RFC 7396) that makes `changes` so. */
export const patchOf = (metric: string, changes: Changes) => ({ [metric]: changes })

/** The changes that take back the effect of `changes` on `before`. */
export function inverse(before: Threshold, changes: Changes): Changes {
  return Object.fromEntries(fieldsOf(changes).map(field => [field, before[field]]))
}

export interface Difference {
  metric: string
  field: Field
  before: Threshold[Field]
  after: Threshold[Field]
}

/** The differences of `after`, field by field: of metrics that are in both. */
export function differences(before: Thresholds, after: Thresholds): Difference[] {
  return Object.entries(before).flatMap(([metric, one]) => {
    const other = after[metric]
    if (!other) return []
    return (Object.keys(one) as Field[])
      .filter(field => !same(one[field], other[field]))
      .map(field => ({ metric, field, before: one[field], after: other[field] }))
  })
}

/** The field errors of a refused patch, by the field: `cpu.watermark` is about `watermark`, and `cpu.capture[0]` about `capture`. */
export function errorsByField(
  metric: string,
  errors: readonly { field: string; message: string }[],
): { of: Partial<Record<Field, string>>; other: string[] } {
  const of: Partial<Record<Field, string>> = {}
  const other: string[] = []
  for (const { field, message } of errors) {
    const name = field.startsWith(`${metric}.`) ? field.slice(metric.length + 1).split(/[.[/]/)[0] : undefined
    if (name && fields.has(name)) of[name as Field] = message
    else other.push(field ? `${field} ${message}` : message)
  }
  return { of, other }
}

const fields = new Set(Object.keys(defaultThreshold('')))
