import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canLimitMemory, memoryContainer } from '../control-group.js'
import { onlyInFull } from '../scenarios/go-wrong.js'
import { eventually, manifestsIn, pause, type RunningServer, startServer, temporaryDirectory } from '../support.js'

const megabytes = 400

const start = (execPath = memoryContainer(megabytes).execPath) =>
  startServer({ interval: 200 }, { fixture: '../scenarios/server.mjs', execPath })

/** Reads a file of the container so often that the kernel takes it for one in use. */
function readAgainAndAgain(execPath: string, bytes: number): void {
  const file = join(temporaryDirectory(), 'large')
  const descriptor = openSync(file, 'w')
  ftruncateSync(descriptor, bytes)
  closeSync(descriptor)
  const script = `const { openSync, readSync } = require('fs'); const file = openSync(process.argv[1]); const piece = Buffer.alloc(2 ** 20)
    for (let n = 0; n < 4; n++) for (let at = 0; at < ${bytes}; at += piece.length) readSync(file, piece, 0, piece.length, at)`
  execFileSync(execPath, ['-e', script, file])
}

async function samples(server: RunningServer, count: number): Promise<void> {
  const reads = new Set<number>()
  await eventually('samples', async () => {
    reads.add((await server.status()).sample?.at ?? 0)
    await pause(50)
    return reads.size >= count
  })
}

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
    await samples(server, 25)
    const { sample } = await server.status()
    expect(sample?.values.memory).toBeGreaterThan(10)
    expect((await manifestsIn(server.dir)).filter(({ trigger }) => trigger.metric === 'memory')).toEqual([])
  }, 120_000)

  it('makes none of a file that the kernel keeps because it is read again and again', async () => {
    const { execPath } = memoryContainer(megabytes)
    const server = await start(execPath)
    await server.warm()
    readAgainAndAgain(execPath, 290 * 1024 ** 2)
    await samples(server, 10)
    expect((await server.status()).sample?.values.memory).toBeLessThan(60)
    expect((await manifestsIn(server.dir)).filter(({ trigger }) => trigger.metric === 'memory')).toEqual([])
  }, 120_000)
})
