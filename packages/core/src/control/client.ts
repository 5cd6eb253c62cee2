import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { AutodumpError } from '../lib/errors.js'
import { prepareFetchClasses } from '../lib/fetch-classes.js'
import { request } from '../lib/node-http.js'
import type { InstanceRecord } from './instance.js'

export interface Ask {
  /** @default 'GET' */
  method?: string
  headers?: Record<string, string>
  body?: string
  /**
   * Milliseconds of silence after which the request is given up, also in the middle of the answer: a stopped instance
   * must not stop us. @default 5000
   */
  timeout?: number
  signal?: AbortSignal
}

/** Milliseconds for a connection: the kernel makes it, even if the other process is stuck. */
const connectPatience = 500

/**
 * Asks a monitor by its control socket, from any process of the same user.
 *
 * @param path below the prefix of the admin routes, e.g. `/status`
 * @throws AutodumpError `STOPPED` where no monitor answers (in time)
 */
export function askInstance(
  { socket, prefix, pid }: Pick<InstanceRecord, 'socket' | 'prefix' | 'pid'>,
  path: string,
  { method = 'GET', headers = {}, body, timeout = 5000, signal }: Ask = {},
): Promise<Response> {
  prepareFetchClasses()
  return new Promise((resolve, reject) => {
    const unreachable = (why: string) => reject(new AutodumpError('STOPPED', `process ${pid} does not answer: ${why}`))
    const asked = request({
      socketPath: socket,
      // Behind an empty prefix the rest may be empty too, or a query alone.
      path: `${prefix}${path}`.replace(/^(?!\/)/, '/'),
      method,
      headers: {
        host: 'localhost',
        connection: 'close',
        ...headers,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      },
      agent: false,
      signal,
    })
    asked.setTimeout(timeout, () => asked.destroy(new Error(`nothing for ${timeout} ms`)))
    asked.once('error', error => unreachable(error.message))
    asked.once('response', answer => {
      const { statusCode = 502, rawHeaders } = answer
      const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, at): [string, string] => [
        rawHeaders[2 * at] as string,
        rawHeaders[2 * at + 1] as string,
      ])
      const empty = statusCode === 204 || statusCode === 304 || method === 'HEAD'
      if (empty) answer.resume()
      const content = empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
      resolve(new Response(content, { status: statusCode, headers: pairs }))
    })
    asked.end(body)
  })
}

/** Whether a process listens at a socket, hung or not. */
export function someoneListens(socket: string): Promise<boolean> {
  return new Promise(resolve => {
    const connection = connect({ path: socket })
    const answer = (listens: boolean) => {
      connection.destroy()
      resolve(listens)
    }
    connection.setTimeout(connectPatience, () => answer(true))
    connection.once('connect', () => answer(true))
    connection.once('error', (error: NodeJS.ErrnoException) =>
      // EAGAIN: the queue of the socket is full, so a process is there.
      answer(error.code === 'EAGAIN'),
    )
  })
}
