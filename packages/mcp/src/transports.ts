import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'

/** Bytes of a request. */
const longestBody = 256 * 1024

/** Serves by standard input and output, until the input ends. */
export async function serveStdio(make: () => McpServer): Promise<void> {
  const server = make()
  const ended = Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')])
  await server.connect(new StdioServerTransport())
  await ended
  await server.close()
}

export interface ServedMcp {
  address: string
  token: string
  close(): Promise<void>
}

/** Serves over HTTP at `/mcp` (Streamable HTTP, without sessions). Every request needs the token. */
export async function serveHttp(
  make: () => McpServer,
  { port, host, token = randomBytes(24).toString('base64url') }: { port: number; host: string; token?: string },
): Promise<ServedMcp> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (req, res) => {
    answer(req, res).catch(() => {
      if (!res.headersSent) refuse(res, 500, 'it could not be answered')
      else res.destroy()
    })
  })

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.url?.split('?', 1)[0] !== '/mcp') return refuse(res, 404, 'the server is at /mcp')
    // A web page can point a name of its own at this machine.
    if (isLoopback(host) && !isHere(req.headers.host ?? ''))
      return refuse(res, 403, 'call it `localhost` or by an IP address')
    if (req.headers.origin !== undefined) return refuse(res, 403, 'it is not for web pages')
    if (!isToken(req.headers.authorization, token)) {
      res.setHeader('www-authenticate', 'Bearer realm="autodump"')
      return refuse(res, 401, 'send the token as `Authorization: Bearer <token>`')
    }
    if (req.method !== 'POST') {
      res.setHeader('allow', 'POST')
      return refuse(res, 405, 'there are no streams here: send a POST')
    }
    const body = await readJson(req)
    if (body === undefined) return refuse(res, 400, `send JSON of at most ${longestBody} bytes`)
    const mcp = make()
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true } as never)
    res.once('close', () => void mcp.close())
    await mcp.connect(transport as never)
    await transport.handleRequest(req, res, body)
  }

  server.listen(port, host)
  await once(server, 'listening')
  const { address, family, port: taken } = server.address() as AddressInfo
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/mcp`,
    token,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function refuse(res: ServerResponse, status: number, message: string): void {
  const text = JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null })
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  })
  res.end(text)
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    size += (chunk as Buffer).length
    if (size > longestBody) return undefined
    chunks.push(chunk as Buffer)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return undefined
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

function isToken(header: string | undefined, token: string): boolean {
  const [, said] = /^Bearer +(\S+) *$/i.exec(header ?? '') ?? []
  return said !== undefined && timingSafeEqual(digest(said), digest(token))
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\./.test(host)

function isHere(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return name === 'localhost' || isIP(name) !== 0
}
