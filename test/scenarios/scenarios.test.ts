import { mkdirSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { afterAll, describe, expect, it } from 'vitest'
import { readLimits } from '../../packages/core/dist/lib/limits.js'
import { metricInfo } from '../../packages/core/dist/model/metric.js'
import { defaultThresholds } from '../../packages/core/dist/rules/defaults.js'
import { initialState, judge } from '../../packages/core/dist/rules/judge.js'
import { normal, random } from '../../packages/core/src/testing/random.js'
import { eventually, manifestsIn, pause, type RunningServer, startServer, temporaryDirectory } from '../support.js'
import { type Scenario, scenarios, storm } from './scenarios.js'

const table: string[] = []
afterAll(() => {
  console.log(['', ' #  scenario                 fired                        named  seconds', ...table].join('\n'))
})

function row(number: number, title: string, fired: string, named: string, seconds: string): void {
  table.push(`${String(number).padStart(2)}  ${title.padEnd(23)}  ${fired.padEnd(27)}  ${named.padEnd(5)}  ${seconds}`)
}

async function start({ interval, execArgv, env, openFiles }: Scenario, more: Record<string, string> = {}) {
  const limited = openFiles && {
    execPath: '/bin/sh',
    execArgv: ['-c', `ulimit -n ${openFiles}; exec "$0" "$@"`, process.execPath],
  }
  return startServer(
    { interval },
    { fixture: '../scenarios/server.mjs', execArgv, env: { ...env, ...more }, ...limited },
  )
}

/** The usual traffic. The returned function ends it. */
function traffic(server: RunningServer, path = '/users/1', rate = 30): () => void {
  const options = { url: server.base + path, connections: 3, duration: 600, overallRate: rate, timeout: 600 }
  const load = autocannon(options, () => {})
  return () => load.stop?.()
}

/** Makes it go wrong, and waits for the dump that names the culprit. */
async function goWrong(scenario: Scenario): Promise<void> {
  const server = await start(scenario)
  const stopTraffic = traffic(server)
  await server.warm()
  const began = Date.now()
  const stopFault = await scenario.fault(server)
  let best = ''
  try {
    const { manifest, after } = await eventually(
      `a dump that names ${scenario.named.join(' and ')}`,
      async () => {
        for (const manifest of await manifestsIn(server.dir)) {
          best = `${best}\n${manifest.summary.text}`.slice(-2000)
          if (scenario.named.every(name => name.test(manifest.summary.text)))
            return { manifest, after: (Date.now() - began) / 1000 }
        }
        await pause(100)
      },
      scenario.within * 1000,
    )
    if (scenario.deadly) await server.exit
    row(scenario.number, scenario.title, `${manifest.trigger.metric} ${manifest.trigger.rule}`, 'yes', after.toFixed(1))
  } catch (error) {
    row(scenario.number, scenario.title, best === '' ? 'no' : 'yes', 'no', '-')
    throw new Error(`${(error as Error).message}\n${best}\n${server.output().slice(-500)}`)
  } finally {
    stopFault()
    stopTraffic()
  }
}

describe.each(scenarios.filter(({ waits }) => !waits))('scenario $number: $title', scenario => {
  it('makes a dump that names the culprit', () => goWrong(scenario), 180_000)
})

const waiting = scenarios.filter(({ waits }) => waits)

describe(`scenarios ${waiting.map(({ number }) => number).join(', ')}, in which the CPU has little to do`, () => {
  it('make a dump that names the culprit each', () => Promise.all(waiting.map(goWrong)), 180_000)
})

/** Their load is light, so a few can run at a time. */
const twinsAtATime = 4

describe('scenarios with nothing wrong', () => {
  it('make no dump', async () => {
    const made: Record<string, string[]> = {}
    const left = [...scenarios]
    const lane = async () => {
      for (let twin = left.shift(); twin; twin = left.shift()) made[twin.title] = await dumpsWithout(twin)
    }
    await Promise.all(Array.from({ length: twinsAtATime }, lane))
    expect(made).toEqual(Object.fromEntries(scenarios.map(({ title }) => [title, []])))
  }, 240_000)
})

/** What 25 samples of the same load without the fault have to say. */
async function dumpsWithout(scenario: Scenario): Promise<string[]> {
  const server = await start(scenario, scenario.healthy?.env)
  const stops = [traffic(server)]
  if (scenario.healthy) stops.push(traffic(server, scenario.healthy.path, scenario.healthy.rate))
  await server.warm()
  let samples = 0
  for (let last = 0; samples < 25; await pause(50)) {
    const at = (await server.status()).sample?.at ?? 0
    if (at > last) samples += 1
    last = at
  }
  for (const stop of stops) stop()
  return (await manifestsIn(server.dir)).map(({ summary }) => summary.text)
}

describe('scenario 9: killed', () => {
  /** Real load, and carts whose payment takes longer than the process has. */
  async function underLoad() {
    const server = await startServer({ interval: 200 }, { fixture: '../scenarios/server.mjs' })
    const stopTraffic = traffic(server)
    await server.warm()
    const stopCarts = storm(server, index => `/checkout/${index}`, 12)
    await eventually('the black box knows', async () => {
      const runs = await readdir(join(server.dir, '.black-box'))
      const box = join(server.dir, '.black-box', runs[0] as string)
      const texts = (await readdir(box)).map(name => readFile(join(box, name), 'utf8'))
      return (await Promise.all(texts)).join('').split('"/checkout/:cart"').length > 12
    })
    return { server, stop: () => [stopTraffic, stopCarts].map(end => end()) }
  }

  it('makes a dump that names the requests in flight at the next start', async () => {
    const { server, stop } = await underLoad()
    const began = Date.now()
    server.child.kill('SIGKILL')
    await server.exit
    stop()
    await startServer({ interval: 200, dir: server.dir }, { fixture: '../scenarios/server.mjs' })
    const [manifest] = await eventually('a dump of the crash', async () => {
      const found = await manifestsIn(server.dir)
      return found.length > 0 && found
    })
    const after = (Date.now() - began) / 1000
    const text = manifest?.summary.text ?? ''
    const named = [/killed/, /\/checkout\/:cart/, /\b12\b/].every(name => name.test(text))
    row(9, 'killed', 'process crash', named ? 'yes' : 'no', after.toFixed(1))
    expect(manifest?.trigger.rule).toBe('crash')
    expect(manifest?.samples.length).toBeGreaterThan(10)
    expect(text).toMatch(/killed/)
    expect(text).toMatch(/12 of them GET \/checkout\/:cart|all of them GET \/checkout\/:cart/)
  }, 120_000)

  it('makes none when it was stopped', async () => {
    const { server, stop } = await underLoad()
    stop()
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    const next = await startServer({ interval: 200, dir: server.dir }, { fixture: '../scenarios/server.mjs' })
    await next.warm()
    expect((await manifestsIn(server.dir)).map(({ summary }) => summary.text)).toEqual([])
  }, 120_000)
})

describe('scenario 13: container limits', () => {
  it.each([
    ['v2', 'sys/fs/cgroup/cpu.max', '50000 100000', 'sys/fs/cgroup/memory.max', '0::/\n', 'cgroup2'],
    [
      'v1',
      'sys/fs/cgroup/cpu.cfs_quota_us',
      '50000',
      'sys/fs/cgroup/memory.limit_in_bytes',
      '2:cpu,memory:/\n',
      'cgroup',
    ],
  ])('reads cgroup %s with half a core', (version, cpuFile, cpu, memoryFile, membership, type) => {
    const root = temporaryDirectory()
    for (const dir of ['proc/self', 'sys/fs/cgroup']) mkdirSync(join(root, dir), { recursive: true })
    const options = version === 'v1' ? 'rw,cpu,memory' : 'rw'
    writeFileSync(join(root, 'proc/self/cgroup'), membership)
    writeFileSync(join(root, 'proc/self/mountinfo'), `30 23 0:26 / /sys/fs/cgroup rw - ${type} cgroup ${options}\n`)
    writeFileSync(join(root, cpuFile), `${cpu}\n`)
    if (version === 'v1') writeFileSync(join(root, 'sys/fs/cgroup/cpu.cfs_period_us'), '100000\n')
    writeFileSync(join(root, memoryFile), `${256 * 1024 ** 2}\n`)
    const limits = readLimits({ root, cpus: 8, totalMemory: 16 * 1024 ** 3 })
    expect([limits.cpu.percentOf, limits.memory.bytes]).toEqual([0.5, 256 * 1024 ** 2])
    if (version === 'v2') row(13, 'container limits', '-', 'yes', '-')
  })
})

describe('scenario 14: steady noise', () => {
  it.each([...Array(10).keys()])('makes no dump in ten minutes of noisy but normal load (%i)', run => {
    const uniform = random(run)
    const gauss = () => normal(uniform)
    const usual: Record<string, () => number> = {
      cpu: () => 45 + 5 * gauss(),
      rss: () => 30 + 0.3 * gauss(),
      heap: () => 25 + 4 * uniform(),
      eventLoopDelay: () => 15 + 40 * uniform() ** 4,
      eventLoopUtilization: () => 48 + 5 * gauss(),
      inFlight: () => Math.max(0, Math.round(12 + 4 * gauss())),
      gc: () => Math.max(0, 3 + gauss()),
      handles: () => Math.round(80 + 5 * gauss()),
    }
    const fired: string[] = []
    for (const [metric, threshold] of Object.entries(defaultThresholds([]))) {
      let state = initialState()
      for (let second = 0; second < 600; second++) {
        const reading = { value: usual[metric]?.() ?? null, at: second * 1000, capturing: false }
        const { unit } = metricInfo(metric)
        const judged = judge({ metric, unit }, threshold, state, reading, { history: 10, warmup: 10 })
        state = judged.state
        if (judged.decision.fire) fired.push(`${metric}: ${judged.decision.rules[judged.decision.fire].reason}`)
      }
    }
    expect(fired).toEqual([])
    if (run === 0) row(14, 'steady noise', 'no', '-', '-')
  })
})
