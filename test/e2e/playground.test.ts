import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, temporaryDirectory } from '../support.js'

const demo = fileURLToPath(new URL('../../examples/fastify/demo.js', import.meta.url))

it('the playground breaks the service at the press of a button, and shows what autodump wrote', {
  timeout: 300_000,
}, async () => {
  const dir = temporaryDirectory()
  const child = spawn(process.execPath, [demo, '--play'], { env: { ...process.env, PORT: '0', AUTODUMP_DIR: dir } })
  const exit = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exit
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const base = await eventually('it says its address', () => {
    if (child.exitCode !== null) throw new Error(output)
    return /playground: (http:\S+)/.exec(output)?.[1]
  })
  await eventually('it says how to log in', () => /dashboard: +http:\S+ +\(log in with the token \w+\)/.test(output))

  const page = await (await fetch(base)).text()
  const buttons = [...page.matchAll(/data-fault="([\w-]+)"/g)].map(([, id]) => id)
  expect(buttons).toHaveLength(10)
  expect(page.match(/Expect: \w/g)).toHaveLength(10)

  const press = async (id: string) =>
    (await (await fetch(`${base}/break/${id}`, { method: 'POST' })).json()) as { says: string }
  const headlines = async () => {
    const { dumps } = (await (await fetch(`${base}/dumps`)).json()) as { dumps: { headline: string; url: string }[] }
    return dumps
  }
  expect((await press('regexp')).says).toContain('validateAddress')
  await eventually('the regular expression is named', async () =>
    (await headlines()).some(({ headline }) => headline.includes('validateAddress')),
  )
  await press('crash')
  const crash = await eventually('the crash is dumped by the next process', async () =>
    (await headlines()).find(({ headline }) => headline.includes('the ledger refused invoice 17')),
  )
  // The page of a dump is there, behind a login.
  expect((await fetch(crash.url)).status).not.toBe(404)

  const foreign = await fetch(`${base}/break/block`, { method: 'POST', headers: { origin: 'http://evil.example' } })
  expect([foreign.status, (await fetch(`${base}/break/nothing`, { method: 'POST' })).status]).toEqual([403, 404])
  expect(readdirSync(dir).length).toBeGreaterThan(1)
})
