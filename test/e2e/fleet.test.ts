import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { DumpPage, FaultGroup, Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory } from '../support.js'

const cli = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))

async function autodump(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env: { PATH: process.env.PATH } })
  return stdout
}

/** A service with one dump in the bucket, by hand while requests pile up. Resolves with the id that the process gave. */
async function dumpOf(url: string, labels: Record<string, string>): Promise<string> {
  const server = await startServer({ labels, thresholds: noRules, bucket: { url } })
  for (let sent = 0; sent < 12; sent++) void fetch(`${server.base}/stall/${sent}`).catch(() => {})
  await eventually('they wait', async () => ((await server.status()).sample?.values.inFlight ?? 0) >= 12)
  const body = JSON.stringify({ capture: ['requests', 'cpu-profile'], duration: 200, reason: `by ${labels.service}` })
  const answer = await server.admin('/trigger?wait=true', { method: 'POST', body })
  expect(answer.status).toBe(201)
  await eventually('the upload', async () => (await server.status()).bucket?.uploaded)
  server.child.kill('SIGTERM')
  await server.exit
  return ((await answer.json()) as Manifest).id
}

/** `autodump serve`, and its address. */
async function serve(
  url: string,
  ...more: string[]
): Promise<{ child: ChildProcess; address: string; said(): string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--bucket', url, '--port', '0', ...more], {
    env: { PATH: process.env.PATH, ...(more.length === 0 && { AUTODUMP_TOKEN: 't0ken' }) },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk))
  const address = await eventually('an address', () => /are at (http\S+)/.exec(said)?.[1])
  return { child, address, said: () => said }
}

describe('a bucket with the dumps of two services', () => {
  it('is listed, shown and pulled by the command line, and served with the admin API', async () => {
    const url = pathToFileURL(join(temporaryDirectory(), 'bucket')).href
    const shop = await dumpOf(url, { service: 'shop', instance: 'pod-1', version: '1.0.0' })
    const cart = await dumpOf(url, { service: '@acme/cart', instance: 'pod-1', version: '2.0.0' })

    const { dumps, total } = JSON.parse(await autodump('ls', '--bucket', url, '--json')) as DumpPage
    expect(total).toBe(2)
    expect(dumps.map(({ from }) => from?.service)).toEqual(['@acme/cart', 'shop'])
    expect(await autodump('ls', '--bucket', url)).toMatch(/cart|shop/)
    expect(await autodump('show', shop, '--bucket', url)).toContain('labels    service=shop')

    const out = join(temporaryDirectory(), 'out')
    await autodump('pull', cart, '--bucket', url, '--out', out)
    expect(JSON.parse(readFileSync(join(out, 'requests.json'), 'utf8'))).toHaveProperty('total')

    const said = JSON.parse(await autodump('analyze', `${shop}/cpu.cpuprofile`, '--bucket', url, '--json')) as object
    expect(said).toMatchObject({ kind: 'cpu-profile' })

    const { faults } = JSON.parse(await autodump('faults', '--bucket', url, '--json')) as { faults: FaultGroup[] }
    expect(faults).toMatchObject([
      { count: 2, instances: 2, services: ['shop', '@acme/cart'], title: 'GET /stall/:id' },
    ])

    const { child, address } = await serve(url)
    expect((await fetch(`${address}dumps`)).status).toBe(401)
    const headers = { authorization: 'Bearer t0ken' }
    const page = (await (await fetch(`${address}dumps?q=acme`, { headers })).json()) as DumpPage
    expect(page.dumps.map(({ id }) => id)).toEqual([expect.stringContaining(`${cart}.`)])
    const html = await fetch(address, { headers: { accept: 'text/html' } })
    // The page that asks for the token.
    expect([html.status, html.headers.get('content-type')]).toEqual([401, expect.stringContaining('text/html')])
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('is open to whoever the proxy has let in, for reading only', async () => {
    const url = pathToFileURL(join(temporaryDirectory(), 'bucket')).href
    const { address, said } = await serve(url, '--user-header', 'x-forwarded-user')
    expect(said()).not.toContain('token')
    expect((await fetch(`${address}dumps`)).status).toBe(403)
    const headers = { 'x-forwarded-user': 'ann' }
    expect(await (await fetch(`${address}dumps`, { headers })).json()).toEqual({ dumps: [], total: 0 })
    const path = `${address}dumps/20261129T030000000Z-7-cpu-spike`
    expect((await fetch(path, { method: 'DELETE', headers })).status).toBe(403)
  })
})
