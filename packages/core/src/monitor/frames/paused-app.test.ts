import { expect, it } from 'vitest'
import type { LetGoApp } from '../../testing/let-go-app.js'
import type { Ending, PausedApp } from '../../testing/paused-app.js'
import { runChild } from '../../testing/run-profiled-app.js'

const endings: Ending[] = ['monitor exits', 'monitor throws', 'reader exits', 'patience']

it.each(endings)('a paused app goes on, and ends as it would: %s', { timeout: 120_000 }, async ending => {
  const { told, code } = await runChild<PausedApp>('testing/paused-app.ts', { args: [ending] })
  expect(told.stoodStill).toBe(true)
  expect(told.paused).toBeGreaterThan(0)
  expect(told.end).toBeGreaterThan(told.paused)
  expect(code).toBe(0)
})

it('a reader that lets go in the middle of a read keeps nobody waiting', { timeout: 120_000 }, async () => {
  const { told, code } = await runChild<LetGoApp>('testing/let-go-app.ts', {})
  expect(told).toEqual({ error: 'the reader of variables has let go', endMs: 0 })
  expect(code).toBe(0)
})
