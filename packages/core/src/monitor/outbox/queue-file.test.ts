import { spawnSync } from 'node:child_process'
import { chownSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { identityOf, type ProcessIdentity } from '../../lib/process-identity.js'
import { dumpId, manifestOf } from '../../testing/fake-monitor.js'
import { isRoot, stranger, traps } from '../../testing/hostile.js'
import type { Episodes } from '../notify/episodes.js'
import { type Message, startMessage } from '../notify/message.js'
import { messageCodec } from '../notify/message-queue.js'
import type { Kept } from './delivery.js'
import { openQueueFile } from './queue-file.js'

const self = identityOf() as ProcessIdentity

/** A process of this host that is over. */
const dead: ProcessIdentity = { ...self, pid: spawnSync(process.execPath, ['-e', '']).pid, startTicks: '1' }

const elsewhere: ProcessIdentity = { ...self, host: 'another-host' }

const keeping = (...ids: string[]): Kept<Message, Episodes> => ({
  deliveries: ids.map(id => ({
    target: 't',
    item: startMessage(id, manifestOf(dumpId), { dir: '/d', publicUrl: null }),
    queuedAt: 1,
    attempts: 0,
    nextAt: 0,
  })),
  beside: {},
})

const nothing = keeping()

const idsOf = (adopted: Kept<Message, Episodes>[]) =>
  adopted.flatMap(({ deliveries }) => deliveries.map(({ item }) => item.id))

async function directory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'autodump-queue-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

function open(dir: string, owner: ProcessIdentity = self, monitorId = 1) {
  const errors: unknown[] = []
  const file = openQueueFile({
    codec: messageCodec,
    dir,
    monitorId,
    self: owner,
    onError: (_, error) => errors.push(error),
  })
  return { ...file, errors }
}

describe('the queue on disk', () => {
  it('is a hidden file for nobody else, and goes away when there is nothing to keep', async () => {
    const dir = await directory()
    const file = open(dir)
    await file.write(keeping('a'))
    await file.write(keeping('a', 'b'))
    const [name = '', ...others] = readdirSync(dir)
    expect(others).toEqual([])
    expect(name).toMatch(/^\.notify-[0-9a-f]{16}\.json$/)
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600)
    await file.write(nothing)
    expect(readdirSync(dir)).toEqual([])
  })

  it('is adopted by the next when its process is dead, once', async () => {
    const dir = await directory()
    await open(dir, dead).write(keeping('a'))
    const [first, second] = [open(dir), open(dir, self, 2)]
    const both = await Promise.all([first.adopt(), second.adopt()])
    expect(both.flatMap(idsOf)).toEqual(['a'])
    expect(both.flat().map(({ own }) => own)).toEqual([false])
  })

  it('is there until what was adopted is written anew', async () => {
    const dir = await directory()
    await open(dir, dead).write(keeping('a'))
    const next = open(dir)
    await next.adopt()
    expect(readdirSync(dir)).toHaveLength(1)
    expect(idsOf(await open(dir, self, 2).adopt())).toEqual([])
    await next.write(keeping('a'))
    expect(readdirSync(dir)).toEqual([expect.stringMatching(/\.json$/)])
  })

  it('is left alone while its process lives, or may live elsewhere', async () => {
    const dir = await directory()
    await open(dir, self, 7).write(keeping('a'))
    await open(dir, elsewhere).write(keeping('b'))
    expect(await open(dir).adopt()).toEqual([])
  })

  it('is adopted from another host when nobody has touched it for long', async () => {
    const dir = await directory()
    await open(dir, elsewhere).write(keeping('a'))
    const [name = ''] = readdirSync(dir)
    const then = Date.now() / 1000 - 16 * 60
    utimesSync(join(dir, name), then, then)
    expect(idsOf(await open(dir).adopt())).toEqual(['a'])
  })

  it('is adopted by the monitor thread that follows the one that died', async () => {
    const dir = await directory()
    await open(dir).write(keeping('a'))
    const adopted = await open(dir).adopt()
    expect(idsOf(adopted)).toEqual(['a'])
    expect(adopted[0]?.own).toBe(true)
  })

  it('is anybody’s after a stop', async () => {
    const dir = await directory()
    await open(dir, elsewhere).leave(keeping('a'))
    expect(idsOf(await open(dir).adopt())).toEqual(['a'])
  })

  it('is removed when it cannot be read, and a link is not followed', async () => {
    const dir = await directory()
    writeFileSync(join(dir, '.notify-0000000000000000.json'), 'not json')
    const secret = join(dir, 'secret')
    writeFileSync(secret, JSON.stringify({ version: 1, owner: null, deliveries: [], episodes: {} }))
    symlinkSync(secret, join(dir, '.notify-0000000000000001.json'))
    const file = open(dir)
    expect(await file.adopt()).toEqual([])
    expect(file.errors).toHaveLength(2)
    expect(readdirSync(dir)).toEqual(['secret'])
    expect(readFileSync(secret, 'utf8')).toContain('version')
  })

  it.runIf(isRoot)('is neither sent nor removed when another user has made it, of whatever age and end', async () => {
    const dir = await directory()
    await open(dir, elsewhere).leave(keeping('a'))
    const [name = ''] = readdirSync(dir)
    for (const other of ['json', 'claimed', 'tmp'].map(kind => `.notify-000000000000000f.${kind}`))
      writeFileSync(join(dir, other), readFileSync(join(dir, name)))
    for (const one of readdirSync(dir)) {
      chownSync(join(dir, one), stranger, stranger)
      utimesSync(join(dir, one), 1, 1)
    }
    const before = readdirSync(dir)
    const file = open(dir)
    expect([await file.adopt(), file.errors, readdirSync(dir)]).toEqual([[], [], before])
  })

  it.skipIf(process.platform === 'win32').each(Object.entries(traps))(
    'is nothing where %s is, and nobody waits for it',
    async (_, set) => {
      const dir = await directory()
      await set(join(dir, '.notify-0000000000000000.json'))
      const file = open(dir)
      expect(await file.adopt()).toEqual([])
      expect(file.errors).toHaveLength(1)
    },
  )
})

describe('a queue for targets of several services', () => {
  const forTargets = (...targets: string[]) => ({
    ...nothing,
    deliveries: targets.flatMap(target => keeping(target).deliveries.map(one => ({ ...one, target }))),
  })

  it('stays for the others where none of it is known', async () => {
    const dir = await directory()
    await open(dir, dead).write(forTargets('theirs'))
    const before = readdirSync(dir)
    const mine = open(dir)
    expect(await mine.adopt(target => target === 'mine')).toEqual([])
    await mine.write(nothing)
    expect(readdirSync(dir)).toEqual(before)
    expect(idsOf(await open(dir).adopt(target => target === 'theirs'))).toEqual(['theirs'])
  })

  it('is divided where some of it is known', async () => {
    const dir = await directory()
    await open(dir, dead).write(forTargets('theirs', 'mine'))
    const mine = open(dir)
    expect(idsOf(await mine.adopt(target => target === 'mine'))).toEqual(['mine'])
    await mine.write(nothing)
    expect(readdirSync(dir)).toHaveLength(1)
    expect(idsOf(await open(dir).adopt(target => target === 'theirs'))).toEqual(['theirs'])
  })
})
