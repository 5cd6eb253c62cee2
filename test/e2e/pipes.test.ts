import { expect, it } from 'vitest'
import { eventually, noRules, startServer } from '../support.js'

// Its output goes to pipes, and the dependencies of the monitor thread are behind symbolic links, as pnpm has them.
it('a process whose output goes to pipes has a monitor thread', async () => {
  const server = await startServer({ thresholds: noRules }, { fixture: 'strangers.mjs' })
  const { thread } = await eventually('a sample', async () => {
    const status = await server.status()
    return status.sample ? status : undefined
  })
  expect(thread).toEqual({ mode: 'monitor-thread', restarts: 0, degraded: null })
  expect(server.output()).not.toContain('Cannot find')
})
