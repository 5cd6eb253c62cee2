import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Manifest } from '@autodump/core'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory, token } from '../support.js'

const cli = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))

/** A client of `autodump mcp` by standard input and output. */
async function connect(...args: string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const env = { PATH: process.env.PATH ?? '', AUTODUMP_TOKEN: token }
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp', ...args], env }))
  onTestFinished(() => client.close())
  return client
}

async function ask(client: Client, name: string, given: object = {}): Promise<{ text: string; isError: boolean }> {
  const { content, isError } = await client.callTool({ name, arguments: { ...given } })
  return { text: (content as { text: string }[]).map(({ text }) => text).join('\n'), isError: isError === true }
}

/** What is between the marks of an answer. */
function dataIn(text: string): string {
  const [, , data] = /<(untrusted-[0-9a-f]{16})>\n(.*)\n<\/\1>$/s.exec(text) ?? []
  if (data === undefined) throw new Error(`not marked: ${text}`)
  return data
}

/** A dump with a profile of a busy function. */
async function busyDump(server: RunningServer): Promise<string> {
  const body = JSON.stringify({ capture: ['cpu-profile', 'requests'], duration: 500 })
  let isOver = false
  const answer = server.admin('/trigger?wait=true', { method: 'POST', body }).finally(() => {
    isOver = true
  })
  while (!isOver) await fetch(`${server.base}/block?ms=50`)
  return ((await (await answer).json()) as Manifest).id
}

const tools = [
  'compare_dumps',
  'compare_versions',
  'explain_dump',
  'holders',
  'list_dumps',
  'list_faults',
  'top_functions',
]

describe('autodump mcp', () => {
  it('answers about a process, a directory and a bucket, and marks what is from the app', async () => {
    const url = pathToFileURL(join(temporaryDirectory(), 'bucket')).href
    const labels = { service: 'shop', version: '1.8.2' }
    const server = await startServer({ thresholds: noRules, labels, bucket: { url } })
    const id = await busyDump(server)
    await eventually('the upload', async () => (await server.status()).bucket?.uploaded)

    for (const args of [
      ['--url', `${server.base}/debug/autodump`],
      ['--dir', server.dir],
      ['--bucket', url],
    ]) {
      const client = await connect(...args)
      const list = await client.listTools()
      expect(list.tools.map(({ name }) => name).sort()).toEqual(tools)
      expect(list.tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true)
      const [dump] = JSON.parse(dataIn((await ask(client, 'list_dumps')).text)) as { id: string }[]
      expect(dump?.id).toContain(id)
      const top = JSON.parse(dataIn((await ask(client, 'top_functions', { dump: id, limit: 1 })).text))
      expect(top.functions[0]).toMatchObject({ name: 'endlessLoop' })
      expect(dataIn((await ask(client, 'explain_dump', { dump: id })).text)).toContain('endlessLoop')
      expect(JSON.parse(dataIn((await ask(client, 'list_faults')).text))).toEqual(expect.any(Array))
      const compared = JSON.parse(dataIn((await ask(client, 'compare_dumps', { before: id, after: id })).text))
      expect(compared.functions[0].beforePercent).toBe(compared.functions[0].afterPercent)
      const versions = await ask(client, 'compare_versions', { before: '1.8.2', after: '1.8.2' })
      expect(dataIn(versions.text)).toContain('endlessLoop')
    }
  })

  it('says what is not there, and that nothing can be changed', async () => {
    const client = await connect('--dir', temporaryDirectory())
    expect(await ask(client, 'explain_dump', { dump: '../../etc/passwd' })).toMatchObject({ isError: true })
    expect(await ask(client, 'holders', { dump: 'none' })).toMatchObject({ isError: true })
    expect(await ask(client, 'list_dumps', { limit: 0 })).toMatchObject({ isError: true })
    expect(await ask(client, 'trigger')).toMatchObject({ isError: true })
  })

  it('answers over HTTP to whoever has the token, and not to web pages', async () => {
    const child: ChildProcess = spawn(process.execPath, [cli, 'mcp', '--dir', temporaryDirectory(), '--port', '0'])
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    child.stderr?.on('data', chunk => (said += chunk))
    const [, address, secret] = await eventually('an address', () => /at (http\S+) .*token (\S+)/.exec(said))
    const at = new URL(address as string)
    const headers = { authorization: `Bearer ${secret}` }
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(new StreamableHTTPClientTransport(at, { requestInit: { headers } }) as never)
    onTestFinished(() => client.close())
    expect(JSON.parse(dataIn((await ask(client, 'list_dumps')).text))).toEqual([])

    const post = async (more: Record<string, string>) =>
      (await fetch(at, { method: 'POST', headers: { 'content-type': 'application/json', ...more }, body: '{}' })).status
    expect(await post({})).toBe(401)
    expect(await post({ authorization: 'Bearer wrong' })).toBe(401)
    expect(await post({ ...headers, origin: 'http://evil.example' })).toBe(403)
  })
})
