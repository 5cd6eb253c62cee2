import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, temporaryDirectory } from './support.js'

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const readme = read('README.md')
const exampleOf = (page: string) => /```js\n([\s\S]*?)```/.exec(read(page))?.[1] ?? ''

/** Runs an example as it stands, but for its port and its directory. Resolves with the port. */
async function run(example: string, server: string): Promise<string> {
  const source = example
    .replace('port: 3000', 'port: 0')
    .replace(/listen\(\d+\)/, 'listen(0)')
    .replace('/var/tmp/autodump-shop', temporaryDirectory())
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

describe('the first example of a page', () => {
  it.each([
    ['README.md', 'app.server', '{"hello":"world"}'],
    ['docs/express.md', 'server', 'hello'],
    ['docs/koa.md', 'server', 'hello'],
    ['docs/node-http.md', 'server', 'hello'],
  ])('runs as it stands in %s', async (page, server, body) => {
    const port = await run(exampleOf(page), server)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe(body)
    expect((await fetch(`http://127.0.0.1:${port}/debug/autodump`)).status).toBe(401)
    const headers = { authorization: 'Bearer change-me' }
    await eventually('the monitor runs', async () => {
      const status = await fetch(`http://127.0.0.1:${port}/debug/autodump/status`, { headers })
      return ((await status.json()) as { state: string }).state === 'running'
    })
  })
})

describe('the README', () => {
  it('fits on a few screens, with the two commands on the first', () => {
    const lines = readme.split('\n')
    expect(lines.length).toBeLessThanOrEqual(121) // The last line ends with a line break.
    const first = lines.slice(0, 20).join('\n')
    expect(first).toContain('npm run demo')
    expect(first).toContain('npm test')
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
})
