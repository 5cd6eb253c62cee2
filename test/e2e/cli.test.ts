import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import cli from '@autodump/cli/package.json' with { type: 'json' }
import type { DumpPage, Manifest, Status } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory, token } from '../support.js'

const main = join(dirname(createRequire(import.meta.url).resolve('@autodump/cli/package.json')), cli.bin.autodump)

interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** Starts the command; `text` is what it has printed so far. */
function start(args: string[], { cwd = temporaryDirectory(), env = {} as Record<string, string> } = {}) {
  const { AUTODUMP_TOKEN, ...inherited } = process.env
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...inherited, ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  const done = new Promise<Ran>(resolve => child.once('close', code => resolve({ code, stdout, stderr })))
  return { child, done, text: () => stdout }
}

async function autodump(args: string[], options: Parameters<typeof start>[1] = {}): Promise<Ran> {
  const ran = await start(args, options).done
  expect(ran.stderr, 'no stack traces').not.toMatch(/\n\s+at /)
  return ran
}

/** The same, for what must succeed. */
async function ok(args: string[], options: Parameters<typeof start>[1] = {}): Promise<string> {
  const { code, stdout, stderr } = await autodump(args, options)
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

const quiet = { interval: 100, thresholds: noRules }
const at = ({ dir }: RunningServer) => ['--dir', dir]
const jsonOf = async <T>(args: string[]): Promise<T> => JSON.parse(await ok([...args, '--json']))

describe('the command line with a process on this machine', () => {
  it('makes a dump, lists, shows, pulls and removes it, for people and for machines', async () => {
    const server = await startServer({ ...quiet, labels: { service: 'shop' } })
    const dir = at(server)
    expect(await ok(['ls', ...dir])).toBe('')

    const capture = ['--capture', 'cpu-profile,requests', '--duration', '300ms', '--reason', 'to try it']
    expect(await ok(['trigger', ...dir, ...capture])).toMatch(/^Captured by hand: to try it[.;] .*\.\n$/)
    const { dumps } = await jsonOf<DumpPage>(['ls', ...dir])
    expect(dumps).toHaveLength(1)
    const { id } = dumps[0] as DumpPage['dumps'][0]
    expect(await ok(['ls', ...dir])).toMatch(
      new RegExp(`^ID +AGE +STATE +SIZE +SUMMARY\n${id} .* complete .*to try it`),
    )

    const shown = await ok(['show', id, ...dir])
    expect(shown).toContain('labels    service=shop')
    expect(shown).toMatch(/cpu\.cpuprofile +cpu-profile +during/)
    const manifest = await jsonOf<Manifest>(['show', id, ...dir])
    expect(manifest).toMatchObject({ id, state: 'complete', trigger: { reason: 'to try it' } })

    const cwd = temporaryDirectory()
    const printed = (await ok(['pull', id, ...dir], { cwd })).trim().split('\n')
    expect(printed.map(path => path.replace(`${cwd}/${id}/`, '')).sort()).toEqual(readdirSync(join(cwd, id)).sort())
    expect(readdirSync(join(cwd, id)).sort()).toEqual(
      ['manifest.json', 'report.md', ...manifest.artifacts.map(({ file }) => file)].sort(),
    )
    expect(JSON.parse(readFileSync(join(cwd, id, 'manifest.json'), 'utf8'))).toEqual(manifest)

    const report = readFileSync(join(cwd, id, 'report.md'), 'utf8')
    expect(report).toMatch(/^# autodump: dump by hand\n\n```text\nCaptured by hand \(to try it\)/)
    for (const what of [id, join(cwd, id), join(cwd, id, 'manifest.json')])
      expect(await ok(['explain', what, ...dir])).toBe(report)
    rmSync(join(cwd, id, 'report.md'))
    expect(await ok(['explain', join(cwd, id)])).toContain('Captured by hand (to try it)')
    expect(await ok(['explain', join(cwd, id, 'cpu.cpuprofile')])).toContain('# autodump: `cpu.cpuprofile`')
    expect(await autodump(['explain', 'nothing', ...dir])).toMatchObject({ code: 3 })

    const profile = join(cwd, id, 'cpu.cpuprofile')
    expect(await ok(['analyze', profile])).toMatch(/^CPU profile: /)
    expect(await jsonOf(['analyze', profile])).toMatchObject({ kind: 'cpu-profile', file: 'cpu.cpuprofile' })

    expect(await jsonOf(['rm', id, ...dir])).toEqual({ removed: [id], missing: [] })
    expect(await jsonOf(['ls', ...dir])).toEqual({ dumps: [], total: 0 })
  })

  it('never overwrites what is there, unless told to, and leaves nothing half written', async () => {
    const server = await startServer(quiet)
    const { id } = await jsonOf<Manifest>(['trigger', ...at(server), '--capture', 'requests'])
    const out = temporaryDirectory()
    const pull = ['pull', id, 'requests.json', ...at(server), '--out', out]
    writeFileSync(join(out, 'requests.json'), 'mine')
    const refused = await autodump(pull)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') })
    expect(readFileSync(join(out, 'requests.json'), 'utf8')).toBe('mine')
    await ok([...pull, '--force'])
    expect(JSON.parse(readFileSync(join(out, 'requests.json'), 'utf8'))).toHaveProperty('total')
    expect(readdirSync(out)).toEqual(['requests.json'])
    const unknown = await autodump(['pull', id, 'nothing.json', ...at(server), '--out', out])
    expect(unknown).toMatchObject({ code: 3, stderr: expect.stringContaining('only requests.json') })
  })

  it('does not wait when told so, shows what is being captured, and says that it is busy', async () => {
    const server = await startServer(quiet)
    const args = ['trigger', ...at(server), '--duration', '1m', '--no-wait']
    const id = (await ok(args)).trim()
    expect(await jsonOf(['show', id, ...at(server)])).toMatchObject({ id, state: 'capturing' })
    expect(await ok(['show', id, ...at(server)])).toContain('capturing')
    const busy = await autodump(args)
    expect(busy).toMatchObject({ code: 5, stderr: expect.stringMatching(/is being captured.*try again in \d+ s/) })
    server.child.send('close')
    await server.exit
    expect(await jsonOf(['show', id, ...at(server)])).toMatchObject({ id, state: 'partial' })
  })

  it('gives up what is being captured, and then there is room for another', async () => {
    const server = await startServer(quiet)
    const waiting = autodump(['trigger', ...at(server), '--duration', '1m'])
    const { id } = await eventually('capturing', async () => (await server.status()).capture)
    expect(await jsonOf(['cancel', id, ...at(server)])).toEqual({ cancelled: id })
    expect(await waiting).toMatchObject({ code: 1, stderr: expect.stringContaining('was given up') })
    expect(await jsonOf(['ls', ...at(server)])).toMatchObject({ dumps: [] })
    const made = await jsonOf<Manifest>(['trigger', ...at(server), '--capture', 'requests'])
    expect(await autodump(['cancel', made.id, ...at(server)])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('is not being captured any more'),
    })
    expect(await autodump(['cancel', '../status', ...at(server)])).toMatchObject({ code: 3 })
  })

  it('answers while the app thread is blocked', async () => {
    const server = await startServer(quiet)
    await eventually('a sample', async () => (await server.status()).sample)
    fetch(`${server.base}/block?ms=60000`).catch(() => {})
    await eventually('blocked', async () => (await jsonOf<Status>(['status', ...at(server)])).blockedFor > 500)
    expect(await ok(['status', ...at(server)])).toMatch(/running, blocked for \d/)
    expect(await ok(['trigger', ...at(server), '--duration', '500'])).toContain('endlessLoop')
    expect(await ok(['thresholds', 'set', 'cpu.min=30', ...at(server)])).toBe('cpu.min  20% -> 30%\n')
  })

  it('tells when it hangs, and reads the dumps all the same', async () => {
    const server = await startServer(quiet)
    await ok(['trigger', ...at(server), '--capture', 'requests'])
    server.child.kill('SIGSTOP')
    const hung = await autodump(['status', ...at(server)])
    expect(hung).toMatchObject({ code: 4, stderr: expect.stringContaining('does not answer') })
    expect((await jsonOf<DumpPage>(['ls', ...at(server)])).dumps).toHaveLength(1)
  })

  it('has to be told which one, where there are several', async () => {
    const one = await startServer({ ...quiet, labels: { service: 'one' } })
    const two = await startServer({ ...quiet, dir: one.dir })
    const unclear = await autodump(['status', ...at(one)])
    expect(unclear.code).toBe(4)
    expect(unclear.stderr).toContain(`${one.child.pid} shop.mjs (service=one)`)
    expect(unclear.stderr).toContain(`${two.child.pid} shop.mjs`)
    const status = await jsonOf<Status>(['status', ...at(one), '--pid', String(two.child.pid)])
    expect(status.pid).toBe(two.child.pid)
    const missing = await autodump(['status', ...at(one), '--pid', '1'])
    expect(missing).toMatchObject({ code: 4, stderr: expect.stringContaining('no monitored process 1') })
    // The directory is one, so its dumps need no choice.
    expect(await jsonOf(['ls', ...at(one)])).toEqual({ dumps: [], total: 0 })
  })

  it('is tuned, whole or not at all', async () => {
    const server = await startServer(quiet)
    const set = ['thresholds', 'set', ...at(server)]
    expect(await ok([...set, 'cpu.watermark=70', 'heap.leak=null'])).toBe(
      'cpu.watermark  80% -> 70%\nheap.leak  4 h -> null\n',
    )
    expect(await autodump([...set, 'cpu.watermark=70'])).toMatchObject({ code: 0, stderr: 'nothing has changed\n' })
    const invalid = await autodump([...set, 'cpu.min=5', 'cpu.watermark=-1', 'cpu.what=1'])
    expect(invalid.code).toBe(2)
    expect(invalid.stderr).toMatch(/cpu.what is not a field that exists here; cpu.watermark must be > 0, got -1/)
    expect(await jsonOf(['thresholds', 'get', 'cpu', ...at(server)])).toMatchObject({ cpu: { watermark: 70, min: 20 } })
    expect(await ok(['thresholds', 'get', ...at(server)])).toMatch(/^METRIC .*\ncpu +false +20% +25% +70% /)
    expect((await autodump(['thresholds', 'get', 'fuel', ...at(server)])).code).toBe(3)
  })

  it('is followed live, until it is enough', async () => {
    const server = await startServer(quiet)
    const top = start(['top', ...at(server)])
    await eventually('three samples', () => top.text().split('\n').length > 3)
    top.child.kill('SIGINT')
    expect(await top.done).toMatchObject({ code: 0, stderr: '' })
    expect(top.text()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d cpu=.* inFlight=0 /)

    const recording = start(['top', '--json', ...at(server)])
    await eventually('three events', () => recording.text().split('\n').length > 3)
    server.child.send('close')
    expect(await recording.done).toMatchObject({ code: 4, stderr: expect.stringContaining('has ended') })
    // What was recorded can be replayed.
    const series = join(temporaryDirectory(), 'samples.jsonl')
    writeFileSync(series, recording.text())
    const replayed = await jsonOf<{ samples: number }>(['replay', series])
    expect(replayed.samples).toBe(recording.text().match(/"event":"sample"/g)?.length)
  })
})

describe('the command line with a process that is dead', () => {
  it('the dumps are still there to be listed, shown, pulled and removed', async () => {
    const server = await startServer(quiet)
    const { id } = await jsonOf<Manifest>(['trigger', ...at(server), '--capture', 'requests'])
    server.child.kill('SIGKILL')
    await server.exit
    const commands = [['status'], ['trigger'], ['top'], ['thresholds', 'get']]
    const refused = await Promise.all(commands.map(command => autodump([...command, ...at(server)])))
    for (const { code, stderr } of refused)
      expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('no monitored process') })
    // By the environment, too.
    const env = { AUTODUMP_DIR: server.dir }
    expect(await ok(['ls'], { env })).toContain(id)
    expect(await ok(['show', id], { env })).toContain('requests.json')
    const cwd = temporaryDirectory()
    await ok(['pull', id], { env, cwd })
    expect(readdirSync(join(cwd, id)).sort()).toEqual(['manifest.json', 'report.md', 'requests.json'])
    await ok(['rm', id], { env })
    expect(await autodump(['rm', id], { env })).toMatchObject({ code: 3, stderr: expect.stringContaining(id) })
    expect((await autodump(['show', id], { env })).code).toBe(3)
  })

  it('what a dump says cannot command the terminal', async () => {
    const server = await startServer(quiet)
    const { id } = await jsonOf<Manifest>(['trigger', ...at(server), '--capture', 'requests'])
    const file = join(server.dir, id, 'manifest.json')
    const evil = JSON.parse(readFileSync(file, 'utf8'))
    evil.summary.headline = 'GET /\u001b[2J\u009b31m\u202e'
    evil.summary.text = evil.summary.headline
    writeFileSync(file, JSON.stringify(evil))
    for (const args of [['ls'], ['show', id], ['ls', '--json'], ['show', id, '--json']]) {
      const printed = await ok([...args, ...at(server)])
      expect(printed).toContain('GET /\\u001b[2J\\u009b31m\\u202e')
      expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
  })
})

describe('the command line with a URL', () => {
  it('takes the token from the environment, a file or an option, and says when it is wrong', async () => {
    const server = await startServer(quiet)
    const url = ['--url', server.base]
    const file = join(temporaryDirectory(), 'token')
    writeFileSync(file, `${token}\n`)
    expect(JSON.parse(await ok(['status', ...url, '--json'], { env: { AUTODUMP_TOKEN: token } }))).toMatchObject({
      pid: server.child.pid,
    })
    expect(await ok(['trigger', ...url, '--token-file', file, '--capture', 'requests'])).toContain('Captured by hand')
    const { dumps } = await jsonOf<DumpPage>(['ls', ...url, '--token', token])
    const cwd = temporaryDirectory()
    const id = dumps[0]?.id as string
    await ok(['pull', id, '--url', `${server.base}/debug/autodump/`, '--token', token], { cwd })
    expect(readdirSync(join(cwd, id)).sort()).toEqual(['manifest.json', 'report.md', 'requests.json'])
    await ok(['rm', id, ...url, '--token', token])

    for (const wrong of [[], ['--token', 'wrong-token']]) {
      const { code, stderr } = await autodump(['ls', ...url, ...wrong])
      expect(code).toBe(1)
      expect(stderr).toMatch(/^autodump: .*token.*\n$/)
      expect(stderr).not.toContain('wrong-token')
    }
  })

  it('says in one line when nobody is there, or somebody else', async () => {
    const gone = createServer().listen(0, '127.0.0.1')
    await eventually('a port', () => gone.listening)
    const { port } = gone.address() as { port: number }
    await new Promise(resolve => gone.close(resolve))
    const { code, stderr } = await autodump(['ls', '--url', `http://127.0.0.1:${port}`])
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 4, lines: 1 })
    const server = await startServer(quiet)
    const other = await autodump(['ls', '--url', `${server.base}/users`])
    expect(other).toMatchObject({ code: 3, stderr: expect.stringContaining('not one of autodump') })
    expect((await autodump(['ls', '--url', 'ftp://nowhere'])).code).toBe(2)
  })
})

describe('the command line without any process', () => {
  it('replays a series: which samples would have fired, and why', async () => {
    const dir = temporaryDirectory()
    const write = (name: string, text: string) => {
      writeFileSync(join(dir, name), text)
      return join(dir, name)
    }
    const values = [...Array.from({ length: 20 }, () => 30), 95, 30]
    const csv = write(
      'cpu.csv',
      ['timestamp,value', ...values.map((cpu, index) => `${1.7e9 + index},${cpu}`)].join('\n'),
    )
    const metric = ['--metric', 'cpu']
    expect(await ok(['replay', csv, ...metric])).toBe(
      '2023-11-14 22:13:40  cpu watermark  95% is at or above the watermark 80%\n22 samples over 21.0 s: 1 dump (cpu-watermark 1)\n',
    )
    const high = write('high.json', '{"cpu":{"watermark":99}}')
    expect(await jsonOf(['replay', csv, ...metric, '--thresholds', high])).toMatchObject({ totals: { 'cpu-spike': 1 } })
    const off = write('options.json', '{"dir":"/x","thresholds":{"cpu":{"watermark":99,"spike":null}}}')
    expect(await ok(['replay', csv, ...metric, '--thresholds', off])).toContain('no dump')
    const wrong = write('wrong.json', '{"cpu":{"watermark":"high"}}')
    const refused = await autodump(['replay', csv, ...metric, '--thresholds', wrong])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('cpu.watermark') })
    expect((await autodump(['replay', csv])).code).toBe(2)
    expect((await autodump(['replay', join(dir, 'none')])).code).toBe(3)
  })

  it('exits with 2 for what it does not understand, and with 0 for help', async () => {
    const wrong = [['nonsense'], ['ls', '--nonsense'], ['show'], ['ls', '--limit', 'x'], ['thresholds'], []]
    const refused = await Promise.all(wrong.map(async args => ({ args, ...(await autodump(args)) })))
    for (const { args, code, stdout, stderr } of refused)
      expect({ args, code, stdout, stderr }).toEqual({ args, code: 2, stdout: '', stderr: expect.stringMatching(/./) })
    for (const help of await Promise.all([['--help'], ['ls', '--help'], ['--version']].map(args => ok(args))))
      expect(help).not.toBe('')
    expect((await autodump(['analyze', main])).code).toBe(2)
    expect((await autodump(['analyze', '/nowhere/a.cpuprofile'])).code).toBe(3)
  })

  it('is quiet when nobody reads on', async () => {
    const dir = temporaryDirectory()
    // More than a pipe holds, so that the command is still writing when its reader leaves.
    const lines = Array.from({ length: 20_000 }, (_, index) => `${1.7e9 + index * 120},${index % 2 === 0 ? 95 : 10}`)
    writeFileSync(join(dir, 'cpu.csv'), lines.join('\n'))
    const command = `"${process.execPath}" "${main}" replay "${dir}/cpu.csv" --metric cpu | head -n 1`
    const child = spawn('sh', ['-c', command])
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', chunk => (stdout += chunk))
    child.stderr.on('data', chunk => (stderr += chunk))
    await new Promise(resolve => child.once('close', resolve))
    expect(stdout).toMatch(/^\S+ \S+ +cpu watermark .*\n$/)
    expect(stderr).toBe('')
  })
})
