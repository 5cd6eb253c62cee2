import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { AsyncStacksEvidence, DumpPage, Manifest, Options, Status } from '@autodump/core'
import autocannon from 'autocannon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, pause, token } from '../support.js'

const workers = 8
const header = 'autodump-instances'

interface Instance {
  id: string
  pid: number
  condition: string
  error: string | null
  self: boolean
  blockedFor: number | null
  lastDump: { id: string } | null
}
interface Answer<T> {
  status: number
  headers: IncomingHttpHeaders
  body: T
}
type Each = { instances: { id: string; pid: number; status: number; body: Record<string, unknown> }[] }

interface Cluster {
  dir: string
  pids: number[]
  /** Over a connection of its own, so that any worker may get it. */
  ask<T>(path: string, init?: { method?: string; body?: unknown; headers?: object }): Promise<Answer<T>>
  /** To one worker, or to all at the same moment. */
  tell(message: unknown, to?: number): void
  /** What each worker has made of a `trigger`, once all have answered. */
  dumps(trigger: object): Promise<({ id: string } | { refused: string })[]>
  instances(): Promise<Instance[]>
  stop(): Promise<void>
}

/** Eight workers that sample quickly and dump only what they are told to, under load. */
async function startCluster(options: Partial<Options>): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-cluster-'))
  const settings = {
    dir,
    interval: 100,
    thresholds: noRules,
    auth: { token },
    recorder: { enabled: false },
    ...options,
  }
  const child: ChildProcess = fork(fileURLToPath(new URL('../fixtures/cluster.mjs', import.meta.url)), [], {
    silent: true,
    env: { ...process.env, AUTODUMP_TEST_WORKERS: String(workers), AUTODUMP_TEST_OPTIONS: JSON.stringify(settings) },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += chunk))
  const { port, pids } = await new Promise<{ port: number; pids: number[] }>((resolve, reject) => {
    child.once('message', message => resolve(message as { port: number; pids: number[] }))
    child.once('exit', code => reject(new Error(`the cluster exited with ${code}:\n${output}`)))
  })
  const load = autocannon(
    { url: `http://127.0.0.1:${port}/`, connections: 16, duration: 600, overallRate: 400 },
    () => {},
  )

  const ask: Cluster['ask'] = async (path, { method = 'GET', body, headers = {} } = {}) => {
    const content = body === undefined ? undefined : JSON.stringify(body)
    const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      const asked = request({
        port,
        host: '127.0.0.1',
        path: `/debug/autodump${path}`,
        method,
        agent: false,
        headers: {
          authorization: `Bearer ${token}`,
          ...(content !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      })
      asked.once('response', resolve).once('error', reject).end(content)
    })
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: JSON.parse(await text(answer)) }
  }
  return {
    dir,
    pids,
    ask,
    tell: (message, to) => void child.send({ to, message }),
    async dumps(trigger) {
      const answers: ({ id: string } | { refused: string })[] = []
      const all = new Promise<void>(resolve => {
        child.on('message', function listen(message: { dump?: { id: string } }) {
          if (message.dump && answers.push(message.dump) === workers) {
            child.off('message', listen)
            resolve()
          }
        })
      })
      child.send({ message: { trigger } })
      await all
      return answers
    },
    instances: async () => (await ask<{ instances: Instance[] }>('/instances')).body.instances,
    async stop() {
      load.stop()
      child.kill('SIGKILL')
      for (const pid of pids) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {} // It has gone with the primary.
      }
      rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** What comes within a time in which anybody answers who can. */
const soon = <T>(answer: Promise<T>) => Promise.race([answer.catch(() => undefined), pause(4500).then(() => undefined)])

const pidOf = (id: string | undefined) => Number(id?.split('-')[0])
const idsIn = async (dir: string) => (await manifestsIn(dir)).map(({ id }) => id)

describe('eight workers that share a directory, under load', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster({ limits: { maxPerHour: 1000 } })
    await eventually('eight are there', async () => {
      const instances = await cluster.instances()
      return instances.length === workers && instances.every(({ condition }) => condition !== 'silent')
    })
  })
  afterAll(() => cluster?.stop())

  it('know each other, whichever of them is asked', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => cluster.instances()))
    for (const instances of answers) {
      expect(instances.map(({ pid }) => pid).sort()).toEqual([...cluster.pids].sort())
      expect(instances.filter(({ self }) => self)).toHaveLength(1)
    }
    const asked = answers.map(instances => instances.find(({ self }) => self)?.pid)
    expect(new Set(asked).size).toBeGreaterThan(1)

    const all = await cluster.ask<Each>('/status?instance=all')
    expect(all.headers[header]?.toString().split(', ').map(pidOf).sort()).toEqual([...cluster.pids].sort())
    for (const { pid, status, body } of all.body.instances) expect([status, body.pid]).toEqual([200, pid])
    for (const pid of cluster.pids) {
      const { headers, body } = await cluster.ask<Status>(`/status?instance=${pid}`)
      expect([pidOf(headers[header] as string), body.pid]).toEqual([pid, pid])
    }
  })

  it('dump at the same moment under ids that differ, and any of them lists and sends all dumps', async () => {
    const made = await cluster.dumps({ capture: ['requests'], reason: 'at once' })
    const ids = made.map(dump => ('id' in dump ? dump.id : dump.refused))
    expect(new Set(ids).size).toBe(workers)
    expect(ids.map(id => Number(id.split('-')[1])).sort()).toEqual([...cluster.pids].sort())
    for (let turn = 0; turn < 4; turn++) {
      const { body } = await cluster.ask<DumpPage>('')
      expect(body.dumps.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
      for (const id of ids) expect((await cluster.ask<Manifest>(`/dumps/${id}`)).body.state).toBe('complete')
    }
  })

  it('dump the one that is named, and any of them knows of the dump while it is made', async () => {
    for (const pid of cluster.pids.slice(0, 3)) {
      const body = { capture: ['cpu-profile'], duration: 1500, reason: `${pid}` }
      const begun = await cluster.ask<{ id: string; state: string }>(`/trigger?instance=${pid}`, {
        method: 'POST',
        body,
      })
      expect([begun.status, pidOf(begun.headers[header] as string), begun.body.state]).toEqual([202, pid, 'capturing'])
      const { id } = begun.body
      expect(Number(id.split('-')[1])).toBe(pid)
      expect(begun.headers.location).toBe(`/debug/autodump/dumps/${id}`)
      const states = await eventually('the dump is there', async () => {
        const answer = await cluster.ask<Manifest>(`/dumps/${id}`)
        expect(answer.status).toBe(200)
        return answer.body.state !== ('capturing' as string) && answer.body
      })
      expect(states).toMatchObject({ id, state: 'complete', process: { pid }, trigger: { reason: `${pid}` } })
    }
    const pid = cluster.pids[4]
    const waited = await cluster.ask<Manifest>(`/trigger?instance=${pid}&wait=true`, {
      method: 'POST',
      body: { capture: ['requests'] },
    })
    expect([waited.status, waited.body.process.pid]).toEqual([201, pid])

    const each = await cluster.ask<Each>('/trigger?instance=all', { method: 'POST', body: { capture: ['requests'] } })
    expect(each.status).toBe(202)
    expect(each.body.instances.map(({ status }) => status)).toEqual(Array(workers).fill(202))
    const ids = each.body.instances.map(({ body }) => body.id as string)
    await eventually('all are on disk', async () => ids.every(id => readdirSync(cluster.dir).includes(id)))
  })

  it('refuse what is not one of them, and say so', async () => {
    const bad = ['..%2f..', 'x', '0', '-1', `${'9'.repeat(11)}`, '']
    for (const instance of bad) {
      const { status, body } = await cluster.ask<{ errors: object[] }>(`/status?instance=${instance}`)
      expect([instance, status]).toEqual([instance, 400])
      expect(body.errors).toMatchObject([{ field: 'instance' }])
    }
    const missing = await cluster.ask<{ errors: object[] }>('/trigger?instance=1', { method: 'POST', body: {} })
    expect([missing.status, missing.body.errors]).toMatchObject([404, [{ field: 'instance' }]])
  })

  it('are all tuned by one PATCH, or none of them', async () => {
    const watermarks = async () => {
      const { body } = await cluster.ask<Each>('/thresholds?instance=all')
      return body.instances.map(({ body }) => (body.cpu as { watermark: number }).watermark)
    }
    const patched = await cluster.ask<Record<string, { watermark: number }>>('/thresholds', {
      method: 'PATCH',
      body: { cpu: { watermark: 71 } },
    })
    expect([patched.status, patched.body.cpu?.watermark]).toEqual([200, 71])
    expect(patched.headers[header]?.toString().split(', ')).toHaveLength(workers)
    expect(await watermarks()).toEqual(Array(workers).fill(71))

    const bad = await cluster.ask('/thresholds', { method: 'PATCH', body: { cpu: { watermark: -1 } } })
    const stale = await cluster.ask('/thresholds', {
      method: 'PATCH',
      body: { cpu: { watermark: 72 } },
      headers: { 'if-match': '"stale"' },
    })
    expect([bad.status, stale.status]).toEqual([400, 412])
    expect(await watermarks()).toEqual(Array(workers).fill(71))

    const [one] = cluster.pids
    await cluster.ask(`/thresholds?instance=${one}`, { method: 'PATCH', body: { cpu: { watermark: 73 } } })
    expect((await watermarks()).sort()).toEqual([...Array(workers - 1).fill(71), 73])
  })

  it('take snapshots one at a time when the rules of all fire at once, and say what they took instead', async () => {
    const handles = { enabled: true, min: 0, watermark: 1, hold: 1, cooldown: 600_000, capture: ['async-stacks'] }
    const patched = await cluster.ask('/thresholds', { method: 'PATCH', body: { handles } })
    expect(patched.headers[header]?.toString().split(', ')).toHaveLength(workers)
    const manifests = await eventually('all have dumped', async () => {
      const found = (await manifestsIn(cluster.dir)).filter(({ trigger }) => trigger.metric === 'handles')
      return found.length === workers && found
    })
    expect(new Set(manifests.map(({ process }) => process.pid)).size).toBe(workers)
    const stacks = manifests.map(({ id, state }) => {
      expect(state).toBe('complete')
      return JSON.parse(readFileSync(join(cluster.dir, id, 'async-stacks.json'), 'utf8')) as AsyncStacksEvidence
    })
    const [taken, replaced] = ['heap-snapshot', 'promise-hooks'].map(from => stacks.filter(one => one.source === from))
    for (const { note } of replaced ?? [])
      expect(note).toMatch(/because (process \d+ is taking async-stacks|a snapshot)/)
    const spans = (taken ?? [])
      .map(({ takenAt, pauseMs }) => ({ from: Date.parse(takenAt) - pauseMs, to: Date.parse(takenAt) }))
      .sort((a, b) => a.from - b.from)
    expect(spans.length).toBeGreaterThan(0)
    // A pause and the moment of its end are told by different clocks.
    for (const [index, { from }] of spans.entries()) expect(from).toBeGreaterThan((spans[index - 1]?.to ?? 0) - 5)
  })

  it('show one that is blocked, one that hangs, and none that was killed', async () => {
    const [blocked, hung, killed] = cluster.pids as [number, number, number]
    /** The instances as somebody sees them whose process is not the one that is stuck: that would never answer. */
    const look = () => soon(cluster.instances())
    const seen = (pid: number, condition: string) =>
      eventually(`${pid} is ${condition}`, async () =>
        (await look())?.find(instance => instance.pid === pid && instance.condition === condition),
      )
    cluster.tell('block', blocked)
    expect((await seen(blocked, 'blocked')).blockedFor).toBeGreaterThan(0)

    // Its monitor thread dumps it all the same.
    const body = { capture: ['cpu-profile'], duration: 300, reason: 'while blocked' }
    const manifest = await eventually('the blocked one is dumped', async () => {
      await soon(cluster.ask(`/trigger?instance=${blocked}`, { method: 'POST', body }))
      return (await manifestsIn(cluster.dir)).find(({ trigger }) => trigger.reason === body.reason)
    })
    expect(manifest.process.pid).toBe(blocked)

    process.kill(hung, 'SIGSTOP')
    const { id, error } = await seen(hung, 'silent')
    expect(error).toContain('does not answer')
    const patched = await eventually('the others are tuned', () =>
      soon(cluster.ask('/thresholds', { method: 'PATCH', body: { cpu: { watermark: 74 } } })),
    )
    expect([patched.status, patched.headers[`${header}-failed`]]).toEqual([200, id])
    expect(patched.headers[header]?.toString().split(', ')).toHaveLength(workers - 1)

    process.kill(killed, 'SIGKILL')
    await eventually('it is gone', async () => {
      const left = (await look())?.map(({ pid }) => pid)
      return left?.length === workers - 1 && !left.includes(killed)
    })
  })
})

describe('limits', () => {
  let cluster: Cluster
  const limits = { maxPerHour: 11 }
  const retention = { maxDumps: 4 }
  beforeAll(async () => {
    cluster = await startCluster({ limits, retention })
  })
  afterAll(() => cluster?.stop())

  it('hold for all of them together', async () => {
    const made = []
    for (let round = 0; round < 3; round++) made.push(...(await cluster.dumps({ capture: ['requests'] })))
    expect(made.filter(dump => 'id' in dump)).toHaveLength(limits.maxPerHour)
    expect(made.filter(dump => 'refused' in dump && dump.refused === 'LIMITED')).toHaveLength(
      3 * workers - limits.maxPerHour,
    )
    expect(await idsIn(cluster.dir)).toHaveLength(retention.maxDumps)
    const { body } = await cluster.ask<DumpPage>('')
    expect(body.dumps.map(({ id }) => id)).toEqual((await idsIn(cluster.dir)).reverse())
  })
})
