import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory } from '../support.js'

describe.each(['express', 'koa'])('a process with autodump in %s', framework => {
  it('ends by itself where it has nothing to do', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../fixtures/adapter.mjs', import.meta.url))], {
      env: {
        ...process.env,
        AUTODUMP_TEST_FRAMEWORK: framework,
        AUTODUMP_TEST_MODE: 'idle',
        AUTODUMP_TEST_OPTIONS: JSON.stringify({ dir: temporaryDirectory() }),
      },
    })
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('ends with its server, which cuts a capture short and writes it', async () => {
    const env = { AUTODUMP_TEST_FRAMEWORK: framework, AUTODUMP_TEST_MODE: 'serve' }
    const server = await startServer({ interval: 100, thresholds: noRules }, { fixture: 'adapter.mjs', env })
    const body = JSON.stringify({ capture: ['cpu-profile'], duration: 60_000 })
    expect((await server.admin('/trigger', { method: 'POST', body })).status).toBe(202)
    await eventually('capturing', async () => (await server.status()).capture)
    const stream = await server.admin('/stream')
    server.child.send('close')
    expect(await stream.text()).toContain('event: status')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    const [manifest] = await manifestsIn(server.dir)
    expect(manifest?.state).toBe('partial')
  })
})
