import type { Unit } from '../metrics/catalog.js'

const suffixes: Record<Unit, string> = { percent: '%', ms: ' ms', count: '', value: '' }

/** `31.4%`, `1020 ms`, `12`. A `number` is rounded to what people read, a `string` is shown as it is. */
export function withUnit(figure: number | string, unit: Unit): string {
  return `${typeof figure === 'string' ? figure : rounded(figure)}${suffixes[unit]}`
}

/** At least three significant digits. */
export function rounded(value: number): string {
  return String(round(value, decimalsOf(value)))
}

/** Rounded, with as many digits as it takes to stay on its side of `line`: 79.97 is never shown as the 80 it misses. */
export function roundedBeside(value: number, line: number): string {
  const side = Math.sign(value - line)
  for (let decimals = decimalsOf(value); decimals <= 6; decimals++) {
    const short = round(value, decimals)
    if (Math.sign(short - line) === side) return String(short)
  }
  return String(value)
}

const decimalsOf = (value: number): number => {
  const size = Math.abs(value)
  return size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4
}

const round = (value: number, decimals: number): number => {
  const scale = 10 ** decimals
  // Rounding changes no digit of numbers this large, and the product could overflow.
  return Math.abs(value) > 1e15 ? value : Math.round(value * scale) / scale
}

/** Milliseconds as `400 ms` or, rounded up, `41 s`. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.ceil(ms)} ms` : `${Math.ceil(ms / 1000)} s`
}
