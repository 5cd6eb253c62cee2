import { expect, it, vi } from 'vitest'
import { createEvents } from './events.js'

it('the emitter of events survives listeners that throw and says who did', () => {
  const thrown = vi.fn()
  const events = createEvents(thrown)
  const heard = vi.fn()
  events.on('stopping', () => {
    throw new Error('mine')
  })
  events.on('stopping', heard)
  events.emit('stopping')
  expect(heard).toHaveBeenCalledOnce()
  expect(thrown).toHaveBeenCalledWith('stopping', expect.objectContaining({ message: 'mine' }))
})

it('the emitter of events does not throw for an error that nobody listens to', () => {
  expect(() => createEvents(() => {}).emit('error', new Error('quiet'))).not.toThrow()
})

it('the emitter of events forgets a listener', () => {
  const events = createEvents(() => {})
  const listener = () => {}
  events.on('sample', listener)
  expect(events.has('sample')).toBe(true)
  events.off('sample', listener)
  expect(events.has('sample')).toBe(false)
})
