import { afterEach, expect, it, vi } from 'vitest'
import { createCalls } from './calls.js'

afterEach(() => void vi.useRealTimers())

function setUp(timeout = 1000) {
  vi.useFakeTimers()
  const stopping = new AbortController()
  const atWork: number[] = []
  const heldUp: number[] = []
  const calls = createCalls({
    index: 0,
    timeout,
    guard: {
      began: () => void atWork.push(1),
      ended: () => void atWork.pop(),
      during: (_, work) => work(),
    },
    stopping: stopping.signal,
    onHeldUp: ms => heldUp.push(ms),
  })
  return { calls, stopping, atWork, heldUp, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

it('a call of a sink gives the result of the work, at once or later', async () => {
  const { calls, atWork, heldUp } = setUp()
  expect(await calls.run(() => 1)).toEqual({ is: 'done', value: 1 })
  expect(await calls.run(async () => 2)).toEqual({ is: 'done', value: 2 })
  expect([atWork, heldUp.length]).toEqual([[], 2])
})

it.each([
  ['an error', () => Promise.reject(new Error('no room')), { why: 'no room' }],
  ['an error at once', () => JSON.parse('{'), { why: expect.stringContaining('JSON') }],
  ['something else', () => Promise.reject(undefined), { why: 'undefined' }],
  ['a wish', () => Promise.reject(Object.assign(new Error('busy'), { retryAfter: 5 })), { why: 'busy', retryAfter: 5 }],
  [
    'what cannot be read',
    () => {
      throw new Proxy(new Error('x'), {
        get() {
          throw new Error('not to be read')
        },
      })
    },
    { why: expect.any(String) },
  ],
])('a call of a sink fails with %s', async (_, work, expected) => {
  const { calls } = setUp()
  expect(await calls.run(work)).toMatchObject({ is: 'failed', ...expected })
})

it('a failed call of a sink shows no secret of an error', async () => {
  const { calls } = setUp()
  const token = ['gh', 'p_', 'a1'.repeat(18)].join('')
  const result = await calls.run(() => Promise.reject(new Error(`refused ${token} ${'x'.repeat(5000)}`)))
  expect(JSON.stringify(result)).not.toContain(token)
  expect(JSON.stringify(result).length).toBeLessThan(700)
})

it('a call of a sink gives up work that takes too long, and tells it so', async () => {
  const { calls, pass } = setUp()
  let aborted = false
  const result = calls.run(
    signal =>
      new Promise(() => {
        signal.onabort = () => {
          aborted = true
        }
      }),
  )
  await pass(999)
  expect(aborted).toBe(false)
  await pass(1)
  expect(await result).toEqual({ is: 'failed', why: 'it did not end within 1000 ms' })
  expect(aborted).toBe(true)
})

it('the calls of a sink pause when three have not ended, until one does', async () => {
  const { calls, pass, atWork } = setUp()
  const ends: (() => void)[] = []
  for (let i = 0; i < 3; i++) {
    const result = calls.run(() => new Promise<void>(resolve => void ends.push(resolve)))
    await pass(1000)
    await result
  }
  expect([calls.isHanging(), atWork.length]).toEqual([true, 3])
  const work = vi.fn()
  expect(await calls.run(work)).toMatchObject({ is: 'failed' })
  expect(work).not.toHaveBeenCalled()
  ends[1]?.()
  await pass(0)
  expect([calls.isHanging(), atWork.length]).toEqual([false, 2])
  expect(await calls.run(() => 'again')).toEqual({ is: 'done', value: 'again' })
})

it('a call of a sink ends when the monitor stops', async () => {
  const { calls, stopping } = setUp(3_600_000)
  const result = calls.run(() => new Promise(() => {}))
  stopping.abort()
  expect(await result).toEqual({ is: 'failed', why: 'the monitor stops' })
})
