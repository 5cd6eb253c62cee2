// @module-tag full
import { expect, it } from 'vitest'
import { runProfiledApp } from '../testing/run-profiled-app.js'

interface Answer {
  value?: unknown
  error?: string
}

it('the link to the app thread calls hooks, and rejects with a reason when it cannot', async () => {
  const { told, stderr } = await runProfiledApp<Record<string, Answer>>('calls')
  expect(told.answers?.value).toMatchObject({ total: 7 })
  expect(told.fails?.error).toBe('hook memory.resume: TypeError: no such thing')
  expect(told.missing?.error).toMatch(/^hook nothing: .*not a function/)
  expect(told.strange?.error).toBe('hook requests: the app thread has no hooks of this monitor')
  expect(told.protocol?.error).toMatch(/^Nonsense.method: .*wasn't found/)
  expect(stderr).toBe('')
})

it('the link to the app thread rejects what waits for the app thread when it is closed, and detaches once', async () => {
  const { told } = await runProfiledApp<{ closed: Answer; closedMs: number; late: Answer; calls: string[] }>('calls')
  expect(told.closed.error).toMatch(/the link to the app thread is closed/)
  expect(told.closedMs).toBeLessThan(200)
  expect(told.late.error).toMatch(/the link to the app thread is closed/)
  expect(told.calls).toEqual(['attach', 'detach'])
})

it('the link to the app thread leaves the exit of the process as it was, even with a profile running', async () => {
  const { told, code, stderr } = await runProfiledApp('exit')
  expect(told).toEqual(['attach', 'detach'])
  expect(code).toBe(3)
  expect(stderr).toBe('')
})
