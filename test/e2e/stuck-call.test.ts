import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest, Status } from '@autodump/core'
import { askInstance, listInstances } from '@autodump/core/control'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory } from '../support.js'

it.skipIf(process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))(
  'a dump does not wait for an app thread that stands in a write that nobody reads, and says so',
  async () => {
    const path = join(temporaryDirectory(), 'stdout')
    spawnSync('mkfifo', [path])
    const stdout = openSync(path, 'r+')
    onTestFinished(() => closeSync(stdout))
    const server = await startServer({ interval: 100, thresholds: noRules }, { fixture: 'chatty.mjs', stdout })
    const instance = await eventually('it is watched', async () => (await listInstances(server.dir))[0])
    fetch(`${server.base}/chatty`).catch(() => {})
    await eventually('it stands still', async () => {
      const { blockedFor } = (await (await askInstance(instance, '/status')).json()) as Status
      return blockedFor > 0
    })

    const response = await askInstance(instance, '/trigger?wait=true', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ capture: ['cpu-profile', 'requests', 'async-stacks'], duration: 100 }),
      timeout: 120_000,
    })
    const { artifacts } = (await response.json()) as Manifest
    const failed = artifacts.filter(({ state }) => state === 'failed')
    expect(failed.map(({ kind }) => kind)).toEqual(['cpu-profile', 'requests', 'async-stacks'])
    for (const { error } of failed)
      expect(error).toMatch(/^no .*: for \d+ ms the app thread is in a write to file descriptor 1 \(a pipe\)$/)
  },
)
