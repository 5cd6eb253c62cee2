import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import cli from '@autodump/cli/package.json' with { type: 'json' }
import type { Status } from '@autodump/core'
import { expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, startServer } from '../support.js'

const main = join(dirname(createRequire(import.meta.url).resolve('@autodump/cli/package.json')), cli.bin.autodump)
const autodump = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args])

it.skipIf(process.platform === 'win32')(
  'a process that stands still in a dump has a status all the same',
  async () => {
    const quiet = { interval: 100, thresholds: noRules }
    const sibling = await startServer(quiet)
    const server = await startServer({ ...quiet, dir: sibling.dir }, { fixture: 'evidence.mjs' })
    const { pid } = server.child as { pid: number }
    // Enough to be stopped in the middle of it.
    for (let round = 0; round < 2; round++) await fetch(`${server.base}/keep`)
    await server.admin('/trigger', { method: 'POST', body: JSON.stringify({ capture: ['async-stacks'] }) })
    const ask = async () =>
      JSON.parse((await autodump('status', '--dir', sibling.dir, '--pid', `${pid}`, '--json')).stdout)
    const isTaking = ({ capture }: Status) => capture?.taking.some(({ kind }) => kind === 'async-stacks')
    await eventually('it is taken', async () => {
      const [own] = (await readStatuses(sibling.dir)).filter(status => status.pid === pid)
      return own && isTaking(own)
    })
    // No thread of it can answer now, whatever V8 and the machine do.
    server.child.kill('SIGSTOP')

    const noted: Status = await ask()
    expect(noted).toMatchObject({ pid, asOf: expect.any(String) })
    expect(isTaking(noted)).toBe(true)
    const { stdout } = await autodump('status', '--dir', sibling.dir, '--pid', `${pid}`)
    expect(stdout).toMatch(/it is taking async-stacks since [\d: -]+; its monitor thread stands still/)
    expect(stdout).toMatch(/async-stacks: for .*, should take about /)

    const { instances } = (await (await sibling.admin('/instances')).json()) as { instances: Status[] }
    const entry = instances.find(one => one.pid === pid) as Status
    expect(entry).toMatchObject({ condition: 'busy', error: null })
    expect(isTaking(entry)).toBe(true)

    server.child.kill('SIGCONT')
    const [manifest] = await eventually(
      'the dump',
      async () => {
        const all = await manifestsIn(sibling.dir)
        return all.length > 0 && all
      },
      150_000,
    )
    expect(manifest?.state).toBe('complete')
    await eventually('the note is gone', async () => (await readStatuses(sibling.dir)).length === 0)
    expect((await ask()).asOf).toBeUndefined()
  },
  240_000,
)

/** What those that capture something have noted. */
async function readStatuses(dir: string): Promise<Status[]> {
  const control = join(dir, '.control')
  const names = readdirSync(control).filter(name => name.endsWith('.status'))
  const texts = await Promise.all(names.map(name => readFile(join(control, name), 'utf8').catch(() => null)))
  return texts.filter(text => text !== null).map(text => JSON.parse(text))
}
