// @module-tag full
import { expect, it } from 'vitest'
import type { OwnSnapshot } from '../testing/own-snapshot.js'
import { runProfiledApp } from '../testing/run-profiled-app.js'

// V8 ends the process where a listener on its own thread hears of the progress of a snapshot.
it('a heap snapshot of the own thread comes whole, and the process lives', async () => {
  const { told, code } = await runProfiledApp<OwnSnapshot>('local-snapshot')
  expect(told.pauseMs).toBeGreaterThanOrEqual(0)
  expect(told.members).toContain('nodes')
  expect([told.begun, code]).toEqual([1, 0])
})
