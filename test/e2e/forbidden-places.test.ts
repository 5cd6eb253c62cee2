import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../support.js'
import { boundByModes } from '../users.js'

const cli = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
const way = boundByModes()

/** The command line, which modes of files hold for. */
function autodump(...args: string[]): Promise<{ code: number | null; said: string }> {
  const { execPath = process.execPath, execArgv = [] } = way ?? {}
  return new Promise(resolve => {
    const child = execFile(execPath, [...execArgv, cli, ...args], { env: { PATH: process.env.PATH } }, (_, out, err) =>
      resolve({ code: child.exitCode, said: out + err }),
    )
  })
}

describe.runIf(way !== null)('the command line at a place that it may not read', () => {
  const forbidden = () => {
    const path = join(temporaryDirectory(), 'forbidden')
    mkdirSync(path)
    chmodSync(path, 0)
    return path
  }

  it('says so of a dump directory, and whom to be, instead of words of the system', async () => {
    const dir = forbidden()
    for (const command of ['ls', 'runs', 'faults', 'status']) {
      const { code, said } = await autodump(command, '--dir', dir)
      expect(said, command).toMatch(`autodump: cannot use ${dir}: this user may not (EACCES)`)
      expect(said, command).toContain('  run it as the user of the app')
      expect(code, command).not.toBe(0)
    }
  })

  it('says so of a file, and of a bucket in a directory', async () => {
    const file = join(temporaryDirectory(), 'secret.cpuprofile')
    writeFileSync(file, '{}', { mode: 0 })
    expect((await autodump('analyze', file)).said).toMatch(`autodump: cannot use ${file}: this user may not (EACCES)`)
    const dir = forbidden()
    expect((await autodump('ls', '--bucket', pathToFileURL(dir).href)).said).toContain(
      `the bucket cannot be used: the directory ${dir} may not be read by this user (EACCES)`,
    )
  })
})
