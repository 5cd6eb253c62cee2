import type { Block } from '../../link/block.js'

/**
 * App thread: reads one metric of the application into its slot. Anything but a finite number becomes `NaN` there and
 * throws an error with the reason.
 */
export function publishCustom(block: Block, index: number, read: () => unknown): void {
  let value: unknown
  try {
    value = read()
    if (typeof value === 'number' && Number.isFinite(value)) return block.setCustom(index, value)
  } catch (error) {
    block.setCustom(index, Number.NaN)
    throw error
  }
  block.setCustom(index, Number.NaN)
  // Nothing else waits for it if it is a promise, and its rejection must not end the process.
  Promise.resolve(value).catch(() => {})
  throw new TypeError(`must return a finite number, got ${describe(value)}`)
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return value instanceof Promise ? 'a promise' : value === null ? 'null' : typeof value
}
