import { expect, it } from 'vitest'
import { createSpentBlock } from './spent-block.js'

const of = (...metrics: string[]) => metrics.map(metric => ({ metric }))

it('a block that had its dump after ten seconds is spent for as long as it goes on', () => {
  const block = createSpentBlock()
  block.dumped(30_000, 100_000)
  expect(block.isSpent(of('cpu', 'eventLoopUtilization'), 35_000, 105_000)).toBe(true)
  // Memory and requests have something of their own to say.
  expect(block.isSpent(of('cpu', 'inFlight'), 35_000, 105_000)).toBe(false)
  // It was over, and this is the next one.
  expect(block.isSpent(of('cpu'), 4000, 105_000)).toBe(false)
  expect(block.isSpent(of('cpu'), 0, 105_000)).toBe(false)
})

it('a block that had its dump right at its beginning is not: nobody knew what it was', () => {
  const block = createSpentBlock()
  block.dumped(1000, 100_000)
  expect(block.isSpent(of('cpu'), 7000, 106_000)).toBe(false)
})
