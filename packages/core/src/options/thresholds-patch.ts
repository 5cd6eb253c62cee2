import { createHash } from 'node:crypto'
import { isThreshold } from '../generated/option-validators.js'
import { AutodumpError, type FieldError, invalid } from '../lib/errors.js'
import { describeErrors, validator } from '../lib/validate.js'
import type { CaptureSwitches } from '../model/capture-kind.js'
import type { Threshold, Thresholds } from '../model/threshold.js'
import { defaultThreshold } from '../rules/defaults.js'
import { ruleNames } from '../rules/table.js'
import { isObject } from './checks.js'
import { resolveSwitches, switchedOff } from './switches.js'

const validate = validator(isThreshold)

/** In these `null` is a value of its own: the rule is off. */
const nullable = new Set<string>(ruleNames)

/**
 * `current` with a JSON Merge Patch (RFC 7396) applied, whole or not at all; neither argument is changed.
 *
 * A merge patch takes a member away with `null`, and a field without a member has its default: `{ "cpu": null }` resets
 * the metric and `{ "cpu": { "min": null } }` its `min`. The rules are turned off by `null`; reset the metric to get
 * their defaults back. `capture`, as every array in a merge patch, is replaced and not merged.
 *
 * @throws AutodumpError `INVALID` that lists every invalid field, e.g. `cpu.watermark`; a metric that does not exist is
 * one too, and so is a capture of a kind that `switches` have off
 */
export function patchThresholds(
  current: Thresholds,
  patch: unknown,
  switches: CaptureSwitches = resolveSwitches(),
): Thresholds {
  if (!isObject(patch))
    throw invalid('thresholds', [{ field: '', message: 'must be an object with a member per metric' }])
  const errors: FieldError[] = []
  const patched: Thresholds = { ...current }
  for (const [metric, change] of Object.entries(patch)) {
    // Own members only, here and below: `__proto__` and `constructor` are metrics and fields that do not exist.
    if (Object.hasOwn(current, metric))
      patched[metric] = patchMetric(metric, current[metric] as Threshold, change, switches, errors)
    else errors.push({ field: metric, message: 'is not a metric here' })
  }
  if (errors.length > 0) throw invalid('thresholds', errors)
  return structuredClone(patched)
}

/**
 * The same, on the condition that nobody has changed the thresholds since somebody read them.
 *
 * @param ifMatch the tag that they had then; absent: whatever it is
 * @throws AutodumpError `STALE`, or `INVALID` as `patchThresholds`
 */
export function changeThresholds(
  current: Thresholds,
  patch: unknown,
  { ifMatch, switches }: { ifMatch?: string; switches?: CaptureSwitches },
): Thresholds {
  requireUnchanged(thresholdsEtag(current), etag => ifMatch === undefined || ifMatch === etag)
  return patchThresholds(current, patch, switches)
}

/** @throws AutodumpError `STALE` where `matches` says that the tag is not the one that was read */
export function requireUnchanged(etag: string, matches: (etag: string) => boolean): void {
  if (!matches(etag)) throw new AutodumpError('STALE', 'the thresholds were changed since they were read')
}

/** A strong entity tag (RFC 9110), quotes included: equal thresholds have equal tags, in any order. */
export function thresholdsEtag(thresholds: Thresholds): string {
  const sorted = Object.keys(thresholds)
    .sort()
    .map(metric => [metric, Object.entries(thresholds[metric] as Threshold).sort(([a], [b]) => (a < b ? -1 : 1))])
  return `"${createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 22)}"`
}

function patchMetric(
  metric: string,
  current: Threshold,
  change: unknown,
  switches: CaptureSwitches,
  errors: FieldError[],
): Threshold {
  const defaults = defaultThreshold(metric)
  if (change === null) return defaults
  if (!isObject(change)) {
    errors.push({ field: metric, message: 'must be an object, or null for the defaults' })
    return current
  }
  const resets = (field: string) => change[field] === null && Object.hasOwn(defaults, field) && !nullable.has(field)
  // In code, unlike in JSON, a field may be there and say nothing.
  const says = ([field, value]: [string, unknown]) => value !== undefined && !resets(field)
  const set = Object.fromEntries(Object.entries(change).filter(says))
  if (!validate(set)) errors.push(...describeErrors(validate.errors, set, { within: metric }))
  errors.push(...switchedOff(`${metric}.capture`, set.capture, switches))
  const reset = Object.fromEntries(Object.entries(defaults).filter(([field]) => resets(field)))
  return { ...current, ...reset, ...set }
}
