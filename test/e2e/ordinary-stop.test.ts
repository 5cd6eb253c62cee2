import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import cli from '@autodump/cli/package.json' with { type: 'json' }
import type { Options, RunRecord } from '@autodump/core'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  endOfAll,
  eventually,
  manifestsIn,
  noRules,
  type RunningServer,
  startServer,
  temporaryDirectory,
} from '../support.js'

type ServerOptions = Omit<Options, 'logger' | 'metrics' | 'auth'>

const usual: ServerOptions = { interval: 50, thresholds: noRules }

const runsIn = (dir: string) => {
  const path = join(dir, '.black-box')
  return existsSync(path) ? readdirSync(path).map(name => join(path, name)) : []
}

const boxOf = ({ dir, child }: RunningServer) =>
  runsIn(dir)
    .filter(path => path.includes(`/${child.pid}-`))
    .flatMap(path => readdirSync(path).map(name => join(path, name)))
    .filter(path => /box\.\d$/.test(path))
    .map(path => readFileSync(path, 'utf8'))
    .join('')

async function start(dir: string, more: ServerOptions = {}, how: Parameters<typeof startServer>[1] = {}) {
  const server = await startServer({ dir, ...usual, ...more }, { fixture: 'crash.mjs', ...how })
  await eventually('samples are on record', () => boxOf(server).split('"sample"').length > 3)
  return server
}

/** Starts another server in that directory, and resolves with what it says of those before it. */
async function afterRestart(dir: string, more: ServerOptions = {}, how: Parameters<typeof startServer>[1] = {}) {
  const next = await startServer({ dir, ...usual, ...more }, { fixture: 'crash.mjs', ...how })
  await eventually('the runs of the dead are gone', () =>
    runsIn(dir).every(path => path.includes(`/${next.child.pid}-`)),
  )
  const { runs } = (await (await next.admin('/runs')).json()) as { runs: RunRecord[] }
  return { next, runs, dumps: (await manifestsIn(dir)).map(({ summary }) => summary.text) }
}

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGKILL'] as const

const ends = [
  ['close', 'stopped', null, /stopped its monitor at/],
  ['exit 0', 'stopped', 0, /ended with exit code 0 at/],
  ['exit 143', 'stopped', 143, /ended with exit code 143 at/],
] as const

describe('a stop while nothing was wrong, without a handler', () => {
  const atEnd = endOfAll()
  const limits = { limits: { maxPerHour: 1 } }
  const stopped = new Map<string, RunningServer>()
  let after: Awaited<ReturnType<typeof afterRestart>>
  // A process for each way, and one that looks at all of them.
  beforeAll(async () => {
    const dir = temporaryDirectory(atEnd)
    const ways = [...signals, ...ends.map(([how]) => how)]
    await Promise.all(ways.map(async way => stopped.set(way, await start(dir, limits, { atEnd }))))
    for (const signal of signals) stopped.get(signal)?.child.kill(signal)
    for (const [how] of ends) stopped.get(how)?.child.send(how)
    await Promise.all([...stopped.values()].map(({ exit }) => exit))
    after = await afterRestart(dir, limits, { atEnd })
  })

  it('is on record and no dump', async () => {
    expect([after.dumps, after.runs.length]).toEqual([[], signals.length + ends.length])
    const status = await after.next.status()
    expect(status.dumps).toMatchObject({ count: 0, byRule: {} })
    expect([status.quota.retryAfter, status.errors]).toEqual([0, []])
  })

  it.each(signals)('by %s is on record', async signal => {
    const { child, exit } = stopped.get(signal) as RunningServer
    expect(await exit).toEqual({ code: null, signal })
    const run = after.runs.find(({ pid }) => pid === child.pid)
    expect(run).toMatchObject({ ending: 'ended', dump: null, exitCode: null })
    expect(run?.text).toMatch(
      new RegExp(`^\\S+ \\(process ${child.pid}\\) ended without a word at .* UTC, nothing was wrong; last sample: `),
    )
    expect(run?.samples.length).toBeGreaterThan(2)
  })

  it.each(ends)('%s says so itself', (how, ending, exitCode, text) => {
    const run = after.runs.find(({ pid }) => pid === stopped.get(how)?.child.pid)
    expect(run).toMatchObject({ ending, exitCode, text: expect.stringMatching(text) })
  })
})

describe('a stop from outside while nothing was wrong', () => {
  it('is no dump either with a few requests in flight', async () => {
    const dir = temporaryDirectory()
    const server = await start(dir)
    for (let id = 1; id <= 3; id++) fetch(`${server.base}/stall/${id}`).catch(() => {})
    await eventually('they are known', () => boxOf(server).split('"inFlight":3,').length > 3)
    server.child.kill('SIGTERM')
    await server.exit
    const { runs, dumps } = await afterRestart(dir)
    expect([dumps, runs[0]?.ending]).toEqual([[], 'ended'])
  })

  it('as PM2 and docker stop do it, with a handler that does not finish and SIGKILL later', async () => {
    const dir = temporaryDirectory()
    const server = await start(dir)
    server.child.send('handle SIGTERM')
    await eventually('the handler is there', () => boxOf(server).includes('SIGTERM'))
    server.child.kill('SIGTERM')
    const seen = boxOf(server).split('"sample"').length
    await eventually('it lives on', () => boxOf(server).split('"sample"').length > seen + 2)
    server.child.kill('SIGKILL')
    await server.exit
    const { runs, dumps } = await afterRestart(dir)
    expect([dumps, runs[0]?.ending]).toEqual([[], 'ended'])
  })

  it('by a reboot of the machine', async () => {
    const dir = temporaryDirectory()
    const server = await start(dir)
    server.child.kill('SIGKILL')
    await server.exit
    const [run] = runsIn(dir) as [string]
    const about = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'))
    writeFileSync(join(run, 'run.json'), JSON.stringify({ ...about, process: { ...about.process, bootId: 'before' } }))
    for (const name of readdirSync(run)) utimesSync(join(run, name), new Date('2001-01-01'), new Date('2001-01-01'))
    const { runs, dumps } = await afterRestart(dir)
    expect([dumps, runs[0]?.ending]).toEqual([[], 'ended'])
    expect(runs[0]?.text).toContain('nothing was wrong; the machine was booted anew since')
  })

  it('and a rejection that was only logged is none of its business', async () => {
    const dir = temporaryDirectory()
    const server = await start(dir)
    const survived = new Promise(resolve => server.child.once('message', resolve))
    server.child.send('reject, with a handler that logs')
    await survived
    server.child.kill('SIGTERM')
    await server.exit
    expect((await afterRestart(dir)).dumps).toEqual([])
  })
})

describe('a death while something was wrong stays a dump', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('blocked, by %s, which ends it as without us', async signal => {
    const dir = temporaryDirectory()
    const server = await start(dir)
    server.child.send('block')
    await eventually('the block is on record', () => /"blockedFor":\d{4}/.test(boxOf(server)))
    server.child.kill(signal)
    expect(await server.exit).toEqual({ code: null, signal })
    const { runs, dumps } = await afterRestart(dir)
    expect(dumps).toEqual([expect.stringMatching(/after its event loop was blocked for/)])
    expect(runs).toMatchObject([{ ending: 'killed', dump: (await manifestsIn(dir))[0]?.id }])
  })

  it('requests that pile up', async () => {
    const dir = temporaryDirectory()
    const server = await start(dir)
    for (let id = 1; id <= 40; id++) fetch(`${server.base}/stall/${id}`).catch(() => {})
    await eventually('they are known', () => boxOf(server).split('"inFlight":40,').length > 3)
    server.child.kill('SIGKILL')
    await server.exit
    const { dumps } = await afterRestart(dir)
    expect(dumps).toEqual([expect.stringMatching(/requests piled up \(40 in flight, usually \d\)/)])
  })

  it('a heap that is nearly full', async () => {
    const dir = temporaryDirectory()
    const server = await start(dir, {}, { execArgv: ['--max-old-space-size=256'] })
    server.child.send('nearly fill the heap')
    await eventually('it is on record', () =>
      [...boxOf(server).matchAll(/"heap":([\d.]+)/g)].slice(-1).some(([, percent]) => Number(percent) > 82),
    )
    server.child.kill('SIGKILL')
    await server.exit
    expect((await afterRestart(dir)).dumps).toEqual([expect.stringMatching(/probably ran out of JavaScript heap/)])
  })

  it('a rule that spoke', async () => {
    const dir = temporaryDirectory()
    const thresholds = { ...noRules, rss: { enabled: true, min: 0, watermark: 0.001, capture: ['requests'] } }
    const server = await start(dir, { thresholds } as ServerOptions)
    await eventually('its dump is made', async () => (await manifestsIn(dir)).length > 0)
    await eventually('it is on record', () => boxOf(server).includes('"state":"spent"'))
    server.child.kill('SIGTERM')
    await server.exit
    const { dumps } = await afterRestart(dir, { thresholds } as ServerOptions)
    expect(dumps.filter(text => text.includes('after the watermark of rss spoke'))).toHaveLength(1)
  })
})

/** Runs a program of its own with `--import`, and nothing said about autodump in it. */
function program(dir: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, AUTODUMP_DIR: dir, AUTODUMP_INTERVAL: '50', AUTODUMP_AUTH: '{"token":"t"}', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const ended = (child: ChildProcess) => new Promise<number | null>(resolve => child.once('exit', resolve))

const sampledRuns = (dir: string) =>
  runsIn(dir).filter(path =>
    readdirSync(path).some(name => /^box/.test(name) && readFileSync(join(path, name), 'utf8').includes('"sample"')),
  )

describe('an error that ends the process is never lost', () => {
  const alone = (script: string) => ['--import', '@autodump/core/register', '--input-type=module', '-e', script]

  it('exit code 13: a top-level await that never settles', async () => {
    const dir = temporaryDirectory()
    const script = `setTimeout(() => {}, 3000); await new Promise(() => {})`
    expect(await ended(program(dir, alone(script)))).toBe(13)
    const { dumps } = await afterRestart(dir)
    expect(dumps).toEqual([expect.stringMatching(/exit code 13, .*top-level await of its main module had not settled/)])
  })

  it('process.exitCode, where nobody called process.exit()', async () => {
    const dir = temporaryDirectory()
    expect(await ended(program(dir, alone('setTimeout(() => { process.exitCode = 4 }, 3000)')))).toBe(4)
    const { dumps } = await afterRestart(dir)
    expect(dumps).toEqual([
      expect.stringMatching(/exit code 4, as nothing was left to do and process.exitCode was set/),
    ])
  })
})

describe('watchers and clusters', () => {
  it('node --watch restarts a program without a dump', async () => {
    const dir = temporaryDirectory()
    const script = join(temporaryDirectory(), 'watched.mjs')
    writeFileSync(script, 'setInterval(() => {}, 1000)')
    const { resolve } = createRequire(import.meta.url)
    const child = program(dir, ['--watch', '--import', `file://${resolve('@autodump/core/register')}`, script])
    await eventually('samples are on record', () => sampledRuns(dir).length > 0)
    writeFileSync(script, 'setInterval(() => {}, 2000)')
    await eventually('the run before is on record', () => existsSync(join(dir, '.runs')))
    // It takes its program with it, as SIGKILL would not.
    child.kill('SIGTERM')
    await ended(child)
    expect(await manifestsIn(dir)).toEqual([])
  })

  it('a worker of a cluster that its primary kills is on record, by the others', async () => {
    const dir = temporaryDirectory()
    const script = `
      import cluster from 'node:cluster'
      if (cluster.isPrimary) {
        const [first] = [cluster.fork(), cluster.fork()]
        process.stdin.on('data', () => first.process.kill('SIGTERM'))
        cluster.once('exit', () => cluster.fork())
      } else setInterval(() => {}, 1000)`
    const file = join(temporaryDirectory(), 'cluster.mjs')
    writeFileSync(file, script)
    const { resolve } = createRequire(import.meta.url)
    const child = spawn(process.execPath, ['--import', `file://${resolve('@autodump/core/register')}`, file], {
      env: { ...process.env, AUTODUMP_DIR: dir, AUTODUMP_INTERVAL: '50', AUTODUMP_AUTH: '{"token":"t"}' },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    onTestFinished(() => void child.kill('SIGTERM'))
    await eventually('three processes have samples', () => sampledRuns(dir).length === 3)
    child.stdin.write('now')
    await eventually(
      'it is on record',
      () => existsSync(join(dir, '.runs')) && readdirSync(join(dir, '.runs')).length > 0,
    )
    expect(await manifestsIn(dir)).toEqual([])
  })
})

describe('the list of runs', () => {
  const main = join(dirname(createRequire(import.meta.url).resolve('@autodump/cli/package.json')), cli.bin.autodump)

  async function autodump(...args: string[]): Promise<string> {
    const child = spawn(process.execPath, [main, ...args])
    let stdout = ''
    child.stdout.on('data', chunk => (stdout += chunk))
    expect(await new Promise(resolve => child.once('close', resolve))).toBe(0)
    return stdout
  }

  it('has stops and crashes, the newest first, for the command line too, without a process', async () => {
    const dir = temporaryDirectory()
    const pids: number[] = []
    for (const how of ['throw', 'SIGTERM'] as const) {
      const server = await start(dir, { labels: { service: 'shop' } })
      pids.unshift(server.child.pid as number)
      if (how === 'throw') server.child.send(how)
      else server.child.kill(how)
      await server.exit
    }
    const { next, runs } = await afterRestart(dir, { labels: { service: 'shop' } })
    expect(runs.map(({ pid, ending, program }) => [pid, ending, program])).toEqual([
      [pids[0], 'ended', 'shop'],
      [pids[1], 'uncaught-exception', 'shop'],
    ])
    const crash = (await manifestsIn(dir))[0]
    expect(crash?.summary.text).toMatch(/^shop \(process \d+\) ended with an uncaught exception/)
    expect(runs[1]?.dump).toBe(crash?.id)
    expect(runs[0]?.samples.at(-1)?.values).toHaveProperty('cpu')
    for (const name of readdirSync(join(dir, '.runs')))
      expect(statSync(join(dir, '.runs', name)).size).toBeLessThanOrEqual(8192)

    const all = (await (await next.admin('/runs?instance=all')).json()) as { instances: { body: object }[] }
    expect(all.instances.map(({ body }) => body)).toEqual([{ runs }])
    next.child.kill('SIGKILL')
    await next.exit
    expect(JSON.parse(await autodump('runs', '--dir', dir, '--json'))).toEqual({ runs })
    const text = await autodump('runs', '--dir', dir)
    expect(text).toMatch(/^ENDED +LASTED +PROGRAM +ENDING +SUMMARY\n.* shop \d+ +ended +.*nothing was wrong/)
    expect(text).toContain(`${crash?.id}: shop (process`)
  })
})
