import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { resolveOptions } from '../options/options.js'
import { openStore } from '../store/store-on-disk.js'
import { manifestOf } from '../testing/fake-monitor.js'
import { openDumps } from './dumps.js'

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-dumps-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

async function directoryWithDump() {
  const dir = directory()
  const options = resolveOptions({ dir, retention: { minFreeBytes: 0 } })
  const store = await openStore({ ...options, pid: 42, onError: (_, error) => expect.fail(String(error)) })
  const id = store.newId(Date.now(), 'cpu', 'spike')
  const writer = await store.begin(id)
  const artifact = await writer.add('requests', { file: 'requests.json', phase: 'during', content: '{"total":0}' })
  await writer.publish(manifestOf(id, [artifact]))
  await store.close()
  return { dir, id }
}

const noErrors = (what: string, error: unknown) => expect.fail(`${what}: ${error}`)

const ask = async (handler: Awaited<ReturnType<typeof openDumps>>, path: string, method = 'GET') =>
  handler(new Request(`http://localhost${path}`, { method }))

describe('a dump directory without a process', () => {
  it('lists, shows, sends and removes', async () => {
    const { dir, id } = await directoryWithDump()
    const handler = await openDumps(dir, noErrors)
    expect(await (await ask(handler, '/')).json()).toMatchObject({ dumps: [{ id }] })
    expect(await (await ask(handler, `/dumps/${id}`)).json()).toMatchObject({ id, state: 'complete' })
    expect(await (await ask(handler, `/dumps/${id}/requests.json`)).json()).toEqual({ total: 0 })
    expect((await ask(handler, `/dumps/${id}`, 'DELETE')).status).toBe(204)
    expect(readdirSync(dir).filter(name => name.includes(id))).toEqual([])
    expect((await ask(handler, `/dumps/${id}`)).status).toBe(404)
  })

  it('refuses what needs a monitor', async () => {
    const handler = await openDumps(directory(), noErrors)
    for (const [path, method] of [
      ['/trigger', 'POST'],
      ['/thresholds', 'GET'],
      ['/stream', 'GET'],
    ] as const)
      expect((await ask(handler, path, method)).status).toBe(503)
    expect(await (await ask(handler, '/status')).json()).toMatchObject({ state: 'stopped' })
  })

  it('is not made, nor is anything in it', async () => {
    const dir = join(directory(), 'missing')
    const handler = await openDumps(dir, noErrors)
    expect(await (await ask(handler, '/')).json()).toEqual({ dumps: [], total: 0 })
    expect(existsSync(dir)).toBe(false)
  })

  it('is refused where it is none', async () => {
    await expect(openDumps(process.execPath, noErrors)).rejects.toMatchObject({ code: 'FAILED' })
  })
})
