import { CliError } from './errors.js'

/** `1.2 GiB`, `640 KiB`, `17 B`. */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const amount = bytes / 1024 ** power
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`
}

/** `850 ms`, `8.1 s`, `3 min`, `5.2 h`, `3.0 d`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 99_950) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} min`
  return ms < 172_800_000 ? `${(ms / 3_600_000).toFixed(1)} h` : `${(ms / 86_400_000).toFixed(1)} d`
}

const suffixes: Record<string, string> = { percent: '%', ms: ' ms', count: '', value: '' }

/** `31.4%`, `1020 ms`, `12`; `-` where there is no reading. */
export function figure(value: number | null | undefined, unit: string | null): string {
  if (value === null || value === undefined) return '-'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return `${Number(value.toFixed(digits))}${suffixes[unit ?? ''] ?? ''}`
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
