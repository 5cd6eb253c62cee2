import { expect, it } from 'vitest'
import { createBlock } from './block.js'

it('the shared block is one memory for both sides', () => {
  const app = createBlock({ customCount: 2 })
  const monitor = createBlock(app.buffer)
  expect(monitor.get('heartbeat')).toBeNaN()
  app.set('heartbeat', 12.5)
  app.setCustom(1, 7)
  app.store('inFlight', 3)
  expect(monitor.get('heartbeat')).toBe(12.5)
  expect([monitor.getCustom(0), monitor.getCustom(1)]).toEqual([Number.NaN, 7])
  expect(monitor.load('inFlight')).toBe(3)
})

it('the shared block raises to the worst and is taken once', () => {
  const block = createBlock({ customCount: 0 })
  block.raise('worstDelay', 50)
  block.raise('worstDelay', 20)
  expect(block.take('worstDelay')).toBe(50)
  expect(block.take('worstDelay')).toBe(0)
})

it('the shared block has no slot of one kind overlap one of another', () => {
  const block = createBlock({ customCount: 1 })
  for (const slot of ['inFlight', 'worstDelay', 'attached', 'exiting'] as const) block.store(slot, -1)
  expect(block.get('heartbeat')).toBeNaN()
  expect(block.getCustom(0)).toBeNaN()
})
