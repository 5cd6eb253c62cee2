/** The newest `size` values. */
export function ring(size) {
  const values = []
  return {
    values,
    isFull: () => values.length >= size,
    push(value) {
      values.push(value)
      if (values.length > size) values.shift()
    },
  }
}

/** Lets a match through, and then none for so many samples. */
export function pause(samples) {
  let left = 0
  return matches => {
    if (left > 0) left--
    if (!matches || left > 0) return false
    left = samples
    return true
  }
}

export const meanOf = values => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of a population (n, not n - 1). */
export function deviationOf(values) {
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

export function medianOf(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return undefined
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Mean and deviation, exponentially weighted over about `memory` samples: what control charts take for the process. */
export function process(memory) {
  let samples = 0
  let mean = 0
  let variance = 0
  return {
    isKnown: () => samples >= memory / 5,
    mean: () => mean,
    deviation: () => Math.sqrt(variance),
    learn(value) {
      samples++
      const weight = 1 / Math.min(samples, memory)
      const distance = value - mean
      mean += weight * distance
      variance = (1 - weight) * (variance + weight * distance ** 2)
    },
  }
}
