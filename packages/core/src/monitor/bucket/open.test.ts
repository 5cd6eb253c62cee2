import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished, vi } from 'vitest'
import { resolveBucket } from '../../options/bucket.js'
import { startS3Server } from '../../testing/s3-server.js'
import { openConfigured } from './open.js'

/** An app in a directory of its own, with a store beside its script and one that it has installed. */
function app() {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-store-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const source = (name: string) => `export default options => ({ place: '${name} ' + options.folder, close() {} })`
  writeFileSync(join(dir, 'store.mjs'), source('beside'))
  mkdirSync(join(dir, 'node_modules/@acme/store'), { recursive: true })
  const exports = { '.': { import: './index.mjs' } }
  writeFileSync(join(dir, 'node_modules/@acme/store/package.json'), JSON.stringify({ name: '@acme/store', exports }))
  writeFileSync(join(dir, 'node_modules/@acme/store/index.mjs'), source('installed'))
  return { dir, from: { cwd: tmpdir(), script: join(dir, 'server.js') } }
}

it.each([
  ['./store.mjs', 'beside x'],
  ['@acme/store', 'installed x'],
])('a store of the app is found from its script, wherever it was started: %s', async (module, place) => {
  const { from } = app()
  const { store } = await openConfigured(resolveBucket({ store: { module, options: { folder: 'x' } } }, from))
  expect(store.place).toBe(place)
})

it('a store may be a file: URL', async () => {
  const { dir, from } = app()
  const module = pathToFileURL(join(dir, 'store.mjs')).href
  const { store } = await openConfigured(resolveBucket({ store: { module, options: { folder: 'x' } } }, from))
  expect(store.place).toBe('beside x')
})

it('the refusal says which module cannot be used', async () => {
  const { from } = app()
  const bucket = resolveBucket({ store: { module: './none.mjs' } }, from)
  await expect(openConfigured(bucket)).rejects.toThrow('bucket.store.module ./none.mjs cannot be used')
})

it('all stores of a bucket share its requests of the hour', async () => {
  const server = await startS3Server()
  onTestFinished(() => server.close())
  const credentials = { accessKeyId: 'ABCDEFGH', secretAccessKey: 'x' }
  const { endpoint } = server
  const bucket = resolveBucket({ url: 's3://evidence', endpoint, credentials, requestsPerHour: 10 })
  const stores = [(await openConfigured(bucket)).store, (await openConfigured(bucket)).store]
  onTestFinished(() => {
    for (const store of stores) store.close()
  })
  for (let round = 0; round < 5; round++) for (const store of stores) await store.head('a')
  const timers = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => timers.mockRestore())
  const stop = new AbortController()
  const late = stores[0]?.list({ prefix: '', signal: stop.signal })
  // It waits for the oldest request to be an hour ago.
  await vi.waitFor(() => expect(timers.mock.calls.some(([, ms]) => Number(ms) > 3_000_000)).toBe(true))
  stop.abort(new Error('enough'))
  await expect(late).rejects.toThrow('enough')
  expect(server.seen).toHaveLength(10)
})
