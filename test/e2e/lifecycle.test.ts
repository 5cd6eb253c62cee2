import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { noRules, temporaryDirectory } from '../support.js'

async function run(mode: string) {
  const options = { dir: temporaryDirectory(), interval: 100, thresholds: noRules, cpuProfile: { duration: 200 } }
  const child = spawn(process.execPath, [fileURLToPath(new URL('../fixtures/lifecycle.mjs', import.meta.url))], {
    env: { ...process.env, AUTODUMP_TEST_MODE: mode, AUTODUMP_TEST_OPTIONS: JSON.stringify(options) },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  const [code] = await once(child, 'exit')
  expect(code, stderr).toBe(0)
  return { result: JSON.parse(stdout), stderr }
}

it('a monitor starts, stops and starts again with one loop, and leaves nothing behind', async () => {
  const { result } = await run('rounds')
  expect(result.after).toEqual(result.before)
  expect(result.state).toBe('stopped')
  for (const { state, gaps } of result.seen) {
    expect(state).toBe('running')
    // A second loop would halve the gaps.
    expect(gaps.reduce((sum: number, gap: number) => sum + gap, 0) / gaps.length).toBeGreaterThan(75)
  }
})

it('a monitor works in the app thread when the app itself is a worker thread, and says so', async () => {
  const { result, stderr } = await run('worker')
  expect(result.thread).toMatchObject({ mode: 'app-thread' })
  expect(result.thread.degraded).toContain('the app itself runs in a worker thread')
  expect(stderr).toContain('the app itself runs in a worker thread')
  expect(result.manifest.state).toBe('complete')
  expect(result.manifest.artifacts.map(({ kind }: { kind: string }) => kind)).toEqual([
    'cpu-profile',
    'requests',
    'report',
  ])
})

it('a monitor keeps the process alive while somebody awaits a dump, and no longer', async () => {
  const { result } = await run('trigger')
  expect(result).toEqual({ state: 'complete', kinds: ['cpu-profile', 'requests'] })
})
