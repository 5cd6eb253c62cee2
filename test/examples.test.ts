import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, temporaryDirectory, token } from './support.js'

async function start(script: string, env: Record<string, string> = {}) {
  const dir = temporaryDirectory()
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../examples/${script}`, import.meta.url))], {
    env: { ...process.env, PORT: '0', AUTODUMP_DIR: dir, AUTODUMP_TOKEN: token, ...env },
  })
  const exit = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const base = await eventually('the example listens', () => {
    if (child.exitCode !== null) throw new Error(output)
    return /listening on (http:\S+:\d+)/.exec(output)?.[1]
  })
  const headers = { authorization: `Bearer ${token}` }
  return {
    child,
    exit,
    base,
    ask: (path: string, init: RequestInit = {}) =>
      fetch(`${base}/debug/autodump${path}`, { ...init, headers: { ...headers, ...(init.headers as object) } }),
  }
}

it('examples/sink/server.js serves, and its sink copies each dump', async () => {
  const copies = temporaryDirectory()
  const { child, exit, base, ask } = await start('sink/server.js', { COPIES: copies })
  expect(await (await fetch(base)).text()).toBe('hello\n')
  const trigger = await ask('/trigger?wait=true', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"capture":["requests"]}',
  })
  const { id } = (await trigger.json()) as Manifest
  const files = await eventually('the copy is whole', () => {
    const copied = existsSync(join(copies, id)) ? readdirSync(join(copies, id)) : []
    return copied.includes('manifest.json') && copied.sort()
  })
  expect(files).toEqual(['manifest.json', 'requests.json'])
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

it.each([
  ['express/server.js', '/shops/:shop/orders/:order'],
  ['koa/server.js', '/shops/:shop/orders/:order'],
  ['nestjs/main.js', '/api/shops/:shop/orders/:order'],
  ['hono/server.js', '/shops/:shop/orders/:order'],
])('examples/%s serves, is dumped with its routes, and ends', async (script, route) => {
  const { child, exit, base, ask } = await start(script)
  expect((await fetch(`${base}/debug/autodump`)).status).toBe(401)

  const order = base + route.replace(':shop', 'acme').replace(':order', '7')
  let answer = fetch(order)
  const groups = await eventually('a dump has the request', async () => {
    const trigger = await ask('/trigger?wait=true', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"capture":["requests"],"reason":"the example"}',
    })
    const { id } = (await trigger.json()) as Manifest
    const { dumps } = (await (await ask('')).json()) as { dumps: { id: string; reason: string }[] }
    expect(dumps[0]).toMatchObject({ id, reason: expect.stringContaining('the example') })
    const table = (await (await ask(`/dumps/${id}/requests.json`)).json()) as { groups: object[] }
    if (table.groups.length > 0) return table.groups
    answer = answer.then(() => fetch(order))
  })
  expect(groups).toMatchObject([{ method: 'GET', route, count: 1 }])
  expect(await (await answer).json()).toEqual({ shop: 'acme', order: '7' })

  const stream = await ask('/stream')
  child.kill('SIGTERM')
  expect(await stream.text()).toContain('event: status')
  const [code, signal] = await exit
  // Nest sends itself the signal again when it has closed.
  expect(code ?? signal).toBe(script.startsWith('nestjs') ? 'SIGTERM' : 0)
})
