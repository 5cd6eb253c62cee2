import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export interface Receiver {
  url: string
  port: number
  /** The requests, in order. */
  received: Received[]
  /** Its handling of requests from now on. @default answers 200 */
  answer: (res: ServerResponse, request: Received) => void
  close(): Promise<void>
}

/** An HTTP server that takes posts, and goes away with the test. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    port,
    received: [],
    answer: res => res.end('ok'),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const server = createServer((req, res) => {
    let body = ''
    req.setEncoding('utf8')
    req.on('data', chunk => {
      body += chunk
    })
    req.on('end', () => {
      const request = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body }
      receiver.received.push(request)
      receiver.answer(res, request)
    })
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  receiver.port = (server.address() as AddressInfo).port
  receiver.url = `http://127.0.0.1:${receiver.port}/hook/s3cret?token=s3cret`
  onTestFinished(receiver.close)
  return receiver
}
