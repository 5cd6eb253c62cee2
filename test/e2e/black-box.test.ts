import { existsSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest, Options } from '@autodump/core'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type AtEnd,
  endOfAll,
  eventually,
  manifestsIn,
  noRules,
  type RunningServer,
  startServer,
  temporaryDirectory,
} from '../support.js'

type ServerOptions = Omit<Options, 'logger' | 'metrics' | 'auth'>
interface Way {
  execArgv?: string[]
  fixture?: string
  atEnd?: AtEnd
}

const runsIn = (dir: string) => {
  const path = join(dir, '.black-box')
  return existsSync(path) ? readdirSync(path).map(name => join(path, name)) : []
}
const runOf = (server: RunningServer) =>
  runsIn(server.dir).find(path => path.includes(`/${server.child.pid}-`)) as string

function start(dir: string, more: ServerOptions = {}, way: Way = {}) {
  return startServer({ dir, interval: 50, thresholds: noRules, ...more }, { fixture: 'crash.mjs', ...way })
}

/** A server of which the black box knows samples and requests that hang. */
async function busy(dir: string, more: ServerOptions = {}, way: Way = {}): Promise<RunningServer> {
  const server = await start(dir, more, way)
  for (let id = 1; id <= 3; id++) fetch(`${server.base}/stall/${id}?token=s3cret`).catch(() => {})
  await eventually('the black box has the requests, and samples that count them', () => {
    const box = boxOf(server)
    return box.includes('"total":3,') && box.split('"inFlight":3,').length > 2
  })
  return server
}

const boxOf = (server: RunningServer) =>
  readdirSync(runOf(server))
    .filter(name => name.startsWith('box.'))
    .map(name => readFileSync(join(runOf(server), name), 'utf8'))
    .join('')

const crashes = async (dir: string) => (await manifestsIn(dir)).filter(({ trigger }) => trigger.rule === 'crash')

/** Starts another server in that directory and resolves with the dumps of crashes, once it has looked at every run. */
async function afterRestart(dir: string, more: ServerOptions = {}, expected = 1, way: Way = {}) {
  const next = await start(dir, more, way)
  await eventually('the runs of the dead are gone', () => runsIn(dir).every(path => path === runOf(next)))
  const found = await crashes(dir)
  expect(found.map(({ summary }) => summary.text)).toHaveLength(expected)
  return { next, found, crash: found[0] as Manifest }
}

/** Kills it when the black box says that its event loop is blocked: at rest it would be an ordinary stop. */
async function killBlocked(server: RunningServer) {
  server.child.send('block')
  await eventually('the block is on record', () => /"blockedFor":\d{4}/.test(boxOf(server)))
  server.child.kill('SIGKILL')
  return server.exit
}

function end(server: RunningServer, how: string) {
  if (how === 'kill -9 of a blocked one') return killBlocked(server)
  if (how === 'kill -9') server.child.kill('SIGKILL')
  else server.child.send(how)
  return server.exit
}

const causeOf = (manifest: Manifest) => manifest.summary.findings.find(({ kind }) => kind === 'crash')?.data?.cause

const ways: [how: string, cause: string, text: RegExp][] = [
  ['kill -9 of a blocked one', 'killed', /killed without a word, by SIGKILL.* after its event loop was blocked for \d/],
  [
    'throw',
    'uncaught-exception',
    /an uncaught exception: TypeError: failed on purpose .* in .*failOnPurpose.*crash\.mjs:13/,
  ],
  ['reject', 'unhandled-rejection', /an unhandled rejection: RangeError: rejected on purpose in .*crash\.mjs/],
  ['handled', 'uncaught-exception', /TypeError: failed on purpose .* after which a handler ended it with code 5/],
  ['close after an exception', 'uncaught-exception', /TypeError: failed on purpose/],
  ['abort', 'abort', /called process\.abort\(\) in .*giveUp.*crash\.mjs:17/],
  ['exit', 'exit', /ended itself with exit code 3, by process\.exit\(\) in .*crash\.mjs:\d+/],
  [
    'reject, with a handler that exits',
    'unhandled-rejection',
    /RangeError: rejected on purpose in .*crash\.mjs.* after which a handler ended it with code 1/,
  ],
  ['reject, with a handler that closes', 'unhandled-rejection', /rejected on purpose.*ended it with code 1/],
]

describe('a process that died is a dump at the next start', () => {
  const atEnd = endOfAll()
  const died = new Map<string, RunningServer>()
  let next: RunningServer
  let found: Manifest[]
  // One for each way, and one that looks at all of them.
  beforeAll(async () => {
    const dir = temporaryDirectory(atEnd)
    await Promise.all(ways.map(async ([how]) => died.set(how, await busy(dir, {}, { atEnd }))))
    await Promise.all([...died].map(([how, server]) => end(server, how)))
    const after = await afterRestart(dir, { limits: { maxPerHour: 3 * ways.length } }, ways.length, { atEnd })
    next = after.next
    found = after.found
  })

  it('and each is one of the list', async () => {
    const listed = (await (await next.admin('?rule=crash')).json()) as { dumps: { id: string }[] }
    expect(listed.dumps.map(({ id }) => id).sort()).toEqual(found.map(({ id }) => id).sort())
    expect((await next.status()).dumps.byRule).toEqual({ 'process-crash': ways.length })
  })

  function crashOf(how: string) {
    const { pid } = (died.get(how) as RunningServer).child
    return { pid, crash: found.find(({ process }) => process.pid === pid) as Manifest }
  }

  it.each(ways)('%s', async (how, cause, text) => {
    const { pid, crash } = crashOf(how)
    expect(causeOf(crash)).toBe(cause)
    expect(crash.summary.text).toMatch(text)
    expect(crash.id).toMatch(new RegExp(`^\\d{8}T\\d{9}Z-${pid}-crash$`))
    expect(crash.summary.text).toMatch(new RegExp(`^\\S+ \\(process ${pid}\\) `))
    expect(crash).toMatchObject({ state: 'complete', trigger: { metric: null, rule: 'crash', value: null } })
    expect(crash.process).toMatchObject({ pid, node: process.version })
    expect(crash.samples.length).toBeGreaterThan(1)
    expect(crash.samples.at(-1)?.values.inFlight).toBe(3)
    expect(crash.summary.text).toContain('3 requests in flight, all of them GET /stall/:id')
    const answer = await next.admin(`/dumps/${crash.id}/requests.json`)
    expect(await answer.json()).toMatchObject({ total: 3, requests: [{ route: '/stall/:id' }, {}, {}] })
    expect(JSON.stringify(crash)).not.toMatch(/s3cret|hunter2/)
  })

  it('with the stack among its findings', () => {
    const { crash } = crashOf('throw')
    const words = crash.summary.findings.find(({ kind }) => kind === 'last-words')
    expect(words?.text).toMatch(/TypeError: failed on purpose at https:\/\/\S*db\.internal\/x\n\s+at .*failOnPurpose/)
  })

  it('with the source lines of its last words in the report, without secrets, unless they are switched off', async () => {
    const dir = temporaryDirectory()
    await end(await busy(dir), 'throw')
    const { next, crash } = await afterRestart(dir)
    const report = await (await next.admin(`/dumps/${crash.id}/report.md`)).text()
    expect(report).toMatch(/^> *13 \| {3}throw new TypeError\('failed on purpose at/m)
    expect(report).not.toMatch(/s3cret|hunter2/)
    next.child.send('abort')
    await next.exit
    const { found } = await afterRestart(dir, { explain: { sourceLines: false } }, 2)
    const [later] = found.filter(({ id }) => id !== crash.id)
    expect(later?.summary.text).toContain('process.abort()')
    expect(readFileSync(join(dir, later?.id as string, 'report.md'), 'utf8')).not.toContain('## Source')
  })

  it('with what the dump says that it had finished before, and the source lines of its culprit', async () => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    const asked = { method: 'POST', body: JSON.stringify({ capture: ['requests'], reason: 'before the end' }) }
    const { id } = (await (await server.admin('/trigger?wait=true', asked)).json()) as Manifest
    const file = join(dir, id, 'manifest.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    const blamed = { name: 'giveUp', file: 'test/fixtures/crash.mjs', line: 16, column: 1, owner: 'app' }
    manifest.summary.findings.push({ kind: 'culprit', text: 'it gave up', data: { function: blamed } })
    writeFileSync(file, JSON.stringify(manifest))
    await killBlocked(server)
    const { crash } = await afterRestart(dir)
    const last = crash.summary.findings.find(({ kind }) => kind === 'last-dump')
    expect(last?.text).toMatch(new RegExp(`^its dump ${id}, begun .* before the end, says: "Captured by hand`))
    expect(readFileSync(join(dir, crash.id, 'report.md'), 'utf8')).toMatch(/^>16 \| function giveUp\(\) \{$/m)
  })

  it('heap out of memory', async () => {
    const dir = temporaryDirectory()
    await end(await busy(dir, {}, { execArgv: ['--max-old-space-size=256'] }), 'fill the heap')
    const { crash } = await afterRestart(dir)
    expect(causeOf(crash)).toBe('heap-out-of-memory')
    expect(crash.summary.text).toMatch(/probably ran out of JavaScript heap \(.* full at the end, and no last words\)/)
  })

  it("heap out of memory with Node's own report, which is taken along without its environment", async () => {
    const dir = temporaryDirectory()
    const reports = temporaryDirectory()
    const execArgv = ['--max-old-space-size=256', '--report-on-fatalerror', `--report-directory=${reports}`]
    await end(await busy(dir, {}, { execArgv }), 'fill the heap')
    const { next, crash } = await afterRestart(dir)
    expect(crash.summary.text).toMatch(/ran out of JavaScript heap \(Node's report: .*heap out of memory/)
    expect(crash.summary.text).not.toContain('probably')
    const report = (await (await next.admin(`/dumps/${crash.id}/report.json`)).json()) as { header: object }
    expect(report.header).toMatchObject({ trigger: 'OOMError', processId: crash.process.pid })
    expect(report).not.toHaveProperty('environmentVariables')
    expect(readdirSync(reports)).toHaveLength(1)
  })

  it('an OOM kill of the control group', async () => {
    const dir = temporaryDirectory()
    const counter = join(temporaryDirectory(), 'memory.events')
    const server = await busy(dir)
    await end(server, 'kill -9')
    writeFileSync(counter, 'oom 1\noom_kill 1\n')
    const { ino: inode } = await import('node:fs').then(({ statSync }) => statSync(counter))
    change(server, about => ({ ...about, oom: { file: counter, inode, kills: 0 } }))
    // What the kernel of this machine counted is none of this test's business.
    for (const name of readdirSync(runOf(server)).filter(name => name.startsWith('box.')))
      writeFileSync(
        join(runOf(server), name),
        readFileSync(join(runOf(server), name), 'utf8').replace(/^.*oomKills.*\n/gm, ''),
      )
    const { crash } = await afterRestart(dir)
    expect(causeOf(crash)).toBe('oom-kill')
    expect(crash.summary.text).toMatch(
      /killed by the kernel for want of memory \(the control group counts 1 more OOM kill/,
    )
  })

  it('a reboot of the machine', async () => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    await killBlocked(server)
    change(server, about => ({ ...about, process: { ...about.process, bootId: 'the boot before' } }))
    const longAgo = new Date('2001-01-01')
    for (const name of readdirSync(runOf(server))) utimesSync(join(runOf(server), name), longAgo, longAgo)
    const { crash } = await afterRestart(dir)
    expect(causeOf(crash)).toBe('reboot')
    expect(crash.summary.text).toContain('the machine went down')
  })

  it('killed, and not by an exception that it has survived', async () => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    const survived = new Promise(resolve => server.child.once('message', resolve))
    server.child.send('survived')
    await survived
    const then = Date.now()
    await eventually(
      'a sample shows that it lives on',
      async () => ((await server.status()).sample?.at ?? 0) > then + 100,
    )
    await end(server, 'kill -9')
    const { crash } = await afterRestart(dir)
    expect(causeOf(crash)).toBe('killed')
  })

  it('a death by a signal that is no SIGTERM, since that is handled', async () => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    server.child.send('handle SIGTERM')
    await eventually('noted', () => boxOf(server).includes('SIGTERM'))
    await killBlocked(server)
    const { crash } = await afterRestart(dir)
    expect(crash.summary.text).toContain('another signal that it does not handle (it handles SIGTERM')
  })
})

interface About {
  process: Record<string, unknown>
  [field: string]: unknown
}

/** Changes what a run says of itself. */
function change(server: RunningServer, how: (about: About) => About): void {
  const path = join(runOf(server), 'run.json')
  writeFileSync(path, JSON.stringify(how(JSON.parse(readFileSync(path, 'utf8')))))
}

describe('a process that ended as it should leaves no dump', () => {
  it('close, exit 0 and exit 143', async () => {
    const dir = temporaryDirectory()
    const ways = ['close', 'exit 0', 'exit 143']
    const servers = await Promise.all(ways.map(() => busy(dir)))
    await Promise.all(servers.map((server, index) => end(server, ways[index] as string)))
    await afterRestart(dir, {}, 0)
  })

  it('and nothing is kept where the black box is off', async () => {
    const dir = temporaryDirectory()
    const off = { blackBox: { enabled: false } }
    const server = await start(dir, off)
    await server.warm()
    expect(runsIn(dir)).toEqual([])
    await end(server, 'kill -9')
    await start(dir, off)
    expect(await crashes(dir)).toEqual([])
  })
})

describe('a capture that was cut short by the death of the process', () => {
  const long = { method: 'POST', body: JSON.stringify({ capture: ['requests', 'cpu-profile'], duration: 60_000 }) }

  it.each(['exit 1', 'kill -9', 'throw'])('is saved as far as it was whole: %s', async how => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    const { id } = (await (await server.admin('/trigger', long)).json()) as { id: string }
    const temporary = join(dir, `.tmp-${id}`)
    const finished = () => readFileSync(join(temporary, '.finished'), 'utf8')
    await eventually('the requests are written, and what was recorded', () => {
      const isThere = existsSync(join(temporary, '.finished'))
      return isThere && finished().includes('requests.json') && finished().includes('cpu-before.cpuprofile')
    })
    const first = join(temporary, 'manifest.json')
    const manifest = await eventually(
      'the first manifest',
      () => existsSync(first) && (JSON.parse(readFileSync(first, 'utf8')) as Manifest),
    )
    const said = manifest.summary
    const blamed = { name: 'blockForEver', file: 'test/fixtures/crash.mjs', line: 42, column: 1, owner: 'app' }
    said.findings.push({ kind: 'culprit', text: 'it blocks', data: { function: blamed } })
    writeFileSync(first, JSON.stringify(manifest))
    writeFileSync(join(temporary, 'half.cpuprofile'), '{') // What it might have been writing.
    await end(server, how)
    const { next, crash } = await afterRestart(dir)
    expect(crash.state).toBe('partial')
    const saved = { state: 'complete', salvagedFrom: id }
    expect(crash.artifacts.toSorted((a, b) => (a.file < b.file ? -1 : 1))).toMatchObject([
      // What the recorder had is on disk before the profile begins.
      { file: 'cpu-before.cpuprofile', kind: 'cpu-profile', phase: 'before', ...saved },
      { file: 'requests-2.json', kind: 'requests', phase: 'before' },
      { file: 'requests.json', kind: 'requests', ...saved },
    ])
    expect(crash.summary.text).toMatch(
      new RegExp(
        `the dump ${id} was being captured.*: .*requests.json.* saved, half.cpuprofile lost, it said so far: "`,
      ),
    )
    const cut = crash.summary.findings.find(({ kind }) => kind === 'unfinished-dump')
    expect(cut?.data).toMatchObject({ id, said: said.headline })
    const report = readFileSync(join(dir, crash.id, 'report.md'), 'utf8')
    expect(report).toMatch(/^> *42 \| function blockForEver\(\) \{$/m)
    const answer = await next.admin(`/dumps/${crash.id}/requests.json`)
    expect(await answer.json()).toMatchObject({ total: 3 })
    expect(readdirSync(dir).filter(name => name.startsWith('.tmp-'))).toEqual([])
    expect(readdirSync(join(dir, crash.id)).sort()).toEqual([
      'cpu-before.cpuprofile',
      'manifest.json',
      'report.md',
      'requests-2.json',
      'requests.json',
    ])
  })
})

describe('a capture that was cut short by an ordinary stop', () => {
  it('is published for itself at the next start, and is no crash', async () => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    const body = JSON.stringify({ capture: ['requests', 'cpu-profile'], duration: 60_000 })
    const { id } = (await (await server.admin('/trigger', { method: 'POST', body })).json()) as { id: string }
    const file = join(dir, `.tmp-${id}`, 'manifest.json')
    const { summary } = (await eventually(
      'the first manifest',
      () => existsSync(file) && JSON.parse(readFileSync(file, 'utf8')),
    )) as Manifest
    await end(server, 'exit 0')
    const next = await startServer({ dir }, { fixture: 'crash.mjs' })
    const [dump] = await eventually('the dump', async () => {
      const dumps = await manifestsIn(dir)
      return dumps.length > 0 && dumps
    })
    expect(dump).toMatchObject({
      id,
      state: 'partial',
      trigger: { rule: 'manual' },
      process: { pid: server.child.pid },
    })
    expect(dump?.summary.headline).toBe(summary.headline)
    expect(dump?.summary.text).toContain('since the process ended with exit code 0 while it was captured')
    expect(dump?.artifacts.map(one => one.file)).toContain('cpu-before.cpuprofile')
    const answer = await next.admin(`/dumps/${id}/cpu-before.cpuprofile`)
    expect(answer.status).toBe(200)
    await eventually('the run on record', async () => {
      const { runs } = (await (await next.admin('/runs')).json()) as { runs: { ending: string; exitCode: number }[] }
      return runs.length > 0 && runs.every(({ ending, exitCode }) => ending === 'stopped' && exitCode === 0)
    })
    expect(await manifestsIn(dir)).toHaveLength(1)
    expect(readdirSync(dir).filter(name => name.startsWith('.tmp-'))).toEqual([])
  })
})

describe('several processes in one directory', () => {
  it('do not take each other for dead', async () => {
    const dir = temporaryDirectory()
    const alive = await busy(dir)
    const other = await busy(dir)
    await end(other, 'throw')
    const third = await start(dir)
    await eventually('the crash is dumped', async () => (await crashes(dir)).length === 1)
    expect((await crashes(dir))[0]?.process.pid).toBe(other.child.pid)
    expect(runsIn(dir).sort()).toEqual([runOf(alive), runOf(third)].sort())
    expect(boxOf(alive)).not.toBe('')
  })

  it('that start at once make one dump of each crash', async () => {
    const dir = temporaryDirectory()
    const dead = await Promise.all([busy(dir), busy(dir), busy(dir)])
    await Promise.all(dead.map(server => end(server, 'throw')))
    const next = await Promise.all([start(dir), start(dir), start(dir)])
    const living = next.map(runOf).sort()
    await eventually('the runs of the dead are gone', () => runsIn(dir).sort().join() === living.join())
    const pids = (await crashes(dir)).map(manifest => manifest.process.pid).sort()
    expect(pids).toEqual(dead.map(server => server.child.pid).sort())
    for (const server of next) expect((await server.status()).errors).toEqual([])
  })

  it('may have got the number of a dead one', async () => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    await end(server, 'throw')
    change(server, about => ({ ...about, process: { ...about.process, pid: process.pid, startTicks: '1' } }))
    const { crash } = await afterRestart(dir)
    expect(crash.process.pid).toBe(process.pid)
  })

  it('leave the runs of other hosts alone while these may be alive', async () => {
    const dir = temporaryDirectory()
    const [foreign, dead] = [await busy(dir), await busy(dir)]
    await Promise.all([end(foreign, 'throw'), end(dead, 'throw')])
    change(foreign, about => ({ ...about, process: { ...about.process, host: 'elsewhere' } }))
    const next = await start(dir)
    await eventually('the other crash is dumped', () => runsIn(dir).length === 2)
    expect(runsIn(dir).sort()).toEqual([runOf(foreign), runOf(next)].sort())
    expect(await crashes(dir)).toHaveLength(1)
  })
})

describe('the black box', () => {
  it('is gone on with when the monitor thread has died', async () => {
    const dir = temporaryDirectory()
    const server = await start(dir, {}, { fixture: 'killable.mjs' })
    await server.warm()
    server.child.send('kill the thread')
    await eventually('the thread is back', async () => {
      const { thread, sample } = await server.status()
      return thread.restarts === 1 && sample
    })
    const before = boxOf(server).length
    await eventually('samples are written again', () => boxOf(server).length > before)
    await end(server, 'throw')
    await afterRestart(dir)
  })

  it('makes a dump of whatever is left when its files were cut short', async () => {
    const dir = temporaryDirectory()
    const server = await busy(dir)
    await end(server, 'throw')
    for (const name of readdirSync(runOf(server)).filter(name => name.startsWith('box.')))
      truncateSync(join(runOf(server), name), 100)
    const { crash, next } = await afterRestart(dir)
    expect(causeOf(crash)).toBe('uncaught-exception')
    expect((await next.status()).errors).toEqual([])
  })

  it('lets a crash loop have no more than a third of the dumps of an hour, and leaves no litter', async () => {
    const dir = temporaryDirectory()
    const limits = { limits: { maxPerHour: 6 } }
    for (let life = 0; life < 4; life++) {
      const server = await start(dir, limits)
      await eventually('it has looked at the run before', () => runsIn(dir).length === 1)
      await end(server, 'throw')
    }
    const { next } = await afterRestart(dir, limits, 2)
    const errors = await eventually('the next sample, which tells', async () => {
      const known = (await next.status()).errors
      return known.length > 0 && known
    })
    expect(errors).toMatchObject([{ what: 'dump a crash' }])
    expect(errors[0]?.message).toContain('2 crashes were dumped within the last hour')
    const answer = await next.admin('/trigger', { method: 'POST', body: JSON.stringify({ capture: ['requests'] }) })
    expect(answer.status).toBe(202)
  })
})
