import type { FieldError } from '../lib/errors.js'
import { type CaptureKind, type CaptureSwitches, captureKinds, type Without } from '../model/capture-kind.js'

export function resolveSwitches(given: Partial<CaptureSwitches> = {}): CaptureSwitches {
  const all = captureKinds.map(kind => [kind, given[kind] ?? true])
  return Object.fromEntries(all) as CaptureSwitches
}

/** The switches with those kinds off that cannot be had. */
export function withoutKinds(switches: CaptureSwitches, without: Without): CaptureSwitches {
  const impossible = Object.keys(without).map(kind => [kind, false])
  return { ...switches, ...Object.fromEntries(impossible) }
}

/** The faults of a list that asks for kinds that are off; it may hold anything. */
export function switchedOff(
  field: string,
  kinds: unknown,
  switches: CaptureSwitches,
  without: Without = {},
): FieldError[] {
  const off = captureKinds.filter(kind => !switches[kind] && Array.isArray(kinds) && kinds.includes(kind))
  return off.length > 0 ? [{ field, message: sayOff(off, without) }] : []
}

/** Why those kinds are not captured, all reasons in one sentence. */
export function sayOff(kinds: CaptureKind[], without: Without = {}): string {
  const byReason = new Map<string | undefined, CaptureKind[]>()
  for (const kind of kinds) byReason.set(without[kind], [...(byReason.get(without[kind]) ?? []), kind])
  return [...byReason]
    .map(([why, some]) =>
      why === undefined
        ? `${some.join(', ')} ${some.length === 1 ? 'is' : 'are'} switched off by the option captures`
        : `${some.join(', ')} cannot be captured here: ${why}`,
    )
    .join('; ')
}
