import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory } from '../support.js'

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

interface Row {
  sort: string
  way: string
  runs: number
  wrong: { is: string; at: number[] }[]
  said: string[]
}

/** Runs a script to its end, whatever that is. */
function run(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: unknown; signal: unknown; stdout: string; stderr: string }>(resolve => {
    const child = execFile(
      process.execPath,
      args,
      { env: { ...process.env, ...env }, maxBuffer: 2 ** 26, cwd: fileURLToPath(new URL('..', import.meta.url)) },
      (_, stdout, stderr) => resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
    )
  })
}

describe.skipIf(process.platform === 'win32')('a program that ends in its first moments', () => {
  it('ends as it would without us, in whatever way', { timeout: 900_000 }, async () => {
    const bench = fileURLToPath(new URL('../../bench/exit/run.js', import.meta.url))
    // Two moments of each sort in each way, which the sorts spread over the time: a process is what costs here.
    const { stdout } = await run([bench, '--runs', '2', '--json'])
    const rows = (JSON.parse(stdout) as { rows: Row[] }).rows
    expect(rows.length).toBe(36)
    for (const { sort, way, runs, wrong, said } of rows) {
      expect(runs, `${sort} ${way}`).toBeGreaterThan(0)
      expect({ sort, way, wrong, said }).toEqual({ sort, way, wrong: [], said: [] })
    }
  })
})

describe.skipIf(process.platform !== 'linux')('a program that closes standard error itself', () => {
  // The monitor thread has sockets by then, or is about to open them: none of them may get the number.
  it.each([0, 20, 2000])('after %d ms keeps its exit code', async ms => {
    const program = `setTimeout(() => {
      require('node:fs').closeSync(2)
      setTimeout(() => process.exit(3), 1500)
    }, ${ms})`
    const env = { AUTODUMP_DIR: temporaryDirectory(), AUTODUMP_INTERVAL: '50', AUTODUMP_AUTH: '{"token":"t"}' }
    const { code, signal, stderr } = await run(['--import', '@autodump/core/register', '-e', program], env)
    expect({ code, signal }, stderr).toEqual({ code: 3, signal: null })
  })
})

it('many monitors in one process make Node warn of nothing, and none accuses another profiler', async () => {
  const program = `
    import { createMonitor } from '@autodump/core'
    process.on('warning', warning => console.log('warning', warning.message))
    const silent = { info() {}, warn() {}, error() {} }
    const options = { auth: false, logger: silent, interval: 100, recorder: { window: 1000 }, limits: { maxPerHour: 1000 } }
    const dir = process.env.SCRATCH
    const listening = () => process.listenerCount('exit') + process.listenerCount('uncaughtExceptionMonitor')
    const before = listening()
    const monitors = [1, 2, 3, 4, 5, 6].map(n => createMonitor({ ...options, dir: dir + '/' + n }))
    const errors = []
    for (const monitor of monitors) monitor.on('error', error => errors.push(error.message))
    await Promise.all(monitors.map(monitor => monitor.start()))
    for (let round = 0; round < 3; round++)
      await Promise.all(monitors.map(monitor => monitor.trigger({ capture: ['cpu-profile'], duration: 100 }).catch(error => errors.push(error.message))))
    console.log('errors', JSON.stringify(errors.filter(message => /profile/.test(message))))
    await Promise.all(monitors.map(monitor => monitor.stop()))
    console.log('left', listening() - before)
    process.exit(0)`
  const { code, stdout, stderr } = await run(['--input-type=module', '-e', program], { SCRATCH: temporaryDirectory() })
  expect(code, stderr).toBe(0)
  expect(stdout.split('\n').filter(Boolean)).toEqual(['errors []', 'left 0'])
})

describe('a program with nothing left to do, while the monitor thread does not come up', () => {
  const silent = 'const logger = { info() {}, warn() {}, error() {} }'
  const programs = {
    Express: `import { autodump } from '@autodump/express'; ${silent}; const { monitor } = autodump({ ...options, logger })`,
    Koa: `import { autodump } from '@autodump/koa'; ${silent}; const { monitor } = autodump({ ...options, logger })`,
    Fastify: `
      import Fastify from 'fastify'
      import autodump from '@autodump/fastify'
      const app = Fastify()
      ${silent}
      await app.register(autodump, { ...options, logger })
      await app.ready()
      const monitor = app.autodump`,
    'nothing more': `
      import { createMonitor } from '@autodump/core'
      ${silent}
      const monitor = createMonitor({ ...options, logger })
      void monitor.start({ ref: false })`,
    'an `await`': `
      import { createMonitor } from '@autodump/core'
      ${silent}
      const monitor = createMonitor({ ...options, logger })
      await monitor.start()`,
  }
  /** What the monitor says of itself when the process ends. Five seconds after its beginning a start is over in any case. */
  async function stateAtExit(name: keyof typeof programs, ...args: string[]) {
    const dir = temporaryDirectory()
    const monitorThread = join(dir, 'endless.mjs')
    writeFileSync(monitorThread, 'setInterval(() => {}, 60_000)')
    const options = JSON.stringify({ dir: join(dir, 'dumps'), auth: false, monitorThread })
    const program = `const options = ${options}; ${programs[name]}
      process.on('exit', () => console.log(monitor.status().state))`
    const { code, stdout, stderr } = await run([...args, '--input-type=module', '-e', program], { AUTODUMP_DIR: dir })
    expect(code, stderr).toBe(0)
    return stdout.trim()
  }

  it.each(['Express', 'Koa', 'Fastify', 'nothing more'] as const)('ends at once with %s', async name => {
    expect(await stateAtExit(name)).toBe('starting')
  })

  it('ends at once with --import as well', async () => {
    expect(await stateAtExit('Express', '--import', '@autodump/core/register')).toBe('starting')
  })

  it('lives as long as the start takes for whoever awaits it', async () => {
    expect(await stateAtExit('an `await`')).toBe('stalled')
  })
})
