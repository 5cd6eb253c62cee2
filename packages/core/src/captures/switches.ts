import type { FieldError } from '../errors.js'
import { type CaptureKind, captureKinds } from './capture.js'

/** Whether a kind of evidence may be captured at all: the option `captures`, which no request and no threshold lifts. */
export type CaptureSwitches = Record<CaptureKind, boolean>

/** JSON Schema of the option. */
export const switchesSchema = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(captureKinds.map(kind => [kind, { type: 'boolean' }])),
} as const

export function resolveSwitches(given: Partial<CaptureSwitches> = {}): CaptureSwitches {
  const all = captureKinds.map(kind => [kind, given[kind] ?? true])
  return Object.fromEntries(all) as CaptureSwitches
}

/** What is wrong with a list in which somebody asks for kinds that are off; it may hold anything. */
export function switchedOff(field: string, kinds: unknown, switches: CaptureSwitches): FieldError[] {
  const off = captureKinds.filter(kind => !switches[kind] && Array.isArray(kinds) && kinds.includes(kind))
  return off.length > 0 ? [{ field, message: saySwitchedOff(off) }] : []
}

export function saySwitchedOff(kinds: CaptureKind[]): string {
  return `${kinds.join(', ')} ${kinds.length === 1 ? 'is' : 'are'} switched off by the option captures`
}
