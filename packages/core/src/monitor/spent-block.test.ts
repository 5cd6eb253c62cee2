import { expect, it } from 'vitest'
import { createToldBlock } from './told-block.js'

const of = (...metrics: string[]) => metrics.map(metric => ({ metric }))

it('a block that had its dump after ten seconds is told for as long as it goes on', () => {
  const block = createToldBlock()
  block.dumped(30_000, 100_000)
  expect(block.isTold(of('cpu', 'eventLoopUtilization'), 35_000, 105_000)).toBe(true)
  // Memory and requests have something of their own to say.
  expect(block.isTold(of('cpu', 'inFlight'), 35_000, 105_000)).toBe(false)
  // It was over, and this is the next one.
  expect(block.isTold(of('cpu'), 4000, 105_000)).toBe(false)
  expect(block.isTold(of('cpu'), 0, 105_000)).toBe(false)
})

it('a block that had its dump right at its beginning is not: nobody knew what it was', () => {
  const block = createToldBlock()
  block.dumped(1000, 100_000)
  expect(block.isTold(of('cpu'), 7000, 106_000)).toBe(false)
})
