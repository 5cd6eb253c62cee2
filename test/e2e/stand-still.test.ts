import type { Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { canFreeze, freezer, unless } from '../control-group.js'
import { eventually, manifestsIn, pause, type RunningServer, startServer } from '../support.js'

/** Samples that the server has taken since the moment, once there are as many. */
async function samplesSince(server: RunningServer, since: number, least: number) {
  return eventually('samples', async () => {
    const { samples } = (await (await server.admin(`/samples?since=${since}`)).json()) as {
      samples: Manifest['samples']
    }
    return samples.length >= least && samples
  })
}

/** The dumps that call an event loop blocked; a busy machine may make others. */
const blocked = async ({ dir }: RunningServer) =>
  (await manifestsIn(dir)).filter(({ summary }) => /was blocked/.test(summary.text))

describe.runIf(process.platform === 'linux')('a process that stands still', () => {
  it.each([600, 3000])('for %d ms is not dumped, and one that is blocked after that is', async ms => {
    const server = await startServer()
    await samplesSince(server, 0, 2)
    const before = Date.now()
    server.child.kill('SIGSTOP')
    // What is tested is time in which nothing runs.
    await pause(ms)
    server.child.kill('SIGCONT')
    const samples = await samplesSince(server, before, 3)
    expect(samples.reduce((sum, { stopped = 0 }) => sum + stopped, 0)).toBeGreaterThan(ms - 250)
    expect(Math.max(...samples.map(({ values }) => values.eventLoopDelay ?? 0))).toBeLessThan(ms)
    expect(await blocked(server)).toEqual([])

    fetch(`${server.base}/block?ms=600000`).catch(() => {})
    const [dump] = await eventually('a dump', async () => {
      const dumps = (await manifestsIn(server.dir)).filter(({ summary }) => /endlessLoop/.test(summary.text))
      return dumps.length > 0 && dumps
    })
    expect(dump?.trigger.metric).toMatch(/eventLoop|cpu/)
  })
})

describe.skipIf(!canFreeze)(`a process in a frozen control group${unless(canFreeze)}`, () => {
  it('is not dumped when it is thawed, and its samples say that it stood still', async () => {
    const { execPath, freeze, thaw } = freezer()
    const server = await startServer({}, { execPath })
    await samplesSince(server, 0, 2)
    const before = Date.now()
    freeze()
    // What is tested is time in which nothing runs.
    await pause(2000)
    thaw()
    const samples = await samplesSince(server, before, 4)
    expect(samples.reduce((sum, { stopped = 0 }) => sum + stopped, 0)).toBeGreaterThan(2000 - 250)
    expect(Math.max(...samples.map(({ values }) => values.eventLoopDelay ?? 0))).toBeLessThan(2000)
    expect(await blocked(server)).toEqual([])
    // It is watched as before.
    fetch(`${server.base}/block?ms=600000`).catch(() => {})
    await eventually('a dump', async () =>
      (await manifestsIn(server.dir)).some(({ summary }) => /was blocked.*endlessLoop/.test(summary.text)),
    )
  })
})

describe('an app at a breakpoint', () => {
  it('is not dumped, the debugger is not disturbed, and an app that is blocked beside it is', async () => {
    const server = await startServer({}, { fixture: 'debugged.mjs' })
    await samplesSince(server, 0, 2)
    const before = Date.now()
    server.child.send({ pauseFor: 4000 })
    const [, ms] = await eventually('it goes on', () => /resumed after (\d+) ms/.exec(server.output()))
    const samples = await samplesSince(server, before, 6)
    // The rest may be time in which others had the CPU.
    expect(samples.reduce((sum, { stopped = 0 }) => sum + stopped, 0)).toBeGreaterThan(Number(ms) / 2)
    expect(await blocked(server)).toEqual([])

    fetch(`${server.base}/block?ms=600000`).catch(() => {})
    const dump = await eventually('a dump', async () =>
      (await manifestsIn(server.dir)).find(({ summary }) => /endlessLoop/.test(summary.text)),
    )
    expect(dump.trigger.metric).toMatch(/eventLoop|cpu/)
  })
})
