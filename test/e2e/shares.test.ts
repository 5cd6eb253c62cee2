import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory } from '../support.js'

const cli = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))

/** A version of the shop that serves some requests, with so long a block in each, and leaves its shares. Those before its first window do not count. */
async function serve(url: string, version: string, ms: number, requests: number): Promise<void> {
  const labels = { service: 'shop', version, instance: 'pod-1' }
  const server = await startServer({ thresholds: noRules, recorder: { window: 300 }, labels, bucket: { url } })
  await eventually('a window', async () => (await server.status()).recorder.windows > 0)
  for (let count = 0; count < requests; count++) await fetch(`${server.base}/block?ms=${ms}`)
  const { totals } = await server.status()
  expect(totals.cpuMs).toBeGreaterThan(0)
  server.child.send('close')
  await server.exit
}

it('two versions leave their shares in the bucket, and the command line compares them', async () => {
  const root = join(temporaryDirectory(), 'bucket')
  const url = pathToFileURL(root).href
  await serve(url, '1.8.2', 12, 300)
  await serve(url, '1.9.0', 26, 300)
  const folder = join(root, 'v1/shares/shop')
  expect(readdirSync(folder).sort()).toEqual(['1%2E8%2E2', '1%2E9%2E0'])
  const [file] = readdirSync(join(folder, '1%2E9%2E0'))
  const text = readFileSync(join(folder, '1%2E9%2E0', file as string), 'utf8')
  expect(text.length).toBeLessThanOrEqual(20_000)
  const digest = JSON.parse(text)
  expect(digest.requests).toBeGreaterThanOrEqual(220)
  expect(digest.functions[0][0]).toBe('endlessLoop')

  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'shares', '--bucket', url], {
    env: { PATH: process.env.PATH },
  })
  expect(stdout).toContain('shop 1.9.0 against 1.8.2')
  expect(stdout).toMatch(/endlessLoop \(.*shop\.mjs:\d+\) costs [\d.]+ times what it did in 1\.8\.2, per request/)
})
