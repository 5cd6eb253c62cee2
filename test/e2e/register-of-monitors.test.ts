import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import cli from '@autodump/cli/package.json' with { type: 'json' }
import type { DumpPage, Status } from '@autodump/core'
import { expect, it } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory } from '../support.js'

const main = join(dirname(createRequire(import.meta.url).resolve('@autodump/cli/package.json')), cli.bin.autodump)

/** Two programs with directories that nobody would guess, and a command line that is told neither. */
async function two() {
  const TMPDIR = temporaryDirectory()
  const start = (service: string) =>
    startServer({ interval: 100, thresholds: noRules, labels: { service } }, { env: { TMPDIR } })
  const [shop, till] = [await start('shop'), await start('till')]
  const { AUTODUMP_DIR, AUTODUMP_TOKEN, ...inherited } = process.env
  const autodump = (...args: string[]) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>(resolve => {
      const child = spawn(process.execPath, [main, ...args], { env: { ...inherited, TMPDIR } })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', chunk => (stdout += chunk))
      child.stderr.on('data', chunk => (stderr += chunk))
      child.once('close', code => resolve({ code, stdout, stderr }))
    })
  const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await autodump(...args, '--json')).stdout)
  const register = join(TMPDIR, 'autodump-monitors')
  await eventually('both are in the register', () => existsSync(register) && readdirSync(register).length === 2)
  return { shop, till, autodump, json, register }
}

it.skipIf(process.platform === 'win32')(
  'the command line finds running monitors and their dumps wherever their directories are',
  async () => {
    const { shop, till, autodump, json, register } = await two()
    const unclear = await autodump('status')
    expect(unclear).toMatchObject({ code: 4, stderr: expect.stringContaining('choose one with --pid or --dir') })
    for (const { child, dir } of [shop, till])
      expect(unclear.stderr).toMatch(new RegExp(`\\n  ${child.pid} .*, dumps in ${dir}\\n`))
    expect(unclear.stderr).toContain('(service=till)')

    const pid = (server: typeof shop) => ['--pid', String(server.child.pid)]
    expect(await json<Status>('status', ...pid(till))).toMatchObject({ pid: till.child.pid, dir: till.dir })
    const { id: first } = await json<{ id: string }>('trigger', ...pid(shop), '--capture', 'requests')
    const { id: second } = await json<{ id: string }>('trigger', ...pid(till), '--capture', 'requests')
    expect((await json<DumpPage>('ls')).dumps.map(({ id }) => id)).toEqual([second, first])
    expect(await json('show', 'latest')).toMatchObject({ id: second })
    expect(await json('show', String(shop.child.pid))).toMatchObject({ id: first })
    const both = await autodump('show', first.slice(0, 8))
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('is the beginning of 2 ids') })
    expect(both.stderr).toContain(first)

    // One that was killed leaves its entry, so its dumps are still found; the other is now the only one that runs.
    shop.child.kill('SIGKILL')
    await shop.exit
    expect(await json<Status>('status')).toMatchObject({ pid: till.child.pid })
    expect(await json('show', first)).toMatchObject({ id: first })
    till.child.send('close')
    await till.exit
    expect(readdirSync(register).map(name => name.split('-')[0])).toEqual([String(shop.child.pid)])
    expect(await autodump('status')).toMatchObject({ code: 4, stderr: expect.stringContaining('no monitored process') })
  },
)
