import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { run } from './program.js'

/** What a command line says to the person at the terminal, and its exit code. */
async function said(...argv: string[]) {
  const written: string[] = []
  const keep = (text: unknown) => written.push(String(text)) > 0
  const [err, out] = [vi.spyOn(process.stderr, 'write'), vi.spyOn(process.stdout, 'write')]
  for (const spy of [err, out]) spy.mockImplementation(keep as never)
  try {
    return { code: await run(argv), text: written.join('') }
  } finally {
    for (const spy of [err, out]) spy.mockRestore()
  }
}

function emptyDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-cli-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

it.each([
  [['ls', '--limit', 'abc'], /^autodump: --limit: a whole number from 1 on is needed, got abc$/m],
  [['trigger', '--duration', 'long'], /^autodump: --duration: a duration is like .* got long$/m],
  [['completion', 'pish'], /^autodump: shell must be one of bash, zsh, fish, got pish$/m],
  [['nonsense'], /^autodump: unknown command 'nonsense'\n {2}autodump --help lists the commands$/m],
  [['ls', '--nonsense'], /^autodump: unknown option '--nonsense'\n {2}--help after the command lists what it takes$/m],
  [['analyze'], /^autodump: missing required argument 'file'\n {2}--help after/m],
])('%j is refused with the culprit first, and with what to do', async (argv, text) => {
  const refused = await said(...argv)
  expect(refused.code).toBe(2)
  expect(refused.text).toMatch(text)
})

it('a directory that does not exist is not said to be merely empty', async () => {
  const dir = emptyDirectory()
  for (const command of ['ls', 'runs', 'faults']) {
    expect((await said(command, '--dir', dir)).text).not.toContain('does not exist')
    expect((await said(command, '--dir', join(dir, 'typo'))).text).toContain('typo, which does not exist: is the path')
  }
})

it('an unknown id names the place that was looked in', async () => {
  const dir = emptyDirectory()
  expect((await said('rm', 'x', '--dir', dir)).text).toContain(`no dump x in ${dir}: autodump ls lists them`)
  const text = `there is no file x-y, and no such dump in ${dir}: autodump ls lists them`
  expect(await said('explain', 'x-y', '--dir', dir)).toEqual({ code: 3, text: `autodump: ${text}\n` })
})

it('the lines after the options of a help fit into 60 columns', async () => {
  for (const argv of [['--help'], ['ls', '--help']]) {
    const { text } = await said(...argv)
    const tail = text.slice(text.indexOf(argv.length === 1 ? 'An id may' : 'Credentials'))
    expect(tail.split('\n').filter(line => line.length > 60)).toEqual([])
    expect(tail.length).toBeGreaterThan(80)
  }
})
