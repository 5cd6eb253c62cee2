import type { Unit } from '../api/types.ts'

/** Vertical range of a chart, in the unit of the metric. */
export interface Range {
  low: number
  high: number
}

const steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** The next round number that is not below `value`: a range made of them stands still while the values waver. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 0
  const magnitude = 10 ** Math.floor(Math.log10(value))
  const step = steps.find(factor => factor * magnitude >= value * (1 - 1e-9)) ?? 10
  // 0.30000000000000004 has digits that say nothing.
  return Number((step * magnitude).toPrecision(12))
}

/** The least height of a chart: the noise of an idle process must not look like mountains. */
const least: Record<Unit, number> = { percent: 10, ms: 50, count: 10, value: 0 }

/** A watermark farther up than so many times the values stays out of sight: its label says so. */
const farAway = 4

const highestOf = (column: readonly (number | null)[]) =>
  column.reduce<number>((highest, value) => (value !== null && value > highest ? value : highest), 0)
const lowestOf = (column: readonly (number | null)[]) =>
  column.reduce<number>((lowest, value) => (value !== null && value < lowest ? value : lowest), 0)

/**
 * The range that shows all values; the spike line as far as that does not make them small, and so the watermark.
 *
 * @param reach lines that must be in sight at any values, because users drag them
 */
export function rangeOf(
  {
    values,
    spikeLine,
    unit,
  }: { values: readonly (number | null)[]; spikeLine: readonly (number | null)[]; unit: Unit },
  watermark: number | null,
  reach: readonly number[] = [],
): Range {
  const highest = highestOf(values)
  const base = Math.max(highest * 1.1, Math.min(highestOf(spikeLine), highest * 1.25), least[unit])
  const near = watermark !== null && watermark <= base * farAway ? watermark * 1.05 : 0
  const lowest = lowestOf(values)
  return {
    low: lowest < 0 ? -niceCeiling(-lowest * 1.1) : 0,
    high: niceCeiling(Math.max(base, near, ...reach.map(line => line * 1.05))) || 1,
  }
}

/** Where a value lies, as a share of the height counted from the top; within 0 and 1. */
export function shareOf(value: number, { low, high }: Range): number {
  return Math.min(1, Math.max(0, (high - value) / (high - low)))
}

/** The value at a share of the height counted from the top, on a round step. */
export function valueAt(share: number, range: Range): number {
  const value = range.high - Math.min(1, Math.max(0, share)) * (range.high - range.low)
  return toStep(value, stepOf(range))
}

/** The step of one press of an arrow key: a round hundredth of the range or so. */
export function stepOf({ low, high }: Range): number {
  return 10 ** Math.floor(Math.log10((high - low) / 50))
}

function toStep(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12))
}

/** The value on a slider after a key; `undefined` for keys without a meaning there. */
export function keyed(key: string, value: number, step: number, { low, high }: Range): number | undefined {
  const moves: Record<string, number> = {
    ArrowUp: step,
    ArrowRight: step,
    ArrowDown: -step,
    ArrowLeft: -step,
    PageUp: 10 * step,
    PageDown: -10 * step,
  }
  if (key === 'Home') return low
  if (key === 'End') return high
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined
  return move === undefined ? undefined : Math.max(low, Math.min(Math.max(high, value), toStep(value + move, step)))
}

/** The percent above `mean` of a line at `value`, as the spike rule counts it: at least 1, whole where it is large. */
export function spikeAt(value: number, mean: number): number {
  const percent = ((value - mean) / Math.abs(mean)) * 100
  return Math.max(1, percent >= 10 ? Math.round(percent) : Math.round(percent * 10) / 10)
}

/** The line that `spike` percent above `mean` is. */
export const spikeValue = (spike: number, mean: number): number => mean + (Math.abs(mean) * spike) / 100

/** As short as an axis wants it: `1.5k`, `80%`, `2 s`. */
export function axisLabel(value: number, unit: Unit): string {
  if (unit === 'percent') return `${Number(value.toPrecision(3))}%`
  if (unit === 'ms') return Math.abs(value) >= 1000 ? `${Number((value / 1000).toPrecision(3))} s` : `${value} ms`
  return compact.format(value)
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
