import type { Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { canLimitMemory, memoryContainer } from '../control-group.js'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory } from '../support.js'

const megabytes = 200

/** A control group of the test's own, with a way to start a server in it and one to do away with it. */
function container(dir: string) {
  const { execPath, remove } = memoryContainer(megabytes)
  return {
    start: () => startServer({ dir, interval: 50, thresholds: noRules }, { fixture: 'crash.mjs', execPath }),
    remove,
  }
}

const crashIn = (dir: string) =>
  eventually('the crash is dumped', async (): Promise<Manifest | undefined> => (await manifestsIn(dir))[0])

describe.skipIf(!canLimitMemory)('a process that the kernel kills for want of memory', () => {
  it.each([
    ['in the same control group', true, /by the kernel for want of memory \(the control group counts 1 more OOM kill/],
    ['in another one, as of a new container', false, /probably .*by the kernel for want of memory/],
  ])('is a dump that says so, at the next start %s', async (_, isSame, text) => {
    const dir = temporaryDirectory()
    const first = container(dir)
    const server = await first.start()
    await eventually('samples', async () => (await server.status()).sample)
    server.child.send('fill the memory')
    expect(await server.exit).toEqual({ code: null, signal: 'SIGKILL' })
    if (!isSame) await first.remove()
    await (isSame ? first : container(dir)).start()
    const { trigger, summary, samples } = await crashIn(dir)
    expect(trigger.rule).toBe('crash')
    expect(summary.findings.find(({ kind }) => kind === 'crash')?.data?.cause).toBe('oom-kill')
    expect(summary.text).toMatch(text)
    expect(samples.at(-1)?.values.rss).toBeGreaterThan(80)
  })
})
