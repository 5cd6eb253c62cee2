// Figures, sizes and times as people read them, in core, the command line and the dashboard. For browsers too.

/** The unit of a figure. `value`: only the application knows. */
export type Unit = 'percent' | 'ms' | 'count' | 'value'

const suffixes: Record<Unit, string> = { percent: '%', ms: ' ms', count: '', value: '' }

/** `%`, `ms` or nothing: the text beside a field for such a figure. */
export const unitSign = (unit: Unit): string => suffixes[unit].trim()

/** From here on, in milliseconds, figures are shown in seconds. */
const inSeconds = 100_000

/** `31.4%`, `1020 ms`, `7200 s`, `85,899,345,920`. A `number` is rounded for people, a `string` keeps its digits. */
export function withUnit(figure: number | string, unit: Unit): string {
  if (unit === 'ms' && Math.abs(Number(figure)) >= inSeconds) return `${withUnit(thousandth(figure), 'value')} s`
  return `${inGroups(typeof figure === 'string' ? figure : rounded(figure))}${suffixes[unit]}`
}

const thousandth = (figure: number | string) =>
  typeof figure === 'string' ? digits(Number(figure) / 1000, 6) : figure / 1000

/** Digits from five on in groups of three: nobody counts eleven of them. */
const inGroups = (text: string) =>
  text.length < 5 ? text : text.replace(/^-?\d{5,}/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','))

/** At least three significant digits. */
export function rounded(value: number): string {
  return digits(value, decimalsOf(value))
}

/**
 * Rounded, with enough digits to stay on its side of `line`: 79.97 is never shown as the 80 it misses. Less than a
 * millionth is shown as one: a sum of fractions has sixteen digits.
 */
export function roundedBeside(value: number, line: number): string {
  const side = Math.sign(value - line)
  for (let decimals = decimalsOf(value); decimals <= 6; decimals++) {
    if (Math.sign(round(value, decimals) - line) === side) return digits(value, decimals)
  }
  return digits(line + side / 1e6, 6)
}

/** The most that is said as percent, and fewer than so many times. */
const most = { percent: 1000, times: 999.5 }

/**
 * How far a value is above a mean, as people say it: `30% above`, `810 times`; `far above` a mean near nothing.
 *
 * @param line in percent above the mean, which a reader compares with: up to twice that it is percent
 */
export function sayAbove(value: number, mean: number, line: number): string {
  const percent = ((value - mean) / Math.abs(mean)) * 100
  if (percent <= Math.max(most.percent, 2 * line)) return `${roundedBeside(percent, line)}% above`
  const times = value / mean
  return times > 0 && times < most.times ? `${rounded(times)} times` : mean === 0 ? 'above' : 'far above'
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

/** `round` as text. It uses whole numbers, since each sample shows dozens of figures, and V8 is slow with fractions. */
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

/** `0.874` as `87%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

const KiB = 1024
const MiB = 1024 ** 2
const GiB = 1024 ** 3

/** Memory, for sentences: `17 B`, `640 KiB`, `9.5 MiB`, `135 MiB`, and GiB from 10 on, since V8's flags are in MiB. */
export function size(bytes: number): string {
  if (Math.abs(bytes) < KiB) return `${Math.round(bytes)} B`
  if (Math.abs(bytes) < MiB) return `${Math.round(bytes / KiB)} KiB`
  if (Math.abs(bytes) < 10 * MiB) return `${short(bytes / MiB)} MiB`
  return Math.abs(bytes) < 10 * GiB ? `${Math.round(bytes / MiB)} MiB` : `${short(bytes / GiB)} GiB`
}

/** For figures that are compared: `9.26 MiB`, `61.4 MiB` or, from 10 GiB on, `12.5 GiB`. */
export function preciseSize(bytes: number): string {
  return Math.abs(bytes) < 10 * GiB ? `${rounded(bytes / MiB)} MiB` : `${rounded(bytes / GiB)} GiB`
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** For lists and tables, by the largest unit that fits: `17 B`, `640 KiB`, `1.2 GiB`. */
export function listedSize(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const amount = bytes / KiB ** power
  return `${power > 0 && amount < 9.95 ? amount.toFixed(1) : Math.round(amount)} ${byteUnits[power]}`
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** For sentences: `less than 1 ms`, `850 ms`, `8.1 s`, `3 min 20 s`, `2 h 5 min`, `3 days`. */
export function duration(ms: number): string {
  if (ms < 0.5) return 'less than 1 ms'
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 99_950) return `${(ms / 1000).toFixed(1)} s`
  return inTwoUnits(Math.round(ms / 1000))
}

/** For charts and labels, in at most two units: `0.42 ms`, `2.5 s`, `41 s`, `3 min 20 s`, `2 h 5 min`, `3 days`. */
export function shortDuration(ms: number): string {
  if (ms < 999.5) return `${Number(ms.toFixed(ms >= 100 ? 0 : ms >= 10 ? 1 : 2))} ms`
  if (ms < 10_000) return `${short(ms / 1000)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : inTwoUnits(seconds)
}

/** For tables, in one unit: `850 ms`, `8.1 s`, `3 min`, `5.2 h`, `3.0 d`. */
export function listedDuration(ms: number): string {
  if (ms < 0.5) return '<1 ms'
  if (ms < 99_950) return duration(ms)
  if (ms < 90 * minute) return `${Math.round(ms / minute)} min`
  return ms < 2 * day ? `${(ms / hour).toFixed(1)} h` : `${(ms / day).toFixed(1)} d`
}

/** For figures that are compared: `45 s`, `2.5 min`, `9.3 h` or `12 days`. Nobody waits for a century. */
export function span(ms: number): string {
  const [unit, length] =
    ms < 99_500 ? ['s', 1000] : ms < 2 * hour ? ['min', minute] : ms < 3 * day ? ['h', hour] : ['days', day]
  const amount = ms / (length as number)
  if (amount > 36_500) return 'over a century'
  return `${amount < 10 ? short(amount) : Math.round(amount)} ${unit}`
}

/** For remaining time, rounded up: `400 ms`, `41 s`. */
export function timeLeft(ms: number): string {
  return ms < 1000 ? `${Math.ceil(ms)} ms` : `${Math.ceil(ms / 1000)} s`
}

/** With one decimal at most. */
const short = (amount: number): number => Number(amount.toFixed(1))

function inTwoUnits(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's')
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? two(hours, 'h', minutes % 60, 'min') : two(Math.floor(hours / 24), 'days', hours % 24, 'h')
}

const two = (much: number, unit: string, rest: number, part: string) =>
  rest > 0 ? `${much} ${unit} ${rest} ${part}` : `${much} ${unit}`
