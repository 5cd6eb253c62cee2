import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { CredentialsSource } from '../object-store/credentials/source.js'
import { type ObjectStoreError, sourceOf } from '../object-store/object-store.js'
import { createS3Store, type S3Options } from '../object-store/s3/s3-store.js'

export interface Seen {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

export type Reply = (seen: Seen, res: ServerResponse) => void

export const refuse =
  (status: number, code: string, more = '', headers: Record<string, string> = {}): Reply =>
  (_, res) =>
    res.writeHead(status, headers).end(`<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`)
/** The answer of a store to a write. */
export const fine: Reply = (_, res) => res.writeHead(200, { etag: '"e"' }).end()

const secretAccessKey = ['s3', 'cret'].join('-')
export const keys = { accessKeyId: 'ABCDEFGH', secretAccessKey, source: 'options' }
export const fixed: CredentialsSource = { describe: 'options', get: async () => keys, renew: () => false }

/** A store that answers with the replies in turn, the last of them for ever. */
export async function storeThat(replies: Reply[], options: Partial<S3Options> = {}, host = '127.0.0.1') {
  const seen: Seen[] = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', chunk => chunks.push(chunk))
    req.on('end', () => {
      const one = { method: `${req.method}`, path: `${req.url}`, headers: req.headers, body: Buffer.concat(chunks) }
      const reply = replies[Math.min(seen.length, replies.length - 1)] as Reply
      seen.push(one)
      reply(one, res)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endpoint = new URL(`http://${host}:${(server.address() as AddressInfo).port}`)
  const store = createS3Store({
    ...{ bucket: 'evidence', prefix: 'p', endpoint, region: 'us-east-1', isVirtualHost: false, credentials: fixed },
    ...options,
  })
  onTestFinished(() => {
    store.close()
    server.closeAllConnections()
    server.close()
  })
  const put = (key = 'a/b', size = 3) => store.put(key, sourceOf('x'.repeat(size)))
  const failure = () =>
    put().then(
      () => undefined,
      (error: ObjectStoreError) => error,
    )
  return { store, seen, put, failure, endpoint }
}
