/**
 * The last values of a metric, oldest first. Never changed in place, so that a state stays as it was when handed out.
 */
export type History = readonly number[]

/** `history` with `values` after it, cut to the newest `size`. */
export function append(history: History, values: History, size: number): History {
  const both = [...history, ...values]
  return both.length > size ? both.slice(-size) : both
}

/** The same with one value. In a loop: each sample of each metric does it, and spreading takes four times as long. */
export function appendOne(history: History, value: number, size: number): History {
  const left = Math.max(0, Math.min(history.length, size - 1))
  const first = history.length - left
  const next = new Array<number>(left + 1)
  for (let index = 0; index < left; index++) next[index] = history[first + index] as number
  next[left] = value
  return next
}

/** Arithmetic mean; `null` without values. */
export function meanOf(history: History): number | null {
  if (history.length === 0) return null
  let sum = 0
  for (const value of history) sum += value
  return sum / history.length
}

/**
 * Sample standard deviation (n - 1), in two passes: a running sum of squares would drift over weeks of samples and
 * cancel where a large value hardly changes. `null` with fewer than two values.
 */
export function deviationOf(history: History, mean = meanOf(history)): number | null {
  if (mean === null || history.length < 2) return null
  let squares = 0
  for (const value of history) {
    const distance = value - mean
    squares += distance * distance
  }
  return Math.sqrt(squares / (history.length - 1))
}

/**
 * Standard deviation by the differences of neighbours: the square root of half the mean square successive difference
 * (von Neumann, Kent, Bellinson and Hart 1941, "The mean square successive difference"). It equals `deviationOf` for
 * independent values, and is far smaller for a steady climb. `null` with fewer than two values.
 */
export function stepDeviationOf(history: History): number | null {
  if (history.length < 2) return null
  let squares = 0
  let previous = history[0] as number
  for (const value of history) {
    const step = value - previous
    squares += step * step
    previous = value
  }
  return Math.sqrt(squares / (2 * (history.length - 1)))
}
