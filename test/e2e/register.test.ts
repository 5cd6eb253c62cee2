import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, Status, Thresholds } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, temporaryDirectory, token } from '../support.js'

const here = fileURLToPath(new URL('..', import.meta.url))
const fixture = (name: string) => join(here, 'fixtures', name)
const register = ['--import', '@autodump/core/register']

interface Program {
  child: ChildProcess
  dir: string
  out(): string
  err(): string
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** URL of the admin server, when it is up. */
  address(): Promise<string>
  ask(path: string, init?: RequestInit): Promise<Response>
  status(): Promise<Status>
}

/** Runs a program under `--import`; nothing fires unless `env` says so. */
function run(args: string[], env: Record<string, string> = {}, flags = register): Program {
  const dir = env.AUTODUMP_DIR ?? join(temporaryDirectory(), 'dumps')
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: here,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AUTODUMP_DIR: dir,
      AUTODUMP_INTERVAL: '50',
      AUTODUMP_TOKEN: token,
      AUTODUMP_THRESHOLDS: JSON.stringify(noRules),
      AUTODUMP_ADMIN_PORT: '0',
      ...env,
    },
  })
  let [out, err] = ['', '']
  child.stdout?.on('data', chunk => (out += chunk))
  child.stderr?.on('data', chunk => (err += chunk))
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(resolve =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  const address = () =>
    eventually('the admin server is up', () => {
      if (child.exitCode !== null) throw new Error(`it has exited: ${err}`)
      return addresses(err).at(-1)
    })
  const ask = async (path: string, init: RequestInit = {}) =>
    fetch((await address()) + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
  const status = async () => (await ask('/status')).json() as Promise<Status>
  return { child, dir, out: () => out, err: () => err, exit, address, ask, status }
}

const addresses = (log: string) =>
  [...log.matchAll(/the admin server listens at (\S+)/g)].map(match => match[1] as string)
/** Lives until it is told to end, and does so by itself. */
const untilTerm = `process.on('SIGTERM', () => { console.log('done'); process.exit() }); setInterval(() => {}, 1000)`
const count = (log: string, what: string) => log.split(what).length - 1

const read = async <T>(response: Response) => (await response.json()) as T

/** The ports of `plain-app.mjs`. */
const portsOf = (program: Program) =>
  eventually(
    'the app is up',
    () => program.out() !== '' && (JSON.parse(program.out()) as { http: number; http2: number }),
  )

describe('a server', () => {
  it('is monitored and counted, HTTP/2 too, without a line of code', async () => {
    const app = run([fixture('plain-app.mjs')])
    const { http, http2 } = await portsOf(app)
    await app.address()
    const abort = new AbortController()
    const hanging = fetch(`http://127.0.0.1:${http}/wait/1`, { signal: abort.signal }).catch(() => {})
    const session = connect(`http://127.0.0.1:${http2}`)
    onTestFinished(() => session.destroy())
    session.on('error', () => {})
    for (const id of [2, 3]) session.request({ ':path': `/wait/${id}` }).on('error', () => {})
    await eventually('three in flight', async () => (await app.status()).sample?.values.inFlight === 3)

    const body = JSON.stringify({ capture: ['requests'] })
    const { id } = await read<Manifest>(await app.ask('/trigger?wait=true', { method: 'POST', body }))
    const { requests } = await read<{ requests: { url: string }[] }>(await app.ask(`/dumps/${id}/requests.json`))
    expect(requests.map(({ url }) => url).sort()).toEqual(['/wait/1', '/wait/2', '/wait/3'])
    abort.abort()
    await hanging
    app.child.kill('SIGTERM')
    expect(await app.exit).toEqual({ code: null, signal: 'SIGTERM' })
  })

  it('is dumped by its rules while it is in an endless loop', async () => {
    // On a busy machine the start of the app may have a dump of its own.
    const rules = {
      AUTODUMP_THRESHOLDS: JSON.stringify({ ...noRules, eventLoopDelay: { cooldown: 0 } }),
      AUTODUMP_THRESHOLDS_EVENT_LOOP_DELAY_WATERMARK: '600',
    }
    const app = run([fixture('plain-app.mjs')], { ...rules, AUTODUMP_CPU_PROFILE_BLOCKED_DURATION: '200' })
    const { http } = await portsOf(app)
    await eventually('calm', async () => {
      const { metrics, capture } = await app.status()
      return metrics.eventLoopDelay?.rules.watermark.state === 'quiet' && !capture
    })
    fetch(`http://127.0.0.1:${http}/block`).catch(() => {})
    const texts = await eventually('a dump of it', async () => {
      const texts = (existsSync(app.dir) ? await manifestsIn(app.dir) : []).map(({ summary }) => summary.text)
      return texts.some(text => text.includes('endlessLoop')) && texts
    })
    expect(texts.join('\n')).toContain('blocked')
  })
})

describe('a program that never turns its event loop', () => {
  it('is monitored all the same, when its start has taken half a minute', { timeout: 120_000 }, async () => {
    const path = join(temporaryDirectory(), 'admin.sock')
    const env = { AUTODUMP_ADMIN_PORT: '', AUTODUMP_ADMIN_PATH: path, AUTODUMP_THRESHOLDS: '{}' }
    // Until then it waits, which takes nothing from the tests beside it.
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25_000)'
    const tool = run(['-e', `function spin() { for (;;); } ${wait}; spin()`], {
      ...env,
      AUTODUMP_CPU_PROFILE_BLOCKED_DURATION: '200',
    })
    // What it logs waits for the app thread for ever.
    await eventually('the admin server is up', () => existsSync(path))
    const [manifest] = await eventually(
      'a dump',
      async () => {
        const manifests = await manifestsIn(tool.dir)
        return manifests.length > 0 && manifests
      },
      90_000,
    )
    // Where the one endless call is on its way when the profile starts, some versions of V8 know it by its caller only.
    expect(manifest?.summary.text).toMatch(/blocked.*(spin|\[eval\])/)
    expect(manifest?.summary.text).toContain('The program is still starting')
  })
})

describe('a command-line tool', () => {
  it.each([
    ['its own exit code', 'process.exitCode = 3', { code: 3, signal: null }, '', 'nothing'],
    ['process.exit()', 'process.exit(7)', { code: 7, signal: null }, '', 'last words'],
    ['process.exit() in peace', 'process.exit(0)', { code: 0, signal: null }, '', 'nothing'],
    ['process.exit() later', 'setTimeout(() => process.exit(7), 300)', { code: 7, signal: null }, '', 'last words'],
    ['an uncaught error', 'throw new Error("on purpose")', { code: 1, signal: null }, 'on purpose', 'last words'],
    ['a rejection', 'Promise.reject(new Error("on purpose"))', { code: 1, signal: null }, 'on purpose', 'last words'],
    [
      'a signal',
      'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1000)',
      { code: null, signal: 'SIGTERM' },
      '',
      'nothing',
    ],
  ])('ends as without us: by %s', async (_, script, exit, said, leaves) => {
    const tool = run(['-e', `console.log('the result'); ${script}`])
    expect(await tool.exit).toEqual(exit)
    expect(tool.out()).toBe('the result\n')
    expect(tool.err()).toContain(said)
    expect(tool.err()).not.toMatch(/debugger/i)
    const box = join(tool.dir, '.black-box')
    expect(existsSync(box) && readdirSync(box).length > 0 ? 'last words' : 'nothing').toBe(leaves)
  })

  it('in CommonJS is the main module as ever', async () => {
    const script = join(temporaryDirectory(), 'tool.cjs')
    writeFileSync(script, 'console.log(require.main === module, process.argv.length)')
    const tool = run([script, 'argument'])
    expect(await tool.exit).toEqual({ code: 0, signal: null })
    expect(tool.out()).toBe('true 3\n')
  })

  it('is left alone where that is wanted, and says nothing where that is', async () => {
    const off = run(['-e', ''], { AUTODUMP_ENABLED: 'false' })
    expect(await off.exit).toEqual({ code: 0, signal: null })
    expect([off.err(), existsSync(off.dir)]).toEqual(['', false])
    const silent = run(['-e', untilTerm], { AUTODUMP_LOG: 'silent', AUTODUMP_INTERVALL: '5' })
    await eventually('it has begun', () => existsSync(silent.dir))
    silent.child.kill('SIGTERM')
    expect(await silent.exit).toEqual({ code: 0, signal: null })
    expect([silent.err(), existsSync(silent.dir)]).toEqual(['', true])
  })

  it('runs whatever the variables say, and hears which of them are ignored and why', async () => {
    const tool = run(['-e', untilTerm], {
      AUTODUMP_INTERVAL: '1s',
      AUTODUMP_NONSENSE: '1',
      AUTODUMP_CONFIG: '/nonexistent/autodump.json',
    })
    await eventually('it has begun', () => tool.err().includes('a sample every'))
    tool.child.kill('SIGTERM')
    expect(await tool.exit).toEqual({ code: 0, signal: null })
    expect(tool.out()).toBe('done\n')
    expect(tool.err()).toMatch(/AUTODUMP_INTERVAL must be integer, got "1s"; it is ignored/)
    expect(tool.err()).toMatch(/there is no variable AUTODUMP_NONSENSE/)
    expect(tool.err()).toContain('a sample every 1000 ms')
  })
})

describe('threads and processes that inherit --import', () => {
  it('have one monitor for a process, whatever its worker threads', async () => {
    const script = join(temporaryDirectory(), 'threads.mjs')
    const worker = JSON.stringify("require('node:worker_threads').parentPort.postMessage(process.execArgv.join(' '))")
    writeFileSync(
      script,
      `import { Worker } from 'node:worker_threads'
new Worker(${worker}, { eval: true }).on('message', message => console.log('from the worker: ' + message))
${untilTerm}`,
    )
    const app = run([script])
    await app.address()
    await eventually('the thread has run', () => app.out().includes('from the worker'))
    await eventually('the start is over', () => app.err().includes('a sample every'))
    app.child.kill('SIGTERM')
    expect(await app.exit).toEqual({ code: 0, signal: null })
    expect(app.out()).toContain('from the worker: --import @autodump/core/register')
    expect(count(app.err(), 'a sample every')).toBe(1)
    expect(addresses(app.err())).toHaveLength(1)
  })

  it('have one monitor each where they are processes of a cluster, by NODE_OPTIONS too', async () => {
    const app = run([fixture('plain-cluster.cjs')], { NODE_OPTIONS: register.join(' ') }, [])
    const urls = await eventually('three admin servers', () => {
      const found = addresses(app.err())
      return found.length === 3 && found
    })
    const pids = await Promise.all(
      urls.map(async url => {
        const response = await fetch(`${url}/status`, { headers: { authorization: `Bearer ${token}` } })
        return ((await response.json()) as Status).pid
      }),
    )
    expect(new Set(pids).size).toBe(3)
    expect(pids).toContain(app.child.pid)
    for (const pid of pids) if (pid !== app.child.pid) process.kill(pid, 'SIGKILL')
  })

  it('leave the work to a monitor that the application starts itself', async () => {
    const own = temporaryDirectory()
    const script = `import { createMonitor } from '@autodump/core'
setTimeout(async () => {
  const monitor = createMonitor({ dir: ${JSON.stringify(own)}, auth: false, logger: { info() {}, warn() {}, error() {} } })
  await monitor.start()
  const { state } = await monitor.trigger({ capture: ['requests'] })
  console.log(state)
}, 500)`
    const app = run(['--input-type=module', '-e', script])
    expect(await app.exit).toEqual({ code: 0, signal: null })
    expect(app.out()).toBe('complete\n')
    expect(count(app.err(), 'the application starts a monitor of its own')).toBe(1)
    expect(await manifestsIn(own)).toHaveLength(1)
    expect(await manifestsIn(app.dir)).toHaveLength(0)
  })
})

describe('the file of AUTODUMP_CONFIG', () => {
  const rules = (watermark: number) => JSON.stringify({ thresholds: { ...noRules, cpu: { watermark } } })
  const watermark = async (app: Program) => (await read<Thresholds>(await app.ask('/thresholds'))).cpu?.watermark

  /** The app with a file that `write` has made. */
  function configured(file: string, env: Record<string, string> = {}) {
    const app = run([fixture('plain-app.mjs')], { AUTODUMP_THRESHOLDS: '', AUTODUMP_CONFIG: file, ...env })
    const becomes = (value: number) =>
      eventually(`the watermark is ${value}`, async () => (await watermark(app)) === value)
    return { app, becomes }
  }

  /** As the kubelet does it: a directory a generation, and a link that is moved from one to the next. */
  function publish(volume: string, generation: number, content: string): void {
    const name = `..2026_11_25_00_00_0${generation}`
    mkdirSync(join(volume, name))
    writeFileSync(join(volume, name, 'autodump.json'), content)
    symlinkSync(name, join(volume, '..data_tmp'))
    renameSync(join(volume, '..data_tmp'), join(volume, '..data'))
    if (generation === 1) symlinkSync(join('..data', 'autodump.json'), join(volume, 'autodump.json'))
    else rmSync(join(volume, `..2026_11_25_00_00_0${generation - 1}`), { recursive: true })
  }

  it('is applied when a ConfigMap swaps it, and leaves alone what was changed at the admin side', async () => {
    const volume = temporaryDirectory()
    publish(volume, 1, rules(61))
    const { app, becomes } = configured(join(volume, 'autodump.json'))
    await becomes(61)
    const patch = '{"heap":{"watermark":55,"enabled":true}}'
    await app.ask('/thresholds', { method: 'PATCH', body: patch })
    publish(volume, 2, rules(62))
    await becomes(62)
    expect(await (await app.ask('/thresholds')).json()).toMatchObject({ heap: { watermark: 55, enabled: true } })
    expect(app.err()).toContain('AUTODUMP_CONFIG has changed: cpu.watermark 61 -> 62')
    expect(count(app.err(), 'a sample every')).toBe(1)
  })

  it('keeps what was in force when it is bad, half-written or gone, says why once, and counts again when it is good', async () => {
    const file = join(temporaryDirectory(), 'autodump.json')
    writeFileSync(file, rules(61))
    const { app, becomes } = configured(file)
    await becomes(61)
    const failing = (what: RegExp) =>
      eventually(`an error ${what}`, async () => (await app.status()).errors.find(({ message }) => what.test(message)))

    writeFileSync(file, JSON.stringify({ interval: 70, thresholds: { cpu: { watermark: 62, min: -5 } } }))
    expect(await failing(/thresholds.cpu.min must be >= 0, got -5; what was in force/)).toMatchObject({ count: 1 })
    writeFileSync(file, rules(63).slice(0, -9))
    await failing(/not valid JSON/)
    rmSync(file)
    await failing(/no such file/)
    expect(await watermark(app)).toBe(61)
    expect((await app.status()).interval).toBe(50)
    for (const why of ['must be >= 0, got -5', 'not valid JSON', 'no such file']) expect(count(app.err(), why)).toBe(1)

    // As editors do it: written beside, and renamed over.
    writeFileSync(`${file}~`, rules(64))
    renameSync(`${file}~`, file)
    await becomes(64)
  })

  it('is applied while the app is in an endless loop', async () => {
    const file = join(temporaryDirectory(), 'autodump.json')
    writeFileSync(file, rules(61))
    const { app, becomes } = configured(file)
    await becomes(61)
    const { http } = await portsOf(app)
    fetch(`http://127.0.0.1:${http}/block`).catch(() => {})
    await eventually('blocked', async () => (await app.status()).blockedFor > 300)
    writeFileSync(file, rules(62))
    await becomes(62)
  })

  it('starts the monitor anew for other options, with the same token, and the environment has the last word', async () => {
    const file = join(temporaryDirectory(), 'autodump.json')
    writeFileSync(file, JSON.stringify({ interval: 60, history: 5, thresholds: noRules }))
    const { app } = configured(file, { AUTODUMP_INTERVAL: '', AUTODUMP_HISTORY: '7', AUTODUMP_TOKEN: '' })
    const made = await eventually('a token', () => /the token of the admin server is (\S{43})/.exec(app.err())?.[1])
    const interval = async () => {
      const response = await fetch(`${addresses(app.err()).at(-1)}/status`, {
        headers: { authorization: `Bearer ${made}` },
      })
      return ((await response.json()) as Status).interval
    }
    await app.address()
    expect(await interval()).toBe(60)
    writeFileSync(file, JSON.stringify({ interval: 70, history: 9, thresholds: noRules }))
    await eventually('it has started anew', () => addresses(app.err()).length === 2)
    expect(await interval()).toBe(70)
    expect(count(app.err(), 'the token of the admin server')).toBe(1)
    await eventually('it says so', () => count(app.err(), 'a sample every') === 2)
  })
})
