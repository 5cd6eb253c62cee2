import { type Unit, withUnit } from '@autodump/core/rules'
import { CliError } from './errors.js'

export { listedDuration as duration, listedSize as size } from '@autodump/core/rules'

/** `31.4%`, `1020 ms`, `12`; `-` where there is no reading. */
export function figure(value: number | null | undefined, unit: Unit | null): string {
  return value === null || value === undefined ? '-' : withUnit(value, unit ?? 'value')
}

/** `2026-11-24 01:35:12`, UTC as the ids are. */
export const time = (at: number | string): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** Milliseconds of `2000`, `2000ms`, `2s` or `1m`. @throws CliError */
export function parseDuration(text: string): number {
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text.trim()) ?? []
  if (amount === undefined) throw new CliError('usage', `a duration is like 2000, 500ms, 2s or 1m, got ${text}`)
  return Math.round(Number(amount) * ({ ms: 1, s: 1000, m: 60_000 }[unit] as number))
}

/** @throws CliError */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CliError('usage', `a whole number from 1 on is needed, got ${text}`)
  return Number(text)
}

/** @throws CliError */
export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text)
  throw new CliError('usage', `a port is a whole number from 0 to 65535, got ${text}`)
}
