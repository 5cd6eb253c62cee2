import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import cli from '@autodump/cli/package.json' with { type: 'json' }
import type { DumpPage, RunRecord } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, temporaryDirectory } from '../support.js'

const { resolve } = createRequire(import.meta.url)
const main = join(dirname(resolve('@autodump/cli/package.json')), cli.bin.autodump)

it.skipIf(process.platform === 'win32')(
  'two programs of one user share no directory, and the command line finds both',
  {
    timeout: 180_000,
  },
  async () => {
    const tmp = temporaryDirectory()
    const { AUTODUMP_DIR, AUTODUMP_TOKEN, ...inherited } = process.env
    const env = { ...inherited, TMPDIR: tmp, AUTODUMP_INTERVAL: '50', AUTODUMP_THRESHOLDS: JSON.stringify(noRules) }
    const autodump = (...args: string[]) =>
      JSON.parse(execFileSync(process.execPath, [main, ...args, '--json'], { env, encoding: 'utf8' }))

    /** Starts a program of that name, which throws when its standard input ends. */
    async function start(name: string) {
      const home = join(temporaryDirectory(), name)
      mkdirSync(home)
      writeFileSync(join(home, 'package.json'), JSON.stringify({ name: `@acme/${name}`, type: 'module' }))
      const end = 'process.stdin.resume(); process.stdin.on("end", () => { throw new Error("the end of it") })'
      writeFileSync(join(home, 'server.js'), end)
      const register = `file://${resolve('@autodump/core/register')}`
      const child = spawn(process.execPath, ['--import', register, join(home, 'server.js')], { env })
      onTestFinished(() => void child.kill('SIGKILL'))
      const dir = join(tmp, 'autodump', `acme-${name}`)
      await eventually('it can be asked', () => {
        const control = join(dir, '.control')
        return existsSync(control) && readdirSync(control).some(file => file.startsWith(`${child.pid}-`))
      })
      const exit = new Promise(resolve => child.once('exit', resolve))
      return { child, dir, exit }
    }

    const [shop, till] = [await start('shop'), await start('till')]
    const ids = [shop, till].map(({ child }) => {
      const { id } = autodump('trigger', '--pid', String(child.pid), '--capture', 'requests') as { id: string }
      return id
    })
    const listed = autodump('ls') as DumpPage
    expect([listed.dumps.map(({ id }) => id), listed.total]).toEqual([ids.toReversed(), 2])
    const page = autodump('ls', '--limit', '1') as DumpPage
    expect([page.dumps.map(({ id }) => id), typeof page.next]).toEqual([[ids[1]], 'string'])
    for (const id of ids) expect(autodump('show', id)).toMatchObject({ id })

    till.child.stdin.end()
    await till.exit
    const again = await start('shop')
    const next = await start('till')
    const crash = await eventually('the crash is dumped', async () =>
      (await manifestsIn(next.dir)).find(({ trigger }) => trigger.rule === 'crash'),
    )
    expect(crash.summary.text).toMatch(new RegExp(`^@acme/till \\(process ${till.child.pid}\\) ended with an uncaught`))
    expect((await manifestsIn(again.dir)).map(({ id }) => id)).toEqual([ids[0]])
    const { runs } = await eventually('it is on record', () => {
      const answer = autodump('runs') as { runs: RunRecord[] }
      return answer.runs.length > 0 && answer
    })
    expect(runs.map(({ program, pid }) => [program, pid])).toEqual([['@acme/till', till.child.pid]])
  },
)
