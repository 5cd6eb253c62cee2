import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDeadline } from './deadline.js'

describe('a deadline', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const never = new Promise<never>(() => {})

  it('lets work be done in time', async () => {
    const deadline = createDeadline(1000, () => null)
    const work = new Promise(resolve => setTimeout(resolve, 900, 'done'))
    const done = deadline.within(work)
    await vi.advanceTimersByTimeAsync(900)
    expect(await done).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends with what is missing', async () => {
    const failure = createDeadline(1000, () => 'profiler reply')
      .within(never)
      .catch(error => error.message)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await failure).toBe('no profiler reply within 1000 ms')
  })

  it('says how long in whole milliseconds', async () => {
    const failure = createDeadline(1000.6683, () => null).within(never)
    await Promise.all([expect(failure).rejects.toThrow('not done within 1001 ms'), vi.advanceTimersByTimeAsync(1001)])
  })

  it('does not count what it is told not to', async () => {
    const deadline = createDeadline(1000, () => null)
    let ended = ''
    deadline.within(never).catch(error => {
      ended = error.message
    })
    await vi.advanceTimersByTimeAsync(400)
    const turn = deadline.uncounted(new Promise(resolve => setTimeout(resolve, 60_000, 'mine')))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await turn).toBe('mine')
    await vi.advanceTimersByTimeAsync(599)
    expect(ended).toBe('')
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toBe('not done within 1000 ms')
  })

  it('is put off while it runs', async () => {
    const deadline = createDeadline(1000, () => null)
    let ended = ''
    deadline.within(never).catch(error => {
      ended = error.message
    })
    await vi.advanceTimersByTimeAsync(900)
    deadline.putOff(500)
    await vi.advanceTimersByTimeAsync(599)
    expect(ended).toBe('')
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toBe('not done within 1500 ms')
  })
})
