import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { readPprof } from '../../packages/core/src/testing/read-pprof.js'
import { eventually, noRules, startServer, temporaryDirectory, token } from '../support.js'

const hasPprof = spawnSync('go', ['tool', '-n', 'pprof']).status === 0

const options = { thresholds: noRules, recorder: { window: 500 }, profiles: { pull: {} } }

/** What Go's tool shows of what is at an address. */
function top(url: string) {
  const home = temporaryDirectory()
  const { status, stdout, stderr } = spawnSync('go', ['tool', 'pprof', '-top', '-nodecount=3', url], {
    encoding: 'utf8',
    env: { ...process.env, HOME: home, PPROF_TMPDIR: home },
  })
  return { status, stdout, stderr }
}

describe('profiles of a running process', () => {
  it.skipIf(!hasPprof)('are opened by `go tool pprof` over HTTP', async () => {
    const server = await startServer(options)
    const home = `${server.base.replace('//', `//any:${token}@`)}/debug`
    await eventually('load in a window', async () => {
      await fetch(`${server.base}/block?ms=300`)
      const { stdout } = top(`${home}/pprof/profile?seconds=2`)
      return stdout.includes('Type: cpu') && stdout.includes('endlessLoop')
    })
    expect(top(`${home}/autodump/pprof/heap`).stdout).toContain('Type: inuse_space')
    const missing = top(`${home}/pprof/goroutine`)
    expect(missing.status).not.toBe(0)
    expect(missing.stderr).toContain('Node.js has no goroutines')
  })

  it('cost one conversion, however many scrapers ask', async () => {
    const server = await startServer(options)
    await eventually('a window', async () => (await server.status()).recorder.windows > 1)
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => Buffer.from(await (await server.admin('/pprof/profile')).arrayBuffer())),
    )
    const starts = new Set(answers.map(bytes => readPprof(bytes).timeNanos))
    // A window may end while they ask.
    expect(starts.size).toBeLessThanOrEqual(2)
    const [first, second] = await Promise.all(
      ['heap', 'allocs'].map(async name => Buffer.from(await (await server.admin(`/pprof/${name}`)).arrayBuffer())),
    )
    expect(first).toEqual(second)
    expect(readPprof(first as Buffer).types).toEqual(['inuse_space/bytes', 'inuse_objects/count'])
  })

  it('are recorded for those who wait where no recorder runs', async () => {
    const server = await startServer({ ...options, recorder: { enabled: false } })
    const asked = Promise.all(
      [1, 2].map(async seconds =>
        Buffer.from(await (await server.admin(`/pprof/profile?seconds=${seconds}`)).arrayBuffer()),
      ),
    )
    await fetch(`${server.base}/block?ms=500`)
    const [one, two] = await asked
    expect(one).toEqual(two)
    expect(readPprof(one as Buffer).samples.length).toBeGreaterThan(0)
  })

  it('show a block of the event loop from the monitor thread, while it lasts', async () => {
    const server = await startServer({ ...options, admin: { port: 0 } })
    const { admin } = await server.status()
    const at = `${admin?.address}/pprof/profile?seconds=5`
    let isOver = false
    // Longer than any machine takes to look: the end of the test ends it.
    void fetch(`${server.base}/block?ms=110000`)
      .catch(() => {})
      .finally(() => {
        isOver = true
      })
    const seen = await eventually('the block in a profile', async () => {
      const response = await fetch(at, { headers: { authorization: `Bearer ${token}` } })
      if (response.status !== 200) return undefined
      const { samples } = readPprof(Buffer.from(await response.arrayBuffer()))
      return samples.some(({ stack }) => stack.some(frame => frame.includes('endlessLoop'))) && { isOver }
    })
    expect(seen.isOver).toBe(false)
  })
})
