import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Status } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { startS3Server } from '../../packages/core/src/testing/s3-server.js'
import { eventually, noRules, temporaryDirectory, token } from '../support.js'
import { idsIn } from '../whole-dumps.js'

const fixture = fileURLToPath(new URL('../fixtures/graceful.mjs', import.meta.url))

/** An app under `--import`. */
async function startApp(how: string, thresholds: object) {
  const dir = join(temporaryDirectory(), 'dumps')
  const store = await startS3Server()
  onTestFinished(() => store.close())
  const child = spawn(process.execPath, ['--import', '@autodump/core/register', fixture, how], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      ...process.env,
      AUTODUMP_DIR: dir,
      AUTODUMP_INTERVAL: '50',
      AUTODUMP_TOKEN: token,
      AUTODUMP_THRESHOLDS: JSON.stringify(thresholds),
      AUTODUMP_ADMIN_PORT: '0',
      AUTODUMP_BUCKET: 's3://evidence',
      AUTODUMP_BUCKET_ENDPOINT: store.endpoint,
      AUTODUMP_BUCKET_ACCESS_KEY_ID: 'ABCDEFGH',
      AUTODUMP_BUCKET_SECRET_ACCESS_KEY: ['s3', 'cret'].join('-'),
    },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => (out += chunk))
  child.stderr.on('data', chunk => (err += chunk))
  const exit = new Promise(resolve => child.once('exit', (code, signal) => resolve({ code, signal })))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  return { dir, store, child, exit, out: () => out, err: () => err }
}

/** With a dump that waits since the store has refused it. */
async function start(how: string) {
  const { dir, store, child, exit, out, err } = await startApp(how, noRules)
  // Refusals are tried again after a quarter of an hour.
  store.fail(() => ({ status: 403, code: 'AccessDenied' }))
  const url = await eventually('the admin server', () => /the admin server listens at (\S+)/.exec(err())?.[1])
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } })
  await ask('/trigger', { method: 'POST', body: '{"capture":["requests"]}' })
  await eventually('a refusal', async () => {
    const { bucket } = (await (await ask('/status')).json()) as Status
    return bucket?.state === 'blocked'
  })
  store.fail(() => null)
  const isListed = () =>
    [...store.objects.keys()].some(key => key.startsWith('v1/index/') && key.includes(`${idsIn(dir)[0]}`))
  return { child, store, exit, isListed, out }
}

it('what waits goes out when SIGTERM comes, while the app ends in its own time', async () => {
  const { child, exit, isListed, out } = await start('handles')
  child.kill('SIGTERM')
  await eventually('the upload', isListed)
  expect(out()).toBe('up\nending\n')
  child.stdin.write('now')
  expect(await exit).toEqual({ code: 7, signal: null })
})

it.each(['SIGTERM', 'SIGINT'] as const)(
  'a last look is taken back when %s comes: an ordinary stop is no death, also where the disk goes with the process',
  async signal => {
    const holding = { ...noRules, handles: { enabled: true, min: 0, watermark: 1, hold: 1000 } }
    const { child, store, exit } = await startApp('handles', holding)
    await eventually('the last look', () => [...store.objects.keys()].some(key => key.startsWith('v1/index/')))
    child.kill(signal)
    await eventually('nothing of it', () => store.objects.size === 0)
    child.stdin.write('now')
    expect(await exit).toEqual({ code: 7, signal: null })
  },
)

it.each(['does not handle it', 'signal-exit'])(
  'an app that dies of SIGTERM dies of it as without us: %s',
  async how => {
    const { child, exit, out } = await start(how)
    child.kill('SIGTERM')
    expect(await exit).toEqual({ code: null, signal: 'SIGTERM' })
    expect(out()).toBe('up\n')
  },
)
