// `node zero-code.mjs ENGINE NPM`: app.mjs with --import, looked at from outside with the command `autodump`.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { noRules } from './no-rules.mjs'

const [engine, npm] = process.argv.slice(2)
const dir = mkdtempSync(join(tmpdir(), 'autodump-matrix-'))
const env = {
  ...process.env,
  AUTODUMP_DIR: dir,
  AUTODUMP_LOG: 'warn',
  AUTODUMP_INTERVAL: '100',
  AUTODUMP_THRESHOLDS: JSON.stringify(noRules),
}

async function autodump(...args) {
  const child = spawn(process.execPath, [npm, 'exec', '--offline', '--', 'autodump', ...args, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stderr, answer: stdout && JSON.parse(stdout) }
}

const app = spawn(process.execPath, ['--import', '@autodump/core/register', 'app.mjs'], {
  env,
  stdio: ['pipe', 'inherit', 'pipe'],
})
const complaints = text(app.stderr)
const ended = once(app, 'close')
try {
  // There is no process to be found (exit code 4) until its monitor is there; what it is like is known with its first sample.
  let found
  do found = await autodump('status')
  while (app.exitCode === null && (found.code === 4 || found.answer?.sample === null))
  assert.equal(found.code, 0, found.stderr)
  assert.equal(found.answer.pid, app.pid)
  assert.equal(found.answer.cpuProfiler, engine)

  const made = await autodump('trigger', '--capture', 'cpu-profile', '--duration', '500ms')
  assert.equal(made.code, 0, made.stderr)
  assert.equal(made.answer.state, 'complete')
  const { dumps } = (await autodump('ls')).answer
  assert.deepEqual(
    dumps.map(({ id }) => id),
    [made.answer.id],
  )
} finally {
  app.stdin.end()
  const [code] = await ended
  rmSync(dir, { recursive: true, force: true })
  assert.equal(await complaints, '')
  assert.equal(code, 0)
}
