import type { Unit } from './metric.js'

const suffixes: Record<Unit, string> = { percent: '%', ms: ' ms', count: '', value: '' }

/** `31.4%`, `1020 ms`, `12`. A `number` is rounded to what people read, a `string` is shown as it is. */
export function withUnit(figure: number | string, unit: Unit): string {
  return `${typeof figure === 'string' ? figure : rounded(figure)}${suffixes[unit]}`
}

/** At least three significant digits. */
export function rounded(value: number): string {
  return digits(value, decimalsOf(value))
}

/** Rounded, with as many digits as it takes to stay on its side of `line`: 79.97 is never shown as the 80 it misses. */
export function roundedBeside(value: number, line: number): string {
  const side = Math.sign(value - line)
  for (let decimals = decimalsOf(value); decimals <= 6; decimals++) {
    if (Math.sign(round(value, decimals) - line) === side) return digits(value, decimals)
  }
  return String(value)
}

const decimalsOf = (value: number): number => {
  const size = Math.abs(value)
  return size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4
}

const scales = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

const round = (value: number, decimals: number): number => {
  const scale = scales[decimals] as number
  // Rounding changes no digit of numbers this large, and the product could overflow.
  return Math.abs(value) > 1e15 ? value : Math.round(value * scale) / scale
}

/** `round` as text. By whole numbers, since each sample shows dozens of figures, and V8 takes its time for a fraction. */
function digits(value: number, decimals: number): string {
  const scale = scales[decimals] as number
  const count = Math.round(value * scale)
  if (!(Math.abs(count) < 2 ** 31)) return String(round(value, decimals))
  const size = Math.abs(count)
  const rest = size % scale
  const whole = `${count < 0 ? '-' : ''}${(size - rest) / scale}`
  return rest === 0 ? whole : `${whole}.${fraction(rest, decimals)}`
}

function fraction(rest: number, decimals: number): string {
  let kept = rest
  let places = decimals
  for (; kept % 10 === 0; places--) kept /= 10
  return String(kept).padStart(places, '0')
}

/** Milliseconds as `400 ms` or, rounded up, `41 s`. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.ceil(ms)} ms` : `${Math.ceil(ms / 1000)} s`
}

/** Bytes as `9.3 MiB`, `61 MiB` or, from 10 GiB on, `12.5 GiB`. */
export function mebibytes(bytes: number): string {
  const mib = bytes / 1024 ** 2
  return Math.abs(mib) < 10_240 ? `${rounded(mib)} MiB` : `${rounded(mib / 1024)} GiB`
}

/** Milliseconds as `45 s`, `2.5 min` or `9.3 h`. */
export function span(ms: number): string {
  const [unit, size] = ms < 99_500 ? ['s', 1000] : ms < 7_200_000 ? ['min', 60_000] : ['h', 3_600_000]
  const amount = ms / (size as number)
  return `${amount < 10 ? Number(amount.toFixed(1)) : Math.round(amount)} ${unit}`
}
