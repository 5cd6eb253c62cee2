import { describe, expect, it } from 'vitest'
import { canLimitMemory, memoryContainer } from '../control-group.js'
import { onlyInFull } from '../scenarios/go-wrong.js'
import { eventually, manifestsIn, pause, startServer } from '../support.js'

const megabytes = 400

const start = () =>
  startServer({ interval: 200 }, { fixture: '../scenarios/server.mjs', execPath: memoryContainer(megabytes).execPath })

describe.skipIf(!canLimitMemory)('scenario 17: child processes eat the memory of the container', onlyInFull, () => {
  it('makes a dump before the kernel acts, which says whose it is', async () => {
    const server = await start()
    await server.warm()
    const { child } = (await (await fetch(`${server.base}/pdf/280`)).json()) as { child: number }
    const manifest = await eventually('a dump of the container', async () =>
      (await manifestsIn(server.dir)).find(({ trigger }) => trigger.metric === 'memory'),
    )
    expect(manifest.trigger.rule).toBe('watermark')
    expect(manifest.summary.text).toMatch(
      new RegExp(
        `of the ${megabytes} MiB that the container may have are in use: .* by its children \\(\\w+ ${child}: `,
      ),
    )
    const found = manifest.summary.findings.find(({ kind }) => kind === 'group-memory')?.data as {
      own: number
      children: { bytes: number }[]
    }
    expect(found.children[0]?.bytes).toBeGreaterThan(100 * 1024 ** 2)
    expect(found.own).toBeGreaterThan(20 * 1024 ** 2)
    // The evidence must not be what fills the container: the kernel would kill one of the two.
    expect(manifest.artifacts.map(({ kind }) => kind)).toContain('heap-profile')
    expect((await fetch(`${server.base}/users/1`)).status).toBe(200)
    expect(() => process.kill(child, 0)).not.toThrow()
  }, 120_000)

  it('makes none while they are small', async () => {
    const server = await start()
    await server.warm()
    await fetch(`${server.base}/pdf/16`)
    const reads = new Set<number>()
    await eventually('samples', async () => {
      reads.add((await server.status()).sample?.at ?? 0)
      await pause(50)
      return reads.size >= 25
    })
    const { sample } = await server.status()
    expect(sample?.values.memory).toBeGreaterThan(10)
    expect((await manifestsIn(server.dir)).filter(({ trigger }) => trigger.metric === 'memory')).toEqual([])
  }, 120_000)
})
