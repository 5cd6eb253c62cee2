import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { canLimitMemory, memoryContainer, unless } from '../control-group.js'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory } from '../support.js'

/** Takes the memory of its container until so many MiB are left, and says so. */
const hog = `
const { readFileSync } = require('fs')
const [group, limit, rest] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3])]
const read = (...files) => { for (const file of files) try { return readFileSync(group + '/' + file, 'utf8') } catch {} }
const held = []
const left = () => {
  const stat = read('memory.stat')
  const of = name => Number(new RegExp('^(?:total_)?' + name + ' (\\\\d+)', 'm').exec(stat)?.[1] ?? 0)
  const files = Math.max(of('inactive_file'), of('inactive_file') + of('active_file') - of('mapped_file') - of('file_mapped'))
  return limit - (Number(read('memory.usage_in_bytes', 'memory.current')) - files)
}
while (left() > rest * 2 ** 20) held.push(Buffer.alloc(2 ** 20, 1))
console.log('full')
setInterval(() => held, 1000)`

async function fill(execPath: string, group: string, megabytes: number, rest = 8): Promise<ChildProcess> {
  const child = spawn(execPath, ['-e', hog, group, String(megabytes * 1024 ** 2), String(rest)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return child
}

describe.skipIf(!canLimitMemory)(`a container that is nearly full${unless(canLimitMemory)}`, () => {
  it('gets no monitor thread, because that could be what fills it, and one when there is room', async () => {
    const { execPath, group } = memoryContainer(300)
    const server = await startServer({ interval: 100, thresholds: noRules }, { fixture: 'killable.mjs', execPath })
    await eventually('it is at work', async () => (await server.status()).sample)
    const child = await fill(execPath, group, 300)
    server.child.send('kill the thread')
    const why = /a monitor may take 40 MiB of memory, and the container has \S+ MiB left; nothing is monitored/
    await eventually('it says why it does nothing', async () => why.test((await server.status()).thread.degraded ?? ''))
    expect(server.output()).toMatch(why)
    expect(await (await fetch(server.base)).json()).toEqual({ hello: 'world' })
    expect(child.exitCode ?? child.signalCode).toBe(null)
    child.kill('SIGKILL')
    await eventually('it is at work again', async () => (await server.status()).thread.degraded === null)
    expect((await server.status()).thread.mode).toBe('monitor-thread')
  }, 120_000)
})

describe.skipIf(!canLimitMemory)(`several processes in one container${unless(canLimitMemory)}`, () => {
  it('make one dump of its memory, and the rest say so', async () => {
    const { execPath, group } = memoryContainer(500)
    const dir = temporaryDirectory()
    const thresholds = { ...noRules, memory: { enabled: true, watermark: 80, capture: ['heap-profile'] as const } }
    const options = { dir, interval: 200, thresholds } as unknown as Parameters<typeof startServer>[0]
    const servers = await Promise.all([1, 2, 3].map(() => startServer(options, { fixture: 'killable.mjs', execPath })))
    for (const server of servers) await eventually('it is at work', async () => (await server.status()).sample)
    await fill(execPath, group, 500, 70)
    const told = await Promise.all(
      servers.map(server =>
        eventually('its rule had its dump', async () => {
          const { state } = (await server.status()).metrics.memory?.rules.watermark ?? {}
          return state === 'spent' || state === 'cooling-down' || state === 'capturing'
        }),
      ),
    )
    expect(told).toEqual([true, true, true])
    await eventually('the dump', async () => (await manifestsIn(dir)).length)
    for (const server of servers) await eventually('nothing is captured', async () => !(await server.status()).capture)
    expect((await manifestsIn(dir)).map(({ trigger }) => trigger.metric)).toEqual(['memory'])
  }, 120_000)
})

describe.skipIf(!canLimitMemory || !existsSync('/dev/shm'))('a dump directory on a tmpfs', () => {
  it('is memory of the container, which status and the log say once', async () => {
    const dir = mkdtempSync('/dev/shm/autodump-test-')
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    const { execPath } = memoryContainer(400)
    const server = await startServer({ dir, interval: 100, thresholds: noRules }, { fixture: 'killable.mjs', execPath })
    const found = await eventually('the status', async () => (await server.status()).inMemory)
    expect(found).toEqual({
      most: 50 * 1024 ** 2,
      text: `${dir} is memory of the container (a tmpfs): dumps take at most 50 MiB of its 400 MiB`,
    })
    await server.admin('/trigger?wait=true', { method: 'POST', body: '{"capture":["requests"]}' })
    expect(await manifestsIn(dir)).toHaveLength(1)
  }, 60_000)
})
