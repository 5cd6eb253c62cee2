import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'
import { version } from '../../lib/installed-package.js'
import { createNameLookup, type NameLookup } from '../../lib/name-lookup.js'
import { request as askHttp, Agent as HttpAgent } from '../../lib/node-http.js'

/** Bytes. No more is read of an answer that is not an object. A page of 1,000 keys has some 300 KiB. */
const maxAnswer = 8 * 1024 ** 2

export interface Timeouts {
  /** Milliseconds until there is a connection. */
  connect: number
  /** Milliseconds without a byte in either direction. */
  progress: number
  /** Milliseconds for a request with its answer. */
  whole: number
}

export const timeouts: Timeouts = { connect: 5000, progress: 30_000, whole: 300_000 }

export interface SignedRequest {
  method: string
  /** Percent-encoded, with its query. */
  path: string
  headers: Record<string, string>
  body?: Uint8Array | undefined
}

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  /** Text of the body, cut at 8 MiB; empty if the body is streamed. */
  text: string
  /** The body, if it was requested and the status is 2xx. */
  stream?: IncomingMessage
}

/** The target of requests, over connections that stay open for a while: two of them. */
export interface Peer {
  endpoint: URL
  timeouts: Timeouts
  /** @default one that does not wait for libuv's thread pool, which the app may have filled */
  lookup?: LookupFunction | undefined
  /** Whether a request keeps the process alive. @default true */
  ref?: boolean | undefined
}

export function createExchange({ endpoint, timeouts, lookup, ref = true }: Peer) {
  const names = lookup ? null : createNameLookup()
  const isSecure = endpoint.protocol === 'https:'
  let agent: Agent | undefined
  // TLS takes half a MiB in every thread that loads it.
  const load = async () => {
    const { Agent, request } = isSecure ? await import('node:https') : { Agent: HttpAgent, request: askHttp }
    agent ??= new Agent({ keepAlive: true, maxSockets: 2, timeout: 60_000 })
    return request
  }

  async function exchange(
    { method, path, headers, body }: SignedRequest,
    { stream = false, signal }: { stream?: boolean; signal?: AbortSignal | undefined } = {},
  ): Promise<Answer> {
    const request = await load()
    const overdue = AbortSignal.timeout(timeouts.whole)
    const signals = signal ? [signal, overdue] : [overdue]
    return new Promise<Answer>((resolve, reject) => {
      const fail = (error: unknown) => reject(signal?.aborted ? signal.reason : error)
      const asked: ClientRequest = request({
        protocol: endpoint.protocol,
        hostname: endpoint.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: endpoint.port,
        method,
        path,
        headers: { ...headers, 'user-agent': `autodump/${version}` },
        agent,
        lookup: lookup ?? (names as NameLookup).lookup,
        // The reader of a streamed body watches over it.
        signal: stream ? signal : AbortSignal.any(signals),
      })
      const late = (what: string, ms: number) =>
        asked.destroy(Object.assign(new Error(`${what} within ${ms / 1000} s`), { code: 'ETIMEDOUT' }))
      const connecting = setTimeout(() => late('no connection', timeouts.connect), timeouts.connect).unref()
      asked.on('socket', socket => {
        if (ref) socket.ref()
        else socket.unref()
        // A reused connection is ready already.
        if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', () => clearTimeout(connecting))
        else clearTimeout(connecting)
      })
      asked.setTimeout(timeouts.progress, () => late('no progress', timeouts.progress))
      asked.once('close', () => clearTimeout(connecting))
      asked.once('error', error => fail(overdue.aborted && !signal?.aborted ? tooLong(timeouts.whole) : error))
      asked.once('response', response => {
        const { statusCode: status = 0, headers } = response
        response.on('error', fail)
        if (stream && status >= 200 && status < 300) return resolve({ status, headers, text: '', stream: response })
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          if (text.length > maxAnswer) response.destroy()
        })
        response.once('close', () => resolve({ status, headers, text }))
      })
      asked.end(body)
    })
  }

  return {
    exchange,
    close() {
      names?.cancel()
      agent?.destroy()
    },
  }
}

const tooLong = (ms: number) => Object.assign(new Error(`not finished within ${ms / 1000} s`), { code: 'ETIMEDOUT' })
