import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMonitor } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, temporaryDirectory } from './support.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(match => match[1] as string)

/** Runs an example as it stands, but for its port and its directory. Resolves with the port. */
async function run(example: string, server: string): Promise<string> {
  const source = example
    .replace('port: 3000', 'port: 0')
    .replace(/listen\(\d+\)/, 'listen(0)')
    .replace('autodump({ auth', `autodump({ dir: '${temporaryDirectory()}', auth`)
    .replace('/var/tmp/autodump-shop', temporaryDirectory())
    .replace('const options = {', `const options = { dir: '${temporaryDirectory()}', auth: { token: 'change-me' },`)
  const script = `${source}
if (!${server}.listening) await new Promise(resolve => ${server}.once('listening', resolve))
console.log('port=' + ${server}.address().port)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  return eventually('the example listens', () => {
    if (child.exitCode !== null) throw new Error(output)
    return /port=(\d+)/.exec(output)?.[1]
  })
}

describe('the README', () => {
  it('has four examples', () => expect(examples).toHaveLength(4))

  it.each([
    ['Fastify', 0, 'app.server', '{"hello":"world"}'],
    ['Express', 1, 'server', 'hello'],
    ['Koa', 2, 'server', 'hello'],
    ['node:http', 3, 'server', 'hello'],
  ])('has an example for %s that runs', async (_, index, server, body) => {
    const port = await run(examples[index] as string, server)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe(body)
    expect((await fetch(`http://127.0.0.1:${port}/debug/autodump`)).status).toBe(401)
    const headers = { authorization: 'Bearer change-me' }
    const status = await fetch(`http://127.0.0.1:${port}/debug/autodump/status`, { headers })
    expect(await status.json()).toMatchObject({ state: 'running' })
  })

  it('has a command for any program that runs', async () => {
    const command = /AUTODUMP_DIR=.*app\.js/.exec(readme)?.[0] ?? ''
    const app = join(temporaryDirectory(), 'app.js')
    writeFileSync(app, "process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1000)")
    const adapted = command
      .replace('/var/tmp/autodump-shop', temporaryDirectory())
      .replace('PORT=9464 node', `PORT=0 ${process.execPath}`)
      .replace('app.js', app)
    const child = spawn('sh', ['-c', `exec env ${adapted}`], { cwd: fileURLToPath(new URL('.', import.meta.url)) })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
    onTestFinished(() => void child.kill('SIGKILL'))
    await eventually('the admin server listens', () => /the admin server listens at http:\/\/127/.test(output))
    child.kill('SIGTERM')
    expect((await once(child, 'close'))[0]).toBe(0)
  })

  it('shows the default thresholds as they are', () => {
    const { thresholds } = createMonitor().thresholds()
    for (const [metric, { min, spike, watermark, hold, capture }] of Object.entries(thresholds)) {
      const row = readme.split('\n').find(line => line.startsWith(`| \`${metric}\` |`))
      const cells = row?.split('|').map(cell => cell.trim().replaceAll('`', ''))
      const [, , , ...shown] = cells ?? []
      const held = hold > 1 ? `, ${hold} in a row` : ''
      const rise = spike === null ? 'off' : `${spike}%${held}`
      expect(shown.slice(0, 4)).toEqual([String(min), rise, String(watermark), capture.join(', ')])
    }
  })
})
