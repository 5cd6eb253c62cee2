// @module-tag full
import { expect, it } from 'vitest'
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
