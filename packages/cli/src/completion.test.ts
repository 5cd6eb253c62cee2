import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, it, onTestFinished } from 'vitest'
import { completionOf, shells } from './completion.js'

function program(): Command {
  const made = new Command('autodump').version('1')
  made.command('show <id>').description("what a dump says, and what it doesn't").option('--markdown', 'the report')
  made.command('status').option('--json', 'for machines').option('--dir <directory>', 'where')
  const thresholds = made.command('thresholds').description('see or change')
  thresholds.command('get [metric]').option('--pid <pid>', 'of that process')
  thresholds.command('set <assignments...>').option('--json', 'for machines')
  return made
}

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0

function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-completion-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** An environment in which `autodump ls` is a stand-in. */
function withStandIn(): NodeJS.ProcessEnv {
  const dir = temporaryDirectory()
  writeFileSync(
    join(dir, 'autodump'),
    `#!/bin/sh\necho '{\n  "dumps": [\n    {\n      "id": "20261124T01-7-cpu-spike",\n      "id": "20261124T02-$(echo ran >&2)",'\n`,
  )
  chmodSync(join(dir, 'autodump'), 0o755)
  return { ...process.env, PATH: `${dir}${delimiter}${process.env.PATH}` }
}

/** The completions of bash for a line that ends at the cursor. */
function offeredByBash(line: string): string[] {
  const script = `${completionOf('bash', program())}
COMP_WORDS=(${line.replace(/ $/, " ''")}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_autodump; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env: withStandIn() })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(Boolean)
}

describe.skipIf(!has('bash'))('bash completes', () => {
  it.each([
    ['autodump s', ['show', 'status']],
    ['autodump thresholds ', ['get', 'set', '--help']],
    ['autodump thresholds get --', ['--pid', '--help']],
    ['autodump status --j', ['--json']],
    ['autodump show 2026', ['20261124T01-7-cpu-spike']],
    ['autodump show la', ['latest']],
    ['autodump show --m', ['--markdown']],
    ['autodump nothing', []],
  ])('%s', (line, offered) => {
    expect(offeredByBash(line)).toEqual(offered)
  })
})

/** The completions of fish, by its own engine. */
function offeredByFish(line: string): string[] {
  const script = `${completionOf('fish', program())}\ncomplete -C ${JSON.stringify(line)}`
  const env = { ...withStandIn(), HOME: temporaryDirectory() }
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', env })
  expect(stderr).toBe('')
  return stdout
    .split('\n')
    .flatMap(said => said.split('\t', 1))
    .filter(Boolean)
}

describe.skipIf(!has('fish'))('fish completes', () => {
  it.each([
    ['autodump s', ['show', 'status']],
    ['autodump thresholds ', ['get', 'set']],
    ['autodump thresholds get --', ['--pid']],
    ['autodump status --j', ['--json']],
    ['autodump show 2026', ['20261124T01-7-cpu-spike']],
    ['autodump show la', ['latest']],
    ['autodump show --m', ['--markdown']],
    ['autodump nothing', []],
  ])('%s', (line, offered) => {
    expect(offeredByFish(line)).toEqual(expect.arrayContaining(offered))
    // Words with another beginning are not completed.
    const begun = line.slice(line.lastIndexOf(' ') + 1)
    expect(offeredByFish(line).every(word => word.startsWith(begun))).toBe(true)
  })
})

/**
 * The words that the function of the script hands to zsh's `compadd`: a terminal is needed for the rest of its engine.
 */
function offeredByZsh(line: string): string[] {
  const words = line.split(' ')
  const script = `compdef() { }; _files() { print -l FILES }
compadd() { shift; print -l -- "\${(@P)1}" }
${completionOf('zsh', program())}
words=(${words.map(word => JSON.stringify(word)).join(' ')}); CURRENT=${words.length}; PREFIX=${JSON.stringify(words.at(-1))}
_autodump`
  const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8', env: withStandIn() })
  expect(stderr).toBe('')
  // \`compadd\` leaves out what does not begin as the word does.
  return stdout.split('\n').filter(word => word !== '' && word.startsWith(words.at(-1) ?? ''))
}

describe.skipIf(!has('zsh'))('zsh completes', () => {
  it.each([
    ['autodump s', ['show', 'status']],
    ['autodump thresholds ', ['get', 'set', '--help']],
    ['autodump thresholds get --', ['--pid', '--help']],
    ['autodump status --j', ['--json']],
    ['autodump show 2026', ['20261124T01-7-cpu-spike']],
    ['autodump show la', ['latest']],
    ['autodump show --m', ['--markdown']],
    ['autodump nothing', []],
  ])('%s', (line, offered) => {
    expect(offeredByZsh(line)).toEqual(offered)
  })
})

it('zsh keeps its PATH, which it calls `path` as well', () => {
  expect(completionOf('zsh', program())).not.toMatch(/^\s*(?:local|typeset)[^#\n]*\bpath\b/m)
})

describe.each(shells)('%s', shell => {
  it.skipIf(!has(shell))('reads its script', () => {
    const flags = shell === 'bash' ? ['--norc', '-n'] : ['-n']
    const dir = temporaryDirectory()
    writeFileSync(join(dir, 'script'), completionOf(shell, program()))
    const { status, stderr } = spawnSync(shell, [...flags, join(dir, 'script')], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  it('is told of every command and option', () => {
    const script = completionOf(shell, program())
    for (const word of ['show', 'status', 'thresholds', 'get', 'set', 'markdown', 'json', 'pid', 'latest'])
      expect(script).toContain(word)
  })
})
