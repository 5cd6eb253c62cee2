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

/** What bash offers for a line that ends where the cursor is. `autodump ls` is a stand-in. */
function offeredByBash(line: string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-completion-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  writeFileSync(
    join(dir, 'autodump'),
    `#!/bin/sh\necho '{\n  "dumps": [\n    {\n      "id": "20261124T01-7-cpu-spike",\n      "id": "20261124T02-$(echo ran >&2)",'\n`,
  )
  chmodSync(join(dir, 'autodump'), 0o755)
  const script = `${completionOf('bash', program())}
COMP_WORDS=(${line.replace(/ $/, " ''")}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_autodump; printf '%s\\n' "\${COMPREPLY[@]}"`
  const env = { ...process.env, PATH: `${dir}${delimiter}${process.env.PATH}` }
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env })
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

it('zsh keeps its PATH, which it calls `path` as well', () => {
  expect(completionOf('zsh', program())).not.toMatch(/^\s*(?:local|typeset)[^#\n]*\bpath\b/m)
})

describe.each(shells)('%s', shell => {
  it.skipIf(!has(shell))('reads its script', () => {
    const flags = shell === 'bash' ? ['--norc', '-n'] : ['-n']
    const { status, stderr } = spawnSync(shell, flags, { input: completionOf(shell, program()), encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  it('is told of every command and option', () => {
    const script = completionOf(shell, program())
    for (const word of ['show', 'status', 'thresholds', 'get', 'set', 'markdown', 'json', 'pid', 'latest'])
      expect(script).toContain(word)
  })
})
