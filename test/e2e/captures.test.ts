import { execFileSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CapturingDump, Manifest, Status } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory, token } from '../support.js'

const fixture = 'spoiled.mjs'
const kinds = ['cpu-profile', 'requests', 'async-stacks', 'async-wait', 'heap-profile', 'heap-snapshot', 'report']
const read = async <T>(path: string) => JSON.parse(await readFile(path, 'utf8')) as T

const filesOf = ({ artifacts }: Manifest) =>
  artifacts.filter(({ state }) => state === 'complete').map(({ file }) => file)

it('a dump takes all kinds of evidence of one dump whole, the cheap ones first, and says which is being taken', async () => {
  const server = await startServer({ thresholds: noRules, recorder: { window: 2000 }, admin: { port: 0 } } as never, {
    fixture,
  })
  const { admin } = await eventually('the admin server', async () => {
    const status = await server.status()
    return status.admin?.address && status.recorder.windows > 0 ? status : null
  })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = (path: string, init = {}) => fetch(`${admin?.address}${path}`, { headers, ...init })
  const answer = await ask('/trigger', { method: 'POST', body: JSON.stringify({ capture: kinds, duration: 1000 }) })
  const { id } = (await answer.json()) as { id: string }

  const seen: CapturingDump[] = []
  const [dump] = await eventually(
    'the dump',
    async () => {
      const { capture } = (await (await ask('/status')).json()) as Status
      if (capture) seen.push(capture)
      return capture === null && (await manifestsIn(server.dir))
    },
    240_000,
  )
  expect(dump?.id).toBe(id)
  expect({ state: dump?.state, failed: dump?.artifacts.filter(({ state }) => state === 'failed') }).toEqual({
    state: 'complete',
    failed: [],
  })
  expect(filesOf(dump as Manifest)).toEqual(
    expect.arrayContaining([
      'cpu.cpuprofile',
      'cpu-before.cpuprofile',
      'requests.json',
      'async-stacks.json',
      'async-wait.cpuprofile',
      'heap.heapprofile',
      'heap.heapsnapshot',
      'report.json',
    ]),
  )
  // What stops the app is taken alone, when all others are on disk, and whoever asks is told so meanwhile.
  for (const kind of ['async-stacks', 'heap-snapshot']) {
    const during = seen.filter(({ taking }) => taking.some(one => one.kind === kind))
    expect(during.length, kind).toBeGreaterThan(0)
    for (const { taking, done } of during) {
      expect(taking).toEqual([{ kind, since: expect.any(String), expectedMs: expect.any(Number) }])
      expect(done.map(({ file }) => file)).toEqual(
        expect.arrayContaining(['cpu.cpuprofile', 'cpu-before.cpuprofile', 'async-wait.cpuprofile', 'requests.json']),
      )
    }
  }
}, 300_000)

it.runIf(process.platform === 'linux')(
  'a dump writes down what can be had while the app hangs in a write that nobody reads',
  async () => {
    // Open for reading too, so that writing is possible; nobody reads.
    const fifo = join(temporaryDirectory(), 'stdout')
    execFileSync('mkfifo', [fifo])
    const stdout = openSync(fifo, 'r+')
    onTestFinished(() => closeSync(stdout))
    const server = await startServer(
      { interval: 200, recorder: { window: 1000 }, cpuProfile: { duration: 500, blockedDuration: 500 } },
      { fixture, stdout },
    )
    await server.warm()
    const answered = fetch(`${server.base}/chatty`).then(
      () => 'answered',
      () => 'broken off',
    )
    const dump = await eventually(
      'the dump of the block',
      async () =>
        (await manifestsIn(server.dir)).find(({ artifacts }) => artifacts.some(one => one.state === 'failed')),
      120_000,
    )
    expect(await Promise.race([answered, 'hanging'])).toBe('hanging')
    const { trigger, createdAt, state, artifacts, summary } = dump as Manifest
    expect([trigger.metric, state]).toEqual(['eventLoopDelay', 'partial'])
    // Who watches from outside kills it after a minute.
    const last = (dump as Manifest).samples.at(-1)?.at ?? 0
    expect(last - Date.parse(createdAt)).toBeLessThan(45_000)
    const failed = artifacts.filter(one => one.state === 'failed')
    expect(failed.map(({ kind }) => kind)).toEqual(['cpu-profile', 'requests'])
    for (const { error } of failed) expect(error).toMatch(/^no .*: .* a write to file descriptor 1/)
    // The thread cannot be paused in a native call: `frames.json` says so.
    expect(filesOf(dump as Manifest)).toEqual(['cpu-before.cpuprofile', 'requests-before.json', 'frames.json'])
    const noted = await read<{ requests: { route: string }[] }>(join(server.dir, dump.id, 'requests-before.json'))
    expect(noted.requests.map(({ route }) => route)).toEqual(['/chatty'])
    expect(summary.text).toContain('/chatty')
    expect(summary.text).toContain('formatOrders')
  },
  180_000,
)
