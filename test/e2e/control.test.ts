import { chmodSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Status } from '@autodump/core'
import { askInstance, type InstanceRecord, listInstances } from '@autodump/core/control'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory } from '../support.js'

const quiet = { interval: 100, thresholds: noRules }

describe('the control socket of a process', () => {
  it('is found, answers, and goes with the monitor', async () => {
    const server = await startServer({ ...quiet, labels: { service: 'shop' } })
    const [instance] = (await listInstances(server.dir)) as [InstanceRecord & { id: string }]
    expect(instance).toMatchObject({ pid: server.child.pid, title: 'shop.mjs', labels: { service: 'shop' } })
    expect((await askInstance(instance, '/status')).status).toBe(200)
    server.child.send('close')
    await server.exit
    expect(readdirSync(join(server.dir, '.control'))).toEqual([])
  })

  it('is swept by the next monitor after a kill, which touches none of its living siblings', async () => {
    const dead = await startServer(quiet)
    const sibling = await startServer({ ...quiet, dir: dead.dir })
    dead.child.kill('SIGKILL')
    await dead.exit
    expect((await listInstances(dead.dir)).map(({ pid }) => pid)).toEqual([sibling.child.pid])
    const next = await startServer({ ...quiet, dir: dead.dir })
    const pids = (await listInstances(dead.dir)).map(({ pid }) => pid)
    expect(pids).toEqual([sibling.child.pid, next.child.pid])
    expect(readdirSync(join(dead.dir, '.control'))).toHaveLength(4)
  })

  it('is the same one after the monitor thread has died', async () => {
    const server = await startServer(quiet, { fixture: 'killable.mjs' })
    const before = await eventually('there', async () => {
      const there = await listInstances(server.dir)
      return there.length > 0 && there
    })
    server.child.send('kill the thread')
    await eventually('back', async () => {
      const [instance] = await listInstances(server.dir)
      // While nobody listens there is none.
      const answer = instance && (await askInstance(instance, '/status').catch(() => undefined))
      return answer && ((await answer.json()) as Status).thread.restarts === 1
    })
    expect(await listInstances(server.dir)).toEqual(before)
  })

  it.skipIf(process.getuid?.() === 0)('that cannot be opened is told, and nothing else is wrong', async () => {
    const dir = temporaryDirectory()
    chmodSync(dir, 0o500)
    const server = await startServer({ ...quiet, dir })
    const { errors } = await server.status()
    expect(errors.map(({ what }) => what)).toContain('open the control socket')
    expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })
    chmodSync(dir, 0o700)
    rmSync(dir, { recursive: true })
  })
})
