import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, startServer } from '../support.js'

/** A capture that would last far longer than the test. */
const longTrigger = { method: 'POST', body: JSON.stringify({ capture: ['cpu-profile'], duration: 60_000 }) }

async function capturing() {
  const server = await startServer({ interval: 100, thresholds: noRules })
  expect((await server.admin('/trigger', longTrigger)).status).toBe(202)
  await eventually('capturing', async () => (await server.status()).capture)
  return server
}

describe('the exit of the app', () => {
  it('keeps its code and prints nothing when process.exit() is called in mid-capture', async () => {
    const server = await capturing()
    server.child.send('exit')
    expect(await server.exit).toEqual({ code: 7, signal: null })
    expect(server.output()).not.toMatch(/debugger/i)
  })

  it('keeps its code and its stack for an uncaught exception in mid-capture', async () => {
    const server = await capturing()
    server.child.send('throw')
    expect(await server.exit).toEqual({ code: 1, signal: null })
    expect(server.output()).toContain('thrown on purpose')
    expect(server.output()).not.toMatch(/debugger/i)
  })

  it('happens by itself after app.close(), which cuts the capture short and writes it', async () => {
    const server = await capturing()
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    const [manifest] = await manifestsIn(server.dir)
    expect(manifest?.state).toBe('partial')
    expect(manifest?.artifacts[0]?.state).toBe('complete')
  })

  it('dies of a signal as without us', async () => {
    const server = await capturing()
    server.child.kill('SIGTERM')
    expect(await server.exit).toEqual({ code: null, signal: 'SIGTERM' })
  })
})
