import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, temporaryDirectory } from '../support.js'

/** Takes every descriptor that there is, all at once, as soon as the monitor knows what is normal. */
const program = `
  import { openSync } from 'node:fs'
  import { createMonitor } from '@autodump/core'
  const monitor = createMonitor({ dir: process.env.DIR, interval: 100, auth: false })
  await monitor.start()
  let samples = 0
  monitor.on('sample', () => {
    samples += 1
    if (samples !== 15) return
    try {
      for (;;) openSync('/dev/null', 'r')
    } catch (error) {
      console.log(error.code)
    }
  })
  setInterval(() => {}, 1000)
`

it.runIf(process.platform === 'linux')(
  'a dump is written where the app has taken every descriptor at once',
  async () => {
    const dir = temporaryDirectory()
    const child = spawn(
      '/bin/sh',
      ['-c', 'ulimit -n 200; exec "$0" --input-type=module -e "$1"', process.execPath, program],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), env: { ...process.env, DIR: dir } },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
    await eventually('none is left', () => output.includes('EMFILE'))
    const manifest = await eventually('a dump of the descriptors', async () =>
      (await manifestsIn(dir)).find(({ trigger }) => trigger.metric === 'fds'),
    ).catch(error => {
      throw new Error(`${error.message}\n${output}`)
    })
    expect(manifest.trigger.value).toBeGreaterThan(95)
    expect(manifest.artifacts.filter(({ state }) => state === 'complete').map(({ kind }) => kind)).toContain('requests')
    expect(manifest.summary.text).toMatch(/of 200 file descriptors are open, \d+ of them devices/)
  },
)
