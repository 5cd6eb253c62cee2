import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, Options, Status } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, freePort, manifestsIn, noRules, temporaryDirectory, token } from '../support.js'

const here = fileURLToPath(new URL('..', import.meta.url))
const ways = ['import', 'adapter', 'own'] as const
type Way = (typeof ways)[number]
type Step = [
  name: 'loadModules' | 'blockForGood' | 'pause' | 'waitForSignal' | 'fail' | 'exit' | 'reject' | 'listen' | 'tell',
  value?: number | string,
]

/** Runs `slow-start.mjs` with the default thresholds. */
function run(way: Way, steps: Step[], more: Options = {}) {
  const { dir = join(temporaryDirectory(), 'dumps') } = more
  const options = { admin: { port: 0 }, auth: { token }, ...more, dir }
  const child = spawn(
    process.execPath,
    [...(way === 'import' ? ['--import', '@autodump/core/register'] : []), join(here, 'fixtures', 'slow-start.mjs')],
    {
      cwd: here,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        AUTODUMP_TEST_WAY: way,
        AUTODUMP_TEST_STEPS: JSON.stringify(steps),
        AUTODUMP_TEST_OPTIONS: JSON.stringify(options),
        ...(way === 'import' && {
          AUTODUMP_DIR: dir,
          AUTODUMP_TOKEN: token,
          AUTODUMP_ADMIN_PORT: String(more.admin?.port ?? 0),
          ...(more.interval && { AUTODUMP_INTERVAL: String(more.interval) }),
          ...(more.thresholds && { AUTODUMP_THRESHOLDS: JSON.stringify(more.thresholds) }),
        }),
      },
    },
  )
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => (out += chunk))
  child.stderr.on('data', chunk => (err += chunk))
  const exit = new Promise<number | null>(resolve => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  const dumps = async (): Promise<Manifest[]> => (existsSync(dir) ? manifestsIn(dir) : [])
  // What it logs waits for the app thread.
  const known = more.admin && `http://127.0.0.1:${more.admin.port}/debug/autodump`
  const ask = async (path: string, init: RequestInit = {}) => {
    const base = await eventually(
      'the admin server is up',
      () => known ?? /the admin server listens at (\S+)/.exec(err)?.[1],
    )
    return fetch(base + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
  }
  const status = async () => (await ask('/status')).json() as Promise<Status>
  return {
    child,
    dir,
    exit,
    dumps,
    ask,
    status,
    said: (word: string) => eventually(`it says ${word}`, () => out.includes(word)),
  }
}

/** What a dump of the start would be of. */
const ofTheStart = ({ summary }: Manifest) => /loadModules|is still starting/.test(summary.text)

describe.each(ways)('a program that is slow to load, monitored by way of %s', way => {
  it('is not dumped for it', async () => {
    const steps: Step[] = [['loadModules', 1600], ['pause', 60], ['loadModules', 1600], ['listen'], ['tell', 'up']]
    const app = run(way, steps)
    await app.said('up')
    await eventually('it is judged', async () => {
      const { metrics } = await app.status()
      return metrics.eventLoopDelay?.rules.watermark.state === 'quiet' && metrics.cpu?.value !== null
    })
    expect((await app.dumps()).filter(ofTheStart)).toEqual([])
    const { samples } = (await (await app.ask('/samples')).json()) as { samples: Manifest['samples'] }
    const judged = samples.filter(({ starting }) => !starting)
    expect(Math.max(...judged.map(({ values }) => values.eventLoopDelay ?? 0))).toBeLessThan(1500)
  })

  it('is dumped for a block right after it has begun to listen', async () => {
    // The monitor of an app that does not turn its event loop begins with `--import` only.
    const wait: Step[] = way === 'import' ? [] : [['pause', 2000]]
    const app = run(way, [['loadModules', 1600], ['listen'], ...wait, ['blockForGood', 600_000]])
    const [dump] = await eventually('a dump', async () => {
      const dumps = await app.dumps()
      return dumps.length > 0 && dumps
    })
    expect(dump?.trigger).toMatchObject({ metric: expect.stringMatching(/eventLoop|cpu/), rule: 'watermark' })
    expect(dump?.summary.text).toMatch(/was blocked|stood still|CPU rose|utilization rose/)
    expect(dump?.summary.text).not.toContain('is still starting')
  })
})

describe('a program that does not listen', () => {
  it('has started when it has come to rest', async () => {
    const app = run('import', [['loadModules', 1200], ['waitForSignal'], ['blockForGood', 600_000]])
    await eventually('it has come to rest', async () => {
      const { sample } = await app.status()
      return sample && !sample.starting
    })
    app.child.kill('SIGUSR2')
    const dump = await eventually('a dump of the block', async () =>
      (await app.dumps()).find(({ trigger }) => trigger.metric !== null),
    )
    expect(dump.summary.text).not.toMatch(/loadModules|is still starting/)
  })

  it('fails to start with a dump of the crash', async () => {
    // The thread of the monitor begins after three seconds at the latest.
    const first = run('import', [['loadModules', 6000], ['fail']], { interval: 50 })
    expect(await first.exit).toBe(1)
    const next = run('import', [['listen']], { interval: 50, dir: first.dir })
    const dump = await eventually('the crash', async () =>
      (await next.dumps()).find(({ trigger }) => trigger.rule === 'crash'),
    )
    expect(dump.summary.text).toContain('no such database')
  })
})

describe.each(['import', 'own'] as const)('a program that dies at its start, monitored by way of %s', way => {
  it('leaves its last words, and the next one makes dumps of them', { timeout: 120_000 }, async () => {
    const dir = join(temporaryDirectory(), 'dumps')
    const options = { interval: 50, dir }
    expect(await run(way, [['fail']], options).exit).toBe(1)
    expect(await run(way, [['exit', 4]], options).exit).toBe(4)
    expect(await run(way, [['reject']], options).exit).toBe(1)
    const next = run('import', [['listen']], options)
    const crashes = await eventually('the crashes', async () => {
      const found = (await next.dumps()).filter(({ trigger }) => trigger.rule === 'crash')
      return found.length === 3 && found
    })
    const texts = crashes.map(({ summary }) => summary.text).join('\n')
    for (const words of ['no such database', 'no such queue', 'exit code 4']) expect(texts).toContain(words)
    expect(texts).toMatch(/slow-start\.mjs:\d+/)
  })
})

describe('a program that is still starting', () => {
  it('is dumped by hand, and the dump says so', async () => {
    const app = run('import', [['loadModules', 600_000]], { admin: { port: await freePort() } })
    const { metrics } = await eventually('it is looked at', async () => {
      const answer = await app.status().catch(() => null)
      return answer?.sample?.starting === true && answer
    })
    expect(metrics.eventLoopDelay?.rules.watermark.state).toBe('starting')
    expect(metrics.rss?.rules.watermark.state).toBe('quiet')
    const body = JSON.stringify({ capture: ['cpu-profile'], duration: 200 })
    const manifest = (await (await app.ask('/trigger?wait=true', { method: 'POST', body })).json()) as Manifest
    expect(manifest.trigger.rule).toBe('manual')
    expect(manifest.summary.text).toMatch(
      /The program is still starting: in the .* it has neither listened nor come to rest/,
    )
  })

  it('is dumped at once by a metric that kills it', async () => {
    const thresholds = { ...noRules, rss: { enabled: true, min: 0, watermark: 0.01, capture: ['requests'] } }
    const app = run('import', [['loadModules', 20_000]], { thresholds } as Options)
    const [dump] = await eventually('a dump', async () => {
      const dumps = await app.dumps()
      return dumps.length > 0 && dumps
    })
    expect(dump?.trigger.metric).toBe('rss')
    expect(dump?.summary.text).toContain('The program is still starting')
  })
})
