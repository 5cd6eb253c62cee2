import type { Sample } from '../api/types.ts'

/** How much of the past a chart shows, in milliseconds. */
export const windows = { '5m': 5 * 60_000, '15m': 15 * 60_000, '1h': 60 * 60_000 } as const

export type WindowName = keyof typeof windows

export const isWindow = (name: string | null): name is WindowName => name !== null && Object.hasOwn(windows, name)

/** From when to when, epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

/** The `length` milliseconds that end with the newest sample. */
export function spanOf(samples: readonly Sample[], length: number): Span {
  const to = samples.at(-1)?.at ?? Date.now()
  return { from: to - length, to }
}

/** Those within the span, and the one just before it so that a line comes from somewhere. `items` are oldest first. */
export function within<T extends { at: number }>(items: readonly T[], { from }: Span): readonly T[] {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle] as T).at < from) low = middle + 1
    else high = middle
  }
  return items.slice(Math.max(0, low - 1))
}

/** A sample that comes later than so many intervals after the one before leaves a gap. */
const late = 2.5

/** Stretches of time that something holds for, the pieces that touch joined into one. */
function joined(pieces: Span[]): Span[] {
  const whole: Span[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    if (last && piece.from <= last.to) {
      last.from = Math.min(last.from, piece.from)
      last.to = Math.max(last.to, piece.to)
    } else whole.push({ ...piece })
  }
  return whole
}

/** When a capture was in progress, as far as the samples tell. */
export function captureSpans(samples: readonly Sample[], interval: number): Span[] {
  return joined(
    samples.flatMap(({ at, capturing }, index) => {
      if (!capturing) return []
      const before = samples[index - 1]
      return [{ from: before && at - before.at < late * interval ? before.at : at - interval, to: at }]
    }),
  )
}

/** When the event loop of the app stood still. */
export function blockedSpans(samples: readonly Sample[]): Span[] {
  return joined(samples.flatMap(({ at, blockedFor }) => (blockedFor ? [{ from: at - blockedFor, to: at }] : [])))
}

export interface Point {
  /** Epoch milliseconds. */
  at: number
  value: number | null
  mean: number | null
  /** Above it the spike rule would have matched; `null` where that rule had no line. */
  spikeLine: number | null
}

export type Column = (number | null)[]

/** As a chart takes them: times, spike line, mean, value. */
export type Columns = [at: number[], spikeLine: Column, mean: Column, value: Column]

/** Times that a chart tells apart: about one per pixel of a small one. */
const resolution = 400

/**
 * Points as columns: with an empty row in each gap, lest a line bridges it, and of more points than a chart can show only
 * the lowest and the highest of each small stretch.
 */
export function columnsOf(points: readonly Point[], interval: number, span: Span): Columns {
  const columns: Columns = [[], [], [], []]
  for (const { at, spikeLine, mean, value } of thinned(
    withGaps(points, interval),
    (span.to - span.from) / resolution,
  )) {
    columns[0].push(at)
    // Without a mean the band would run down to nothing.
    columns[1].push(mean === null ? null : spikeLine)
    columns[2].push(mean)
    columns[3].push(value)
  }
  return columns
}

function withGaps(points: readonly Point[], interval: number): Point[] {
  const all: Point[] = []
  for (const point of points) {
    const before = all.at(-1)
    if (before && point.at - before.at > late * interval)
      all.push({ at: (point.at + before.at) / 2, value: null, mean: null, spikeLine: null })
    all.push(point)
  }
  return all
}

/** @param stretch milliseconds; they begin at the same times whenever one looks, or the line would flicker */
function thinned(points: readonly Point[], stretch: number): readonly Point[] {
  if (points.length <= 2 * resolution) return points
  const kept: Point[] = []
  for (let start = 0; start < points.length; ) {
    const slot = Math.floor((points[start] as Point).at / stretch)
    let end = start
    let lowest = start
    let highest = start
    let empty = -1
    for (; end < points.length && Math.floor((points[end] as Point).at / stretch) === slot; end++) {
      const value = valueAt(points, end)
      if (value === null) empty = end
      else {
        if (value < (valueAt(points, lowest) ?? Number.POSITIVE_INFINITY)) lowest = end
        if (value > (valueAt(points, highest) ?? Number.NEGATIVE_INFINITY)) highest = end
      }
    }
    const chosen = new Set([lowest, highest, ...(empty === -1 ? [] : [empty])])
    for (const index of [...chosen].sort((a, b) => a - b)) kept.push(points[index] as Point)
    start = end
  }
  return kept
}

const valueAt = (points: readonly Point[], index: number) => (points[index] as Point).value
