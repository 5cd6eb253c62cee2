import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import cli from '@autodump/cli/package.json' with { type: 'json' }
import type { DumpPage, Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'
import { asUser } from '../users.js'

/** Only root can be two users. */
const isRoot = process.getuid?.() === 0
const stranger = 65534
const quiet = { interval: 100, thresholds: noRules }
const dead = 4_000_000

/** A directory in which everybody may make files, as `/tmp`. */
function sharedDirectory(): string {
  const dir = temporaryDirectory()
  chmodSync(dir, 0o1777)
  return dir
}

const give = (path: string) => lchownSync(path, stranger, stranger)
const fifo = (path: string) => void execFileSync('mkfifo', [path])
const trigger = { method: 'POST', body: JSON.stringify({ capture: ['requests', 'report'] }) }

async function dumpOf(server: RunningServer): Promise<Manifest> {
  const response = await server.admin('/trigger?wait=true', trigger)
  expect(response.status).toBe(201)
  return (await response.json()) as Manifest
}

const listOf = async (server: RunningServer) => ((await (await server.admin('')).json()) as DumpPage).dumps
const sampled = (server: RunningServer) => eventually('a sample', async () => (await server.status()).sample)

/** Names, kinds and times of all that a stranger has. */
const stateOf = (dir: string) =>
  execFileSync('find', [dir, '-user', String(stranger), '-printf', '%p %y %s %T@\n']).toString()

describe.runIf(isRoot)('in a directory where a stranger has taken every name', { timeout: 180_000 }, () => {
  /** Ids have the time in them: these are of now, and belong to nobody who lives. */
  const idOf = (second: number) => `20261124T00000${second}000Z-${dead}-cpu-spike`

  function hostileDirectory(): { dir: string; precious: string } {
    const dir = sharedDirectory()
    const precious = join(temporaryDirectory(), 'precious')
    writeFileSync(precious, 'precious')
    for (const room of ['.black-box', '.control', '.pins', '.locks']) {
      mkdirSync(join(dir, room))
      chmodSync(join(dir, room), 0o777)
    }
    const run = join(dir, '.black-box', `${dead}-0123456789ab`)
    mkdirSync(run)
    for (const name of ['run.json', 'error.json', 'box.0']) fifo(join(run, name))
    symlinkSync(precious, join(run, 'exit.json'))
    fifo(join(dir, '.control', '1-abcdef01.json'))
    symlinkSync('/dev/zero', join(dir, '.control', '2-abcdef01.json'))
    writeFileSync(join(dir, '.pins', idOf(1)), '')
    fifo(join(dir, '.limits.json'))
    writeFileSync(join(dir, '.limits.json.lock'), '')
    writeFileSync(join(dir, '.notify-0123456789abcdef.json'), '{}')
    fifo(join(dir, '.notify-1123456789abcdef.json'))
    for (const [second, set] of [fifo, (path: string) => symlinkSync('/dev/zero', path), huge].entries()) {
      mkdirSync(join(dir, `.tmp-${idOf(second)}`))
      set(join(dir, `.tmp-${idOf(second)}`, '.owner'))
      set(join(dir, `.tmp-${idOf(second)}`, '.finished'))
    }
    mkdirSync(join(dir, `.del-${idOf(1)}.ab12`))
    symlinkSync(dirname(precious), join(dir, `.del-${idOf(2)}.ab12`))
    mkdirSync(join(dir, idOf(3)))
    fifo(join(dir, idOf(3), 'manifest.json'))
    symlinkSync(dirname(precious), join(dir, idOf(4)))
    execFileSync('chown', ['-hR', `${stranger}:${stranger}`, ...readdirSync(dir).map(name => join(dir, name))])
    return { dir, precious }
  }

  function huge(path: string): void {
    writeFileSync(path, '')
    truncateSync(path, 2 * 1024 ** 3)
  }

  it('a process samples, dumps, pins, is found, ends at once, and its crash is known; nothing of his is touched', async () => {
    const { dir, precious } = hostileDirectory()
    const before = stateOf(dir)
    const server = await startServer({ dir, ...quiet }, { fixture: 'shop.mjs' })
    await sampled(server)
    const made = await dumpOf(server)
    expect(made.state).toBe('complete')
    expect((await listOf(server)).map(({ id, pinned }) => ({ id, pinned }))).toEqual([{ id: made.id, pinned: false }])
    expect((await server.admin(`/dumps/${made.id}/pin`, { method: 'PUT' })).status).toBeLessThan(300)
    expect((await listOf(server)).map(({ pinned }) => pinned)).toEqual([true])
    const { state, errors } = await server.status()
    expect(state).toBe('running')
    // One sentence for all that is not listed, and no other trouble.
    expect(errors.map(({ what }) => what)).toEqual(['a dump is left out of the list'])

    server.child.send('throw')
    expect((await server.exit).code).not.toBe(0)
    const next = await startServer({ dir, ...quiet })
    const crash = await eventually('the dump of the crash', async () =>
      (await listOf(next)).find(({ rule }) => rule === 'crash'),
    )
    expect(crash.summary).toContain('thrown on purpose')
    next.child.send('exit')
    expect(await next.exit).toEqual({ code: 7, signal: null })
    expect(stateOf(dir)).toBe(before)
    expect(readFileSync(precious, 'utf8')).toBe('precious')
  })

  it('a link where a run should be gets none of the last words, though the run itself is gone', async () => {
    const dir = sharedDirectory()
    const elsewhere = temporaryDirectory()
    const server = await startServer({ dir, ...quiet })
    await sampled(server)
    // In a directory without the sticky bit he may do that even to what is ours.
    const box = join(dir, '.black-box')
    const [run = ''] = readdirSync(box)
    const his = join(dir, 'his')
    mkdirSync(his)
    symlinkSync(elsewhere, join(his, run))
    give(join(his, run))
    give(his)
    renameSync(box, join(dir, 'aside'))
    renameSync(his, box)
    server.child.send('throw')
    await server.exit
    expect(readdirSync(elsewhere)).toEqual([])
  })
})

describe.runIf(process.platform !== 'win32')('a dump of ours in which something else has got', () => {
  it.each([
    ['a link', (path: string) => symlinkSync('/etc/passwd', path)],
    ['a link to an endless file', (path: string) => symlinkSync('/dev/zero', path)],
    ['a FIFO', fifo],
  ])('gives nothing of %s, and the others stay', async (_, set) => {
    const server = await startServer(quiet)
    await sampled(server)
    const made = await dumpOf(server)
    const [file = '', other = ''] = made.artifacts.map(artifact => artifact.file)
    execFileSync('rm', [join(server.dir, made.id, file)])
    set(join(server.dir, made.id, file))
    expect((await server.admin(`/dumps/${made.id}/${file}`)).status).toBe(404)
    expect((await server.admin(`/dumps/${made.id}/${other}`)).status).toBe(200)
    expect((await server.status()).state).toBe('running')
    server.child.send('exit')
    expect(await server.exit).toEqual({ code: 7, signal: null })
  })
})

describe.runIf(isRoot)('services of two users', { timeout: 180_000 }, () => {
  it('share a directory: each has its dumps, its limits, its crashes', async () => {
    const dir = sharedDirectory()
    const limits = { maxPerHour: 3 }
    const ours = await startServer({ dir, ...quiet, limits })
    await sampled(ours)
    const theirs = await startServer({ dir, ...quiet, limits }, asUser(stranger))
    await sampled(theirs)
    const mine = [await dumpOf(ours), await dumpOf(ours)].map(({ id }) => id)
    const other = await dumpOf(theirs)
    expect((await listOf(ours)).map(({ id }) => id).sort()).toEqual(mine.sort())
    expect((await listOf(theirs)).map(({ id }) => id)).toEqual([other.id])
    for (const server of [ours, theirs]) {
      expect((await (await server.admin('/instances')).json()) as object).toMatchObject({
        instances: [{ pid: server.child.pid }],
      })
      expect((await server.status()).quota.retryAfter).toBe(0)
    }
    theirs.child.send('throw')
    await theirs.exit
    const again = await startServer({ dir, ...quiet, limits }, asUser(stranger))
    const crash = await eventually('the dump of the crash', async () =>
      (await listOf(again)).find(({ rule }) => rule === 'crash'),
    )
    expect(crash.id).toContain(`-${theirs.child.pid}-crash`)
    expect((await listOf(ours)).map(({ id }) => id).sort()).toEqual(mine)
  })

  it('have default directories of their own, which the command line finds', async () => {
    const tmp = sharedDirectory()
    const { AUTODUMP_DIR, AUTODUMP_TOKEN, ...inherited } = process.env
    const env = { ...inherited, TMPDIR: tmp, AUTODUMP_INTERVAL: '50' }
    const as = (uid: number, ...args: string[]) => {
      const { execPath = process.execPath, execArgv = [], uid: own } = asUser(uid)
      const ids = own === undefined ? {} : { uid: own, gid: own }
      return [execPath, [...execArgv, ...args], { env, ...ids, cwd: dirname(import.meta.dirname) }] as const
    }
    const script = 'process.stdin.resume(); process.stdin.on("end", () => process.exit())'
    for (const uid of [0, stranger]) {
      const child = spawn(...as(uid, '--import', '@autodump/core/register', '-e', script))
      onTestFinished(() => void child.kill('SIGKILL'))
      let said = ''
      child.stderr.on('data', chunk => (said += chunk))
      await eventually('it samples', () => said.includes('a sample every'))
      const dir = join(tmp, uid === 0 ? 'autodump' : `autodump-${uid}`, 'autodump-test')
      expect(said).toContain(`dumps go to ${dir};`)
      expect(/of another user/.test(said)).toBe(uid !== 0)
      const main = join(dirname(createRequire(import.meta.url).resolve('@autodump/cli/package.json')), cli.bin.autodump)
      await eventually('the command line makes a dump by it', async () => {
        execFileSync(...as(uid, main, 'trigger', '--capture', 'requests'))
        return (await manifestsIn(dir)).length === 1
      })
      expect(existsSync(join(dir, '.black-box'))).toBe(true)
    }
  })
})
